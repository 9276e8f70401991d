"""Records -> rows of the store's tables, and back."""
