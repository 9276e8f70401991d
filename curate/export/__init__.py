"""What goes out of the store: the records of each kind, and the formats."""
