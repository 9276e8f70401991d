"""Ids that hash what a thing is, so that they survive a new reading and a new release."""

from __future__ import annotations

import hashlib

# 80 bits: among a thousand million ids the chance that any two are equal is below one in a million.
LENGTH = 20


def content_id(*parts: str) -> str:
    """Return the id of what the parts say together: the first 20 hexadecimal digits of a SHA-256.

    The parts are kept apart by their lengths, so that ("ab", "c") and ("a", "bc") have different ids.
    """
    digest = hashlib.sha256()
    for part in parts:
        octets = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(octets)}:".encode())
        digest.update(octets)
    return digest.hexdigest()[:LENGTH]


def paper_key(doi: str, document_id: str) -> str:
    """Return what a paper is known by: its DOI in lower case, or the file's hash where it has none."""
    return f"doi:{doi.strip().lower()}" if doi.strip() else f"sha256:{document_id}"
