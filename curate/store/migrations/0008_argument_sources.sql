-- Migration 8 of the store: how each argument of a claim was found at one of its places.
--
-- `found` is a JSON object from the name of an argument to one of: said, from the row, from the column, from the
-- caption, from the sentence before, the paper's own study. Empty where an earlier litcurate stored the place.

ALTER TABLE claim_evidence ADD COLUMN found TEXT NOT NULL DEFAULT '{}';
