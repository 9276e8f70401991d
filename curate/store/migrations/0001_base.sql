-- Migration 1 of the store: its tables, their indexes, the triggers that keep decisions, the search.

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL GENERATED ALWAYS AS (command || ' ' || started_at) VIRTUAL,
    command TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    version TEXT NOT NULL,
    settings TEXT NOT NULL,
    documents_read INTEGER NOT NULL DEFAULT 0,
    documents_skipped INTEGER NOT NULL DEFAULT 0,
    documents_failed INTEGER NOT NULL DEFAULT 0,
    failures TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE documents (
    id TEXT PRIMARY KEY NOT NULL,
    label TEXT NOT NULL GENERATED ALWAYS AS (CASE title WHEN '' THEN file_name ELSE title END) VIRTUAL,
    title TEXT NOT NULL,
    doi TEXT NOT NULL,
    file_name TEXT NOT NULL,
    path TEXT NOT NULL,
    paper_key TEXT NOT NULL UNIQUE,
    page_count INTEGER NOT NULL,
    text TEXT NOT NULL,
    gaps TEXT NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs(id)
) STRICT;
CREATE TABLE copies (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    file_name TEXT NOT NULL,
    path TEXT NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs(id)
) STRICT;
CREATE TABLE extractions (
    document_id TEXT PRIMARY KEY NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    format INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE pages (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    label TEXT NOT NULL GENERATED ALWAYS AS ('page ' || page) VIRTUAL,
    page INTEGER NOT NULL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    gap TEXT
) STRICT;
CREATE TABLE refs (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    label TEXT NOT NULL GENERATED ALWAYS AS (number || '. ' || first_author || ' ' || year) VIRTUAL,
    ordinal INTEGER NOT NULL,
    number INTEGER NOT NULL,
    first_author TEXT NOT NULL,
    authors TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    year TEXT NOT NULL,
    doi TEXT NOT NULL,
    pmid TEXT NOT NULL,
    text TEXT NOT NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, page INTEGER, x0 REAL, top REAL, x1 REAL, bottom REAL, boxes TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE blocks (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    label TEXT NOT NULL GENERATED ALWAYS AS (kind || ': ' || substr(text, 1, 60)) VIRTUAL,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    section TEXT NOT NULL,
    text TEXT NOT NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, page INTEGER, x0 REAL, top REAL, x1 REAL, bottom REAL, boxes TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE tables (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    label TEXT NOT NULL,
    caption TEXT NOT NULL,
    note TEXT NOT NULL,
    confidence REAL NOT NULL,
    header_rows INTEGER NOT NULL,
    pages TEXT NOT NULL,
    stray TEXT NOT NULL,
    image INTEGER NOT NULL,
    page INTEGER, x0 REAL, top REAL, x1 REAL, bottom REAL, boxes TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE cells (
    id TEXT PRIMARY KEY NOT NULL,
    table_id TEXT NOT NULL REFERENCES tables(id) ON DELETE CASCADE,
    "row" INTEGER NOT NULL,
    "column" INTEGER NOT NULL,
    row_span INTEGER NOT NULL,
    column_span INTEGER NOT NULL,
    header INTEGER NOT NULL,
    text TEXT NOT NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, page INTEGER, x0 REAL, top REAL, x1 REAL, bottom REAL, boxes TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE mentions (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    normalized TEXT NOT NULL,
    entity TEXT NOT NULL,
    assertion TEXT NOT NULL,
    score REAL NOT NULL,
    recognizer TEXT NOT NULL,
    measure TEXT NOT NULL,
    value REAL,
    unit TEXT NOT NULL,
    low REAL,
    high REAL,
    interval TEXT NOT NULL,
    comparison TEXT NOT NULL,
    count INTEGER,
    total INTEGER,
    value_status TEXT NOT NULL,
    decimals INTEGER,
    cell_id TEXT REFERENCES cells(id) ON DELETE SET NULL,
    review_status TEXT NOT NULL DEFAULT 'open' CHECK (review_status IN ('open', 'confirmed', 'dismissed', 'corrected')),
    stale INTEGER NOT NULL DEFAULT 0,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, page INTEGER, x0 REAL, top REAL, x1 REAL, bottom REAL, boxes TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE claims (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    summary TEXT NOT NULL,
    arguments TEXT NOT NULL,
    review_status TEXT NOT NULL DEFAULT 'open' CHECK (review_status IN ('open', 'confirmed', 'dismissed', 'corrected')),
    stale INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE claim_evidence (
    id TEXT PRIMARY KEY NOT NULL,
    claim_id TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    extractor TEXT NOT NULL,
    cell_id TEXT REFERENCES cells(id) ON DELETE SET NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, page INTEGER, x0 REAL, top REAL, x1 REAL, bottom REAL, boxes TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE flags (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    rule TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'notice')),
    severity_rank INTEGER NOT NULL GENERATED ALWAYS AS
        (CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END) STORED,
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    expected TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'confirmed', 'dismissed', 'corrected')),
    stale INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE flag_evidence (
    id TEXT PRIMARY KEY NOT NULL,
    flag_id TEXT NOT NULL REFERENCES flags(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    role TEXT NOT NULL,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    extractor TEXT NOT NULL,
    cell_id TEXT REFERENCES cells(id) ON DELETE SET NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, page INTEGER, x0 REAL, top REAL, x1 REAL, bottom REAL, boxes TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE decisions (
    id TEXT PRIMARY KEY NOT NULL,
    label TEXT NOT NULL GENERATED ALWAYS AS (verdict || ' by ' || curator) VIRTUAL,
    target_kind TEXT NOT NULL CHECK (target_kind IN ('flag', 'claim', 'mention')),
    target_id TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('confirm', 'dismiss', 'correct', 'reopen')),
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    curator TEXT NOT NULL CHECK (curator <> ''),
    decided_at TEXT NOT NULL,
    supersedes TEXT UNIQUE REFERENCES decisions(id),
    CHECK (verdict <> 'correct' OR value <> '')
) STRICT;
CREATE TABLE rule_counts (
    run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    consistent INTEGER NOT NULL,
    flagged INTEGER NOT NULL,
    not_applicable INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (run_id, document_id, rule)
) STRICT;

CREATE INDEX documents_run ON documents(run_id);
CREATE INDEX copies_document ON copies(document_id);
CREATE INDEX pages_document ON pages(document_id, page);
CREATE INDEX refs_document ON refs(document_id, ordinal);
CREATE INDEX blocks_document ON blocks(document_id, ordinal);
CREATE INDEX tables_document ON tables(document_id, ordinal);
CREATE INDEX cells_table ON cells(table_id, "row", "column");
CREATE INDEX mentions_document ON mentions(document_id, ordinal);
CREATE INDEX mentions_normalized ON mentions(kind, normalized);
CREATE INDEX mentions_cell ON mentions(cell_id);
CREATE INDEX claims_document ON claims(document_id, ordinal);
CREATE INDEX claims_kind ON claims(kind);
CREATE INDEX claim_evidence_claim ON claim_evidence(claim_id, ordinal);
CREATE INDEX claim_evidence_cell ON claim_evidence(cell_id);
CREATE INDEX flags_queue ON flags(status, stale, severity_rank, document_id, ordinal);
CREATE INDEX flags_severity ON flags(severity_rank, document_id, ordinal);
CREATE INDEX flags_document ON flags(document_id, ordinal);
CREATE INDEX flags_rule ON flags(rule, status);
CREATE INDEX flag_evidence_flag ON flag_evidence(flag_id, ordinal);
CREATE INDEX flag_evidence_cell ON flag_evidence(cell_id);
CREATE INDEX decisions_target ON decisions(target_kind, target_id);
CREATE INDEX decisions_time ON decisions(decided_at);
CREATE INDEX rule_counts_document ON rule_counts(document_id);
CREATE VIEW current_decisions AS SELECT * FROM decisions
    WHERE NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id);

CREATE TRIGGER decisions_kept BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are never changed; append another'); END;
CREATE TRIGGER decisions_held BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are never deleted; append another'); END;
CREATE TRIGGER decisions_chained BEFORE INSERT ON decisions
    WHEN NEW.supersedes IS NOT (SELECT id FROM current_decisions
        WHERE target_kind = NEW.target_kind AND target_id = NEW.target_id)
    BEGIN SELECT RAISE(ABORT, 'a decision supersedes the current one of its target'); END;

CREATE TRIGGER flags_decided AFTER INSERT ON decisions WHEN NEW.target_kind = 'flag'
    BEGIN UPDATE flags SET status = CASE NEW.verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
    WHEN 'correct' THEN 'corrected' ELSE 'open' END WHERE id = NEW.target_id; END;
CREATE TRIGGER flags_inserted AFTER INSERT ON flags
    WHEN EXISTS (SELECT 1 FROM decisions WHERE target_kind = 'flag' AND target_id = NEW.id)
    BEGIN UPDATE flags SET status = (SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
    WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM current_decisions
        WHERE target_kind = 'flag' AND target_id = NEW.id) WHERE id = NEW.id; END;

CREATE TRIGGER claims_decided AFTER INSERT ON decisions WHEN NEW.target_kind = 'claim'
    BEGIN UPDATE claims SET review_status = CASE NEW.verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
    WHEN 'correct' THEN 'corrected' ELSE 'open' END WHERE id = NEW.target_id; END;
CREATE TRIGGER claims_inserted AFTER INSERT ON claims
    WHEN EXISTS (SELECT 1 FROM decisions WHERE target_kind = 'claim' AND target_id = NEW.id)
    BEGIN UPDATE claims SET review_status = (SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
    WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM current_decisions
        WHERE target_kind = 'claim' AND target_id = NEW.id) WHERE id = NEW.id; END;

CREATE TRIGGER mentions_decided AFTER INSERT ON decisions WHEN NEW.target_kind = 'mention'
    BEGIN UPDATE mentions SET review_status = CASE NEW.verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
    WHEN 'correct' THEN 'corrected' ELSE 'open' END WHERE id = NEW.target_id; END;
CREATE TRIGGER mentions_inserted AFTER INSERT ON mentions
    WHEN EXISTS (SELECT 1 FROM decisions WHERE target_kind = 'mention' AND target_id = NEW.id)
    BEGIN UPDATE mentions SET review_status = (SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
    WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM current_decisions
        WHERE target_kind = 'mention' AND target_id = NEW.id) WHERE id = NEW.id; END;

CREATE VIRTUAL TABLE blocks_fts USING fts5(text, content="blocks", tokenize="unicode61");
CREATE TRIGGER blocks_search_insert AFTER INSERT ON blocks
    BEGIN INSERT INTO blocks_fts (rowid, text) VALUES (NEW.rowid, NEW.text); END;
CREATE TRIGGER blocks_search_delete AFTER DELETE ON blocks
    BEGIN INSERT INTO blocks_fts (blocks_fts, rowid, text) VALUES ('delete', OLD.rowid, OLD.text); END;
CREATE TRIGGER blocks_search_update AFTER UPDATE OF text ON blocks
    BEGIN INSERT INTO blocks_fts (blocks_fts, rowid, text) VALUES ('delete', OLD.rowid, OLD.text);
    INSERT INTO blocks_fts (rowid, text) VALUES (NEW.rowid, NEW.text); END;

CREATE VIRTUAL TABLE flags_fts USING fts5(subject, message, content="flags", tokenize="unicode61");
CREATE TRIGGER flags_search_insert AFTER INSERT ON flags
    BEGIN INSERT INTO flags_fts (rowid, subject, message) VALUES (NEW.rowid, NEW.subject, NEW.message); END;
CREATE TRIGGER flags_search_delete AFTER DELETE ON flags
    BEGIN INSERT INTO flags_fts (flags_fts, rowid, subject, message) VALUES ('delete', OLD.rowid, OLD.subject, OLD.message); END;
CREATE TRIGGER flags_search_update AFTER UPDATE OF subject, message ON flags
    BEGIN INSERT INTO flags_fts (flags_fts, rowid, subject, message) VALUES ('delete', OLD.rowid, OLD.subject, OLD.message);
    INSERT INTO flags_fts (rowid, subject, message) VALUES (NEW.rowid, NEW.subject, NEW.message); END;
