"""Rules on variants, their genes and their reference sequences."""
