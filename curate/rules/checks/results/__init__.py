"""Rules on trials and their results."""
