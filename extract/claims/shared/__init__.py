"""What several kinds of claim are made of."""
