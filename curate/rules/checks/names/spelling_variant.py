"""Two spellings of one drug's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from corpus.resources import unpunctuated
from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import place_name
from extract.records import BlockKind, Extraction, Mention
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "drug"
LONGEST_ABBREVIATION = 5  # capitals: 'EPI' and 'LV' shorten a name
MOST_PLACES = 5  # of each spelling: the first places are enough to find the others by


@RULES.register("spelling-variant")
def spelling_variant(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find drug names that are spelled in a way that no reference knows, beside the known spelling.

    Looks at each drug that the paper names. A spelling within a small edit distance of the drug's non-proprietary name
    that is neither in the reference data nor a change of case, number or hyphen is flagged; brand names, development
    codes, salts, abbreviations and short forms that the paper defines are other names, not other spellings. Names in
    the reference list are left alone: they are quoted from other papers; so are names with a footnote's letter.

    Example: 'Ceretinib' in a table, 'ceritinib' in the text.

    Source: FDA UNII/GSRS names; optimal string alignment distance (Damerau 1964).
    """
    context = Context(extraction.document, extraction.mentions)
    right: dict[str, list[Mention]] = defaultdict(list)
    wrong: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    short = _short_forms(extraction)
    for mention in context.of_kind("drug"):
        if _quoted(context, mention) or _is_abbreviation(mention) or _is_marked(mention) or mention.text in short:
            continue
        if mention.score < 1.0 and mention.entity and unpunctuated(mention.text) != unpunctuated(mention.normalized):
            wrong[mention.normalized][unpunctuated(mention.text)].append(mention)
        elif unpunctuated(mention.text) == unpunctuated(mention.normalized):
            right[mention.normalized].append(mention)
    for drug in sorted({*right, *wrong}):
        if drug not in wrong:
            yield Outcome.CONSISTENT
        for spelling, mentions in sorted(wrong.get(drug, {}).items()):
            yield _doubt(extraction, drug, spelling, mentions, right.get(drug, []))


def _short_forms(extraction: Extraction) -> frozenset[str]:
    """Return the short forms that the paper defines: 'durvalumab (Durva)' shortens a name and does not misspell it."""
    defined = {form.short for form in extraction.abbreviations}
    text = extraction.document.text
    for mention in extraction.mentions:
        cut = mention.kind == "drug" and mention.score < 1.0 and len(mention.text) < len(mention.normalized)
        if cut and mention.normalized.casefold().startswith(mention.text.casefold()):
            before = text[max(0, mention.span.start - 2 - len(mention.normalized)) : mention.span.start].casefold()
            if before.endswith((f"{mention.normalized.casefold()} (", f"{mention.normalized.casefold()}, ")):
                defined.add(mention.text)
    return frozenset(defined)


def _quoted(context: Context, mention: Mention) -> bool:
    block = context.block(mention.span.start)
    return block is not None and block.kind is BlockKind.REFERENCE


def _is_abbreviation(mention: Mention) -> bool:
    return mention.text.isupper() and len(mention.text) <= LONGEST_ABBREVIATION


def _is_marked(mention: Mention) -> bool:
    """Say whether a cell's drug is its name with the letter of a footnote: 'Paclitaxela'."""
    name, letter = unpunctuated(mention.text)[:-1], mention.text[-1:]
    return mention.cell is not None and name == unpunctuated(mention.normalized) and letter in "abcdefgh"


def _doubt(extraction: Extraction, drug: str, spelling: str, wrong: list[Mention], right: list[Mention]) -> Doubt:
    locator = Locator(extraction.document)
    places = [
        Place(
            role=role,
            evidence=locator.evidence(mention.span, extractor=EXTRACTOR, cell=mention.cell),
        )
        for role, mentions in (("unknown spelling", wrong), ("known spelling", right))
        for mention in mentions[:MOST_PLACES]
    ]
    where = place_name(extraction.document, places[0].evidence)
    times = f" {len(wrong)} times" if len(wrong) > 1 else ""
    if right:
        known = next(place.evidence for place in places if place.role == "known spelling")
        beside = f"and {right[0].text} in {place_name(extraction.document, known)}"
    else:
        beside = f"but the reference name is {drug}"
    return Doubt(
        severity=Severity.NOTICE,
        subject=drug,
        message=f"The drug {drug} is spelled {wrong[0].text} in {where}{times} {beside}.",
        expected=drug,
        key=(drug, spelling),
        places=tuple(places),
    )
