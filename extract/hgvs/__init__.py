"""Protein changes in the notation of the HGVS, and how they fit a reference protein."""
