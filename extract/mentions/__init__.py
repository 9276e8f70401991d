"""Mentions: what the recognisers find in a document, with its assertion, its abbreviations and its gene."""
