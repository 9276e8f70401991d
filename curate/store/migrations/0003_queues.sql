-- Migration 3 of the store: the indexes that the review's queues are counted and stepped through by.

CREATE INDEX flags_counted ON flags(status, stale, rule, severity, document_id);
CREATE INDEX claims_queue ON claims(review_status, stale, document_id, ordinal, kind);
CREATE INDEX decisions_curator ON decisions(target_kind, curator, target_id);
