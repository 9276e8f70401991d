"""What several rules look at: variants against their genes, citations, lists, pages; and how messages are worded."""
