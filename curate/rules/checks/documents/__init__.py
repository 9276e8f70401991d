"""Rules on what a document says of its own parts."""
