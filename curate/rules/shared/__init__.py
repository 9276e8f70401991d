"""What several rules look at: variants against genes, citations, names, results, counts; and how messages speak."""
