-- Migration 2 of the store: several curators decide the same target independently.
--
-- A decision has a role. A `review` is one curator's own; an `adjudication` settles a target on which curators
-- differ. Each curator has a chain of decisions of each role on each target: a decision supersedes the curator's
-- own current one of that role, never another's. What version 1 let one curator replace stays replaced.
--
-- A target's status follows one of the current decisions that were not taken back (`reopen`): the newest
-- adjudication, else the newest review; without any it is open.

ALTER TABLE decisions ADD COLUMN role TEXT NOT NULL DEFAULT 'review' CHECK (role IN ('review', 'adjudication'));
DROP TRIGGER decisions_chained;
CREATE TRIGGER decisions_chained BEFORE INSERT ON decisions
    WHEN NEW.supersedes IS NOT (SELECT id FROM current_decisions
        WHERE target_kind = NEW.target_kind AND target_id = NEW.target_id
        AND curator = NEW.curator AND role = NEW.role)
    BEGIN SELECT RAISE(ABORT, 'a decision supersedes the current one of its curator and target'); END;
DROP VIEW current_decisions;
CREATE VIEW current_decisions AS SELECT * FROM decisions
    WHERE NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id);

DROP TRIGGER flags_decided;
DROP TRIGGER flags_inserted;
CREATE TRIGGER flags_decided AFTER INSERT ON decisions WHEN NEW.target_kind = 'flag'
    BEGIN UPDATE flags SET status = coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions WHERE target_kind = 'flag' AND target_id = NEW.target_id
        AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open') WHERE id = NEW.target_id; END;
CREATE TRIGGER flags_inserted AFTER INSERT ON flags
    WHEN EXISTS (SELECT 1 FROM decisions WHERE target_kind = 'flag' AND target_id = NEW.id)
    BEGIN UPDATE flags SET status = coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions WHERE target_kind = 'flag' AND target_id = NEW.id
        AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open') WHERE id = NEW.id; END;

DROP TRIGGER claims_decided;
DROP TRIGGER claims_inserted;
CREATE TRIGGER claims_decided AFTER INSERT ON decisions WHEN NEW.target_kind = 'claim'
    BEGIN UPDATE claims SET review_status = coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions WHERE target_kind = 'claim' AND target_id = NEW.target_id
        AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open') WHERE id = NEW.target_id; END;
CREATE TRIGGER claims_inserted AFTER INSERT ON claims
    WHEN EXISTS (SELECT 1 FROM decisions WHERE target_kind = 'claim' AND target_id = NEW.id)
    BEGIN UPDATE claims SET review_status = coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions WHERE target_kind = 'claim' AND target_id = NEW.id
        AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open') WHERE id = NEW.id; END;

DROP TRIGGER mentions_decided;
DROP TRIGGER mentions_inserted;
CREATE TRIGGER mentions_decided AFTER INSERT ON decisions WHEN NEW.target_kind = 'mention'
    BEGIN UPDATE mentions SET review_status = coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions WHERE target_kind = 'mention' AND target_id = NEW.target_id
        AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open') WHERE id = NEW.target_id; END;
CREATE TRIGGER mentions_inserted AFTER INSERT ON mentions
    WHEN EXISTS (SELECT 1 FROM decisions WHERE target_kind = 'mention' AND target_id = NEW.id)
    BEGIN UPDATE mentions SET review_status = coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions WHERE target_kind = 'mention' AND target_id = NEW.id
        AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open') WHERE id = NEW.id; END;
