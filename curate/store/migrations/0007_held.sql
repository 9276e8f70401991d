-- Migration 7 of the store: what is appended cannot be replaced, and a status cannot be set, by any program.
--
-- `REPLACE` deletes the rows that are in its way without asking the triggers on DELETE, unless the program has set
-- `PRAGMA recursive_triggers`; so an id, or a number of a row, that is there already is refused before anything is
-- written. The text of this migration is frozen: what a released version wrote is brought up by just these statements.

CREATE TRIGGER decisions_new BEFORE INSERT ON decisions
    WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id OR (NEW.rowid > 0 AND decisions.rowid = NEW.rowid))
    BEGIN SELECT RAISE(ABORT, 'decisions are never replaced; append another'); END;
CREATE TRIGGER decisions_numbered AFTER INSERT ON decisions WHEN NEW.rowid < 1
    BEGIN SELECT RAISE(ABORT, 'decisions are numbered from 1'); END;
CREATE TRIGGER additions_new BEFORE INSERT ON additions
    WHEN EXISTS (SELECT 1 FROM additions WHERE id = NEW.id OR decision_id = NEW.decision_id
        OR (NEW.rowid > 0 AND additions.rowid = NEW.rowid))
    BEGIN SELECT RAISE(ABORT, 'additions are never replaced; append another'); END;
CREATE TRIGGER additions_numbered AFTER INSERT ON additions WHEN NEW.rowid < 1
    BEGIN SELECT RAISE(ABORT, 'additions are numbered from 1'); END;
CREATE TRIGGER additions_in_place BEFORE UPDATE ON additions WHEN NEW.rowid <> OLD.rowid
    BEGIN SELECT RAISE(ABORT, 'additions are never changed; append another'); END;

UPDATE flags SET status = coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'flag' AND target_id = flags.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open') WHERE status IS NOT coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'flag' AND target_id = flags.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open');
CREATE TRIGGER flags_follows BEFORE UPDATE OF status ON flags WHEN NEW.status IS NOT coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'flag' AND target_id = NEW.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open')
    BEGIN SELECT RAISE(ABORT, 'the status follows from the decisions; append one'); END;
CREATE TRIGGER flags_begins BEFORE INSERT ON flags WHEN NEW.status IS NOT 'open' AND NEW.status IS NOT coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'flag' AND target_id = NEW.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open')
    BEGIN SELECT RAISE(ABORT, 'the status follows from the decisions; append one'); END;

UPDATE claims SET review_status = coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'claim' AND target_id = claims.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open') WHERE review_status IS NOT coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'claim' AND target_id = claims.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open');
CREATE TRIGGER claims_follows BEFORE UPDATE OF review_status ON claims WHEN NEW.review_status IS NOT coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'claim' AND target_id = NEW.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open')
    BEGIN SELECT RAISE(ABORT, 'the status follows from the decisions; append one'); END;
CREATE TRIGGER claims_begins BEFORE INSERT ON claims WHEN NEW.review_status IS NOT 'open' AND NEW.review_status IS NOT coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'claim' AND target_id = NEW.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open')
    BEGIN SELECT RAISE(ABORT, 'the status follows from the decisions; append one'); END;

UPDATE mentions SET review_status = coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'mention' AND target_id = mentions.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open') WHERE review_status IS NOT coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'mention' AND target_id = mentions.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open');
CREATE TRIGGER mentions_follows BEFORE UPDATE OF review_status ON mentions WHEN NEW.review_status IS NOT coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'mention' AND target_id = NEW.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open')
    BEGIN SELECT RAISE(ABORT, 'the status follows from the decisions; append one'); END;
CREATE TRIGGER mentions_begins BEFORE INSERT ON mentions WHEN NEW.review_status IS NOT 'open' AND NEW.review_status IS NOT coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = 'mention' AND target_id = NEW.id AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open')
    BEGIN SELECT RAISE(ABORT, 'the status follows from the decisions; append one'); END;
