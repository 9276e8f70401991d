"""Migration 2 of the store: several curators decide the same target independently.

A decision has a role. A `review` is one curator's own; an `adjudication` settles a target on which curators
differ. Each curator has a chain of decisions of each role on each target: a decision supersedes the curator's
own current one of that role, never another's. What version 1 let one curator replace stays replaced.

A target's status follows one of the current decisions that were not taken back (`reopen`): the newest
adjudication, else the newest review; without any it is open.
"""

from __future__ import annotations

from collections.abc import Mapping

_ROLE = """
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
"""

# The one decision of a target that its status follows.
STANDING = """SELECT {columns} FROM decisions WHERE target_kind = {kind} AND target_id = {target}
        AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1"""

_VERDICT = """CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'dismiss' THEN 'dismissed'
        WHEN 'correct' THEN 'corrected' ELSE 'open' END"""

_DERIVING = """
DROP TRIGGER {table}_decided;
DROP TRIGGER {table}_inserted;
CREATE TRIGGER {table}_decided AFTER INSERT ON decisions WHEN NEW.target_kind = '{kind}'
    BEGIN UPDATE {table} SET {column} = coalesce(({of_decided}), 'open') WHERE id = NEW.target_id; END;
CREATE TRIGGER {table}_inserted AFTER INSERT ON {table}
    WHEN EXISTS (SELECT 1 FROM decisions WHERE target_kind = '{kind}' AND target_id = NEW.id)
    BEGIN UPDATE {table} SET {column} = coalesce(({of_inserted}), 'open') WHERE id = NEW.id; END;
"""


def independent_decisions(decided: Mapping[str, tuple[str, str]]) -> str:
    """Return the script of migration 2 for the tables whose rows are decided, with their columns of status."""
    return _ROLE + "".join(
        _DERIVING.format(
            table=table,
            kind=kind,
            column=column,
            of_decided=STANDING.format(columns=_VERDICT, kind=f"'{kind}'", target="NEW.target_id"),
            of_inserted=STANDING.format(columns=_VERDICT, kind=f"'{kind}'", target="NEW.id"),
        )
        for kind, (table, column) in decided.items()
    )
