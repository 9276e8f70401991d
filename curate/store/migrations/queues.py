"""Migration 3 of the store: the indexes that the review's queues are counted and stepped through by."""

from __future__ import annotations

# Counting the queue, and stepping through the claims, without reading the rows themselves. SQLite reads the row for a
# generated column, such as severity_rank, though it is in the index; so severity itself is.
QUEUES = """
CREATE INDEX flags_counted ON flags(status, stale, rule, severity, document_id);
CREATE INDEX claims_queue ON claims(review_status, stale, document_id, ordinal, kind);
CREATE INDEX decisions_curator ON decisions(target_kind, curator, target_id);
"""
