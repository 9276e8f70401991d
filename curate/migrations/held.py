"""Migration 7 of the store: what is appended cannot be replaced, and a status cannot be set, by any program.

`REPLACE` deletes the rows that are in its way without asking the triggers on DELETE, unless the program has set
`PRAGMA recursive_triggers`; so an id, or a number of a row, that is there already is refused before anything is
written. The text of this migration is frozen: what a released version wrote is brought up by just these statements.
"""

from __future__ import annotations

_APPENDED = """
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
"""

_STANDING = """coalesce((SELECT CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END FROM decisions
        WHERE target_kind = '{kind}' AND target_id = {target} AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1), 'open')"""

# A status that another program has set is derived again before it is held.
_STATUS = """
UPDATE {table} SET {column} = {of_row} WHERE {column} IS NOT {of_row};
CREATE TRIGGER {table}_follows BEFORE UPDATE OF {column} ON {table} WHEN NEW.{column} IS NOT {of_new}
    BEGIN SELECT RAISE(ABORT, 'the status follows from the decisions; append one'); END;
CREATE TRIGGER {table}_begins BEFORE INSERT ON {table} WHEN NEW.{column} IS NOT 'open' AND NEW.{column} IS NOT {of_new}
    BEGIN SELECT RAISE(ABORT, 'the status follows from the decisions; append one'); END;
"""


def held() -> str:
    """Return the script of the migration."""
    decided = (
        ("flag", "flags", "status"),
        ("claim", "claims", "review_status"),
        ("mention", "mentions", "review_status"),
    )
    return _APPENDED + "".join(
        _STATUS.format(
            table=table,
            column=column,
            of_row=_STANDING.format(kind=kind, target=f"{table}.id"),
            of_new=_STANDING.format(kind=kind, target="NEW.id"),
        )
        for kind, table, column in decided
    )
