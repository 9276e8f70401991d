"""Ids by content: the same thing has the same id in every run, on every machine, in every release."""

from __future__ import annotations

import hashlib


def content_id(*parts: str) -> str:
    """Return 16 hexadecimal digits that identify the parts, in their order.

    The parts are joined by the unit separator (U+001F), so that no two lists of parts hash alike.
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def paper_identity(doi: str, document_id: str) -> str:
    """Return what a paper is known by in every copy of it: its DOI, else the SHA-256 of the file."""
    return f"doi:{doi.casefold()}" if doi else f"sha256:{document_id}"
