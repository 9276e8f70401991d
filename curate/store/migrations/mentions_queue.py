"""Migration 5 of the store: the index that the queue of mentions is counted and stepped through by."""

from __future__ import annotations

# As `claims_queue`: a million mentions are counted by kind and status, and those of a rare status found, without
# reading the rows themselves.
MENTIONS_QUEUE = """
CREATE INDEX mentions_queue ON mentions(review_status, stale, document_id, ordinal, kind);
"""
