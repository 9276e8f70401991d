-- Migration 6 of the store: what curators add by marking it on the page.
--
-- `additions` is append-only, like `decisions`: each row says who marked what, where and when, with the decision (a
-- `confirm`) that it came with. The rows of `mentions` and `claims` that follow from it are derived: `added` is empty for
-- what the tool found, else
--
-- - `placed`: the marked words stand in the newest reading;
-- - `lost`: they were not found again in it;
-- - `found`: the tool itself found a mention of that kind there, which is shown in its place.
--
-- An added row is stale where it is not `placed`, and where nobody stands for it any more: its curator took it back.

CREATE TABLE additions (
    id TEXT PRIMARY KEY NOT NULL,
    label TEXT NOT NULL GENERATED ALWAYS AS (kind || ' added by ' || curator) VIRTUAL,
    document_id TEXT NOT NULL REFERENCES documents(id),
    target_kind TEXT NOT NULL CHECK (target_kind IN ('claim', 'mention')),
    target_id TEXT NOT NULL,
    decision_id TEXT NOT NULL UNIQUE REFERENCES decisions(id),
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    quote TEXT NOT NULL CHECK (quote <> ''),
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    occurrence INTEGER NOT NULL,
    curator TEXT NOT NULL CHECK (curator <> ''),
    added_at TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    boxes TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX additions_document ON additions(document_id);
CREATE INDEX additions_target ON additions(target_kind, target_id);
CREATE TRIGGER additions_held BEFORE DELETE ON additions
    BEGIN SELECT RAISE(ABORT, 'additions are never deleted; take them back'); END;
CREATE TRIGGER additions_kept BEFORE UPDATE OF id, target_kind, target_id, decision_id, kind, content, quote, prefix,
    suffix, occurrence, curator, added_at, span_start, span_end, page, x0, top, x1, bottom, boxes ON additions
    BEGIN SELECT RAISE(ABORT, 'additions are never changed; append another'); END;

ALTER TABLE mentions ADD COLUMN added TEXT NOT NULL DEFAULT '' CHECK (added IN ('', 'placed', 'lost', 'found'));
CREATE INDEX mentions_added ON mentions(document_id) WHERE added <> '';
CREATE TRIGGER mentions_stood_for AFTER UPDATE OF review_status ON mentions WHEN NEW.added <> ''
    BEGIN UPDATE mentions SET stale = (NEW.review_status = 'open' OR NEW.added <> 'placed') WHERE id = NEW.id; END;

ALTER TABLE claims ADD COLUMN added TEXT NOT NULL DEFAULT '' CHECK (added IN ('', 'placed', 'lost', 'found'));
CREATE INDEX claims_added ON claims(document_id) WHERE added <> '';
CREATE TRIGGER claims_stood_for AFTER UPDATE OF review_status ON claims WHEN NEW.added <> ''
    BEGIN UPDATE claims SET stale = (NEW.review_status = 'open' OR NEW.added <> 'placed') WHERE id = NEW.id; END;
