"""Where a decision goes against the tool: there a curator is asked why, in the browser and in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from curate.records import Severity, Verdict

_GRAVE = frozenset({Severity.ERROR.value, Severity.WARNING.value})


def against_flag(severity: str) -> dict[str, str]:
    """Return the verdicts on a flag that need a reason, each with why it does: to dismiss an error or a warning."""
    if severity not in _GRAVE:
        return {}
    return {Verdict.DISMISS.value: f"Dismissing {'an' if severity == 'error' else 'a'} {severity} needs a reason."}


def against_claim(severities: Iterable[str]) -> dict[str, str]:
    """Return the verdicts that need a reason on a claim at whose places flags of those severities point."""
    if _GRAVE.isdisjoint(severities):
        return {}
    return {Verdict.CONFIRM.value: "A flag points at this claim, so confirming it needs a reason."}
