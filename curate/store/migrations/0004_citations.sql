-- Migration 4 of the store: what each place of a claim cites.
--
-- `number` is the citation as the article prints it; `ref_id` is empty where the reference list has no such entry.

CREATE TABLE claim_citations (
    id TEXT PRIMARY KEY NOT NULL,
    label TEXT NOT NULL GENERATED ALWAYS AS ('reference ' || number) VIRTUAL,
    claim_evidence_id TEXT NOT NULL REFERENCES claim_evidence(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    number INTEGER NOT NULL,
    ref_id TEXT REFERENCES refs(id) ON DELETE SET NULL
) STRICT;
CREATE INDEX claim_citations_evidence ON claim_citations(claim_evidence_id, ordinal);
CREATE INDEX claim_citations_ref ON claim_citations(ref_id);
