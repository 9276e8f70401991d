"""What holds of a page for everyone: rotation, hidden text, lines, type, running heads, captions, citations."""
