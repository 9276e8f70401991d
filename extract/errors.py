"""What can be wrong with a document, said in one line for a person."""

from __future__ import annotations


class DocumentError(Exception):
    """A document cannot be read; the message names the file and the cause."""
