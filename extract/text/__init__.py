"""Blocks and tables -> one text with spans; and what is asked of it: sentences, neighbourhood, place on the page."""
