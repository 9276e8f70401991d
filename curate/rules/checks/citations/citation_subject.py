"""Trials that the cited reference is not about, while another reference is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.resources import unpunctuated
from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import capitalized, listed, place_name
from extract.claims.citation import SourceCitation
from extract.records import Evidence, Extraction, Reference
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "citation"


@RULES.register("citation-subject")
def citation_subject(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find trials whose cited reference is about another trial, while another reference is about the one that is named.

    Looks at rows of tables that name one trial and cite references in that cell or in a column of references, at
    names of trials with a citation right behind them, and at sentences with one trial and one citation; a sentence
    without a citation goes with the next, if that names no trial. The entry of each cited reference must name other
    trials only, and another entry of the list must name the trial. Leaves alone references whose entry names no
    trial, for it proves nothing; names that hold one another ('ALTA', 'ALTA-1L'); sentences that compare, or that
    speak of methods, extensions or reviews; registry numbers against names.

    Example: 'the SOLAR-1 trial [12]', where reference 12 is 'Results of BYLieve' and reference 9 names SOLAR-1.
    """
    document = extraction.document
    context = Context(document, extraction.mentions)
    about = {reference.number: _trials_of(context, reference) for reference in document.references}
    if not any(about.values()):
        return
    by_number = {reference.number: reference for reference in document.references}
    for claim in extraction.claims:
        if isinstance(claim.arguments, SourceCitation) and claim.arguments.trial:
            cited = [by_number[number] for number in claim.arguments.numbers if number in by_number]
            for place in claim.evidence if cited else ():
                yield _judge(extraction, claim.arguments.trial, place, cited, about)


def _judge(
    extraction: Extraction,
    named: str,
    place: Evidence,
    cited: Sequence[Reference],
    about: Mapping[int, frozenset[str]],
) -> Doubt | Outcome:
    trial = unpunctuated(named)
    if any(trial in about[reference.number] for reference in cited):
        return Outcome.CONSISTENT
    others = frozenset(name for reference in cited for name in about[reference.number])
    silent = any(not about[reference.number] for reference in cited)
    if silent or any(trial in name or name in trial for name in others):
        return Outcome.NOT_APPLICABLE
    fitting = [reference for reference in extraction.document.references if trial in about[reference.number]]
    return _doubt(extraction, named, place, cited, fitting) if fitting else Outcome.NOT_APPLICABLE


def _trials_of(context: Context, reference: Reference) -> frozenset[str]:
    """Return the trials that the entry of a reference names, folded; registry numbers are left out."""
    return frozenset(
        unpunctuated(trial.normalized) for trial in context.within(reference.span, "trial") if not trial.entity
    )


def _doubt(
    extraction: Extraction, trial: str, place: Evidence, cited: Sequence[Reference], fitting: Sequence[Reference]
) -> Doubt:
    document = extraction.document
    locator = Locator(document)
    numbers = ",".join(str(reference.number) for reference in cited)
    context = Context(document, extraction.mentions)
    other = listed(
        dict.fromkeys(
            mention.normalized
            for reference in cited
            for mention in context.within(reference.span, "trial")
            if not mention.entity
        )
    )
    expected = f"reference {listed((str(reference.number) for reference in fitting), 'or')}"
    where = place_name(document, place)
    is_about = f"reference {numbers} names" if len(cited) == 1 else f"references {numbers} name"
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{trial} [{numbers}]",
        message=(
            f"{capitalized(where)} cites [{numbers}] for {trial}, but {is_about} {other}; {expected} names {trial}."
        ),
        expected=expected,
        key=(unpunctuated(trial), numbers),
        places=(
            Place(role="citation", evidence=place),
            *(
                Place(
                    role=f"reference {reference.number}",
                    evidence=locator.evidence(reference.span, extractor=EXTRACTOR, within=reference.span),
                )
                for reference in (*cited, *fitting[:2])
            ),
        ),
    )
