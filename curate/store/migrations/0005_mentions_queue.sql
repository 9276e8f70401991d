-- Migration 5 of the store: the index that the queue of mentions is counted and stepped through by.

CREATE INDEX mentions_queue ON mentions(review_status, stale, document_id, ordinal, kind);
