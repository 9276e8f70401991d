"""What curators do: decisions and their agreement, additions, the terminal review."""
