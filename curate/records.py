"""The frozen records of curation: doubts, flags, decisions and runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from extract.records import Evidence


class Severity(StrEnum):
    """How much is wrong: cannot be true as written; two sources disagree; a matter of form."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Outcome(StrEnum):
    """What a rule answers for each thing that it looked at."""

    CONSISTENT = "consistent"
    FLAGGED = "flagged"
    NOT_APPLICABLE = "not applicable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Evidence and the part it plays in a flag: `table`, `prose`, `first spelling` ..."""

    role: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What a rule found wrong, before it has an id.

    `key` holds the normalised arguments that make this doubt the same one in another reading of the
    paper: never an offset, a page or a wording. `message` is one sentence that a curator understands
    without the code. `expected` is what would be right, where that is known.
    """

    severity: Severity
    subject: str
    message: str
    key: tuple[str, ...]
    places: tuple[Place, ...]
    expected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A doubt with its rule and an id that survives a re-extraction and a new release."""

    id: str
    rule: str
    doubt: Doubt


class Verdict(StrEnum):
    """What a curator decides on a flag, a claim or a mention."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    CORRECT = "correct"
    REOPEN = "reopen"


class Role(StrEnum):
    """As what a curator decides: on their own, or to settle what curators differ on."""

    REVIEW = "review"
    ADJUDICATION = "adjudication"


class Status(StrEnum):
    """Where a flag stands: it follows its newest adjudication, else its newest review, that was not taken back."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, appended and never changed; `decided_at` is ISO 8601 in UTC.

    `supersedes` is the id of the same curator's decision that it replaces, None for a first one.
    """

    id: str
    target_kind: str
    target_id: str
    verdict: Verdict
    value: str
    reason: str
    curator: str
    decided_at: str
    supersedes: str | None = None
    role: Role = Role.REVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A claim or mention (`target_kind`) that a curator added by marking it, appended and never changed.

    `content` is JSON: the columns of the row that follows from it, but for those that say where it stands. `evidence`
    is the marked place in the reading of that time; `occurrence` tells it from places with the same words around them
    (`curate.store.quote_search`). `decision_id` is the decision that it came with.
    """

    id: str
    document_id: str
    target_kind: str
    target_id: str
    decision_id: str
    kind: str
    content: str
    evidence: Evidence
    occurrence: int
    curator: str
    added_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """How often a rule answered each outcome in one document; `error` says why it failed, if it did."""

    rule: str
    consistent: int = 0
    flagged: int = 0
    not_applicable: int = 0
    failed: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The flags of one extraction and what each rule could check."""

    flags: tuple[Flag, ...]
    counts: tuple[RuleCount, ...]
