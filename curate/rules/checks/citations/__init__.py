"""Rules on citations and the reference list."""
