"""One operator a rule: where in a sound document an error of that rule's kind can be put, and what it reads then."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from seeding.editing import Edit

from corpus import proteins
from corpus.drugs import drug
from curate.subjects.listing import listings
from extract.claims.proportion import Proportion
from extract.claims.ratio import Ratio
from extract.claims.registration import Registration
from extract.claims.trial_phase import TrialPhase
from extract.claims.trial_result import TrialResult
from extract.claims.variant_response import VariantResponse
from extract.context import PROSE_KINDS, Context
from extract.endpoints import TIME_UNITS, header_unit
from extract.records import BlockKind, CellRef, Extraction, Mention, Span
from extract.residues import residues

Operator = Callable[[Extraction], Iterator[Edit]]

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SUBSTITUTION = re.compile(r"([A-Z])(\d{2,4})([A-Z])")
# Letters that no codon of the first is one nucleotide away from.
_FAR = {"L": "D", "T": "D", "G": "M", "C": "P", "V": "P", "S": "D", "F": "K", "D": "P", "K": "P", "H": "M", "A": "M"}


def context_of(extraction: Extraction) -> Context:
    return Context(extraction.document, extraction.mentions)


def measured(extraction: Extraction) -> Iterator[Mention]:
    for mention in extraction.mentions:
        block = context_of_block(extraction, mention)
        if mention.quantity is not None and (mention.cell is not None or block in PROSE_KINDS):
            yield mention


def context_of_block(extraction: Extraction, mention: Mention) -> BlockKind | None:
    return next((b.kind for b in extraction.document.blocks if b.span.start <= mention.span.start < b.span.end), None)


def numbers(mention: Mention) -> list[Span]:
    """Return the places of the figures of a measurement, without the level of its interval."""
    levels = {match.start() for match in re.finditer(r"\d+(?:\.\d)?(?=\s?%\s?CI)", mention.text)}
    return [
        Span(start=mention.span.start + match.start(), end=mention.span.start + match.end())
        for match in _NUMBER.finditer(mention.text)
        if match.start() not in levels
    ]


def interval_reversed(extraction: Extraction) -> Iterator[Edit]:
    """Swap the bounds of an interval."""
    for mention in measured(extraction):
        figures, quantity = numbers(mention), mention.quantity
        if quantity is None or quantity.low is None or quantity.high is None or quantity.low >= quantity.high:
            continue
        if quantity.value is not None and quantity.low > 0 and len(figures) == 3 and quantity.interval:
            yield _swapped(extraction, figures[1], figures[2])


def _swapped(extraction: Extraction, one: Span, other: Span) -> Edit:
    text = extraction.document.text
    new = text[other.start : other.end] + text[one.end : other.start] + text[one.start : one.end]
    return Edit(Span(start=one.start, end=other.end), new)


def estimate_outside_interval(extraction: Extraction) -> Iterator[Edit]:
    """Move an estimate above its interval."""
    for mention in measured(extraction):
        figures, quantity = numbers(mention), mention.quantity
        if quantity is None or quantity.value is None or quantity.low is None or quantity.high is None:
            continue
        if len(figures) == 3 and quantity.interval.endswith("CI") and quantity.low > 0:
            moved = quantity.high + (quantity.high - quantity.low)
            yield Edit(figures[0], f"{moved:.{quantity.decimals}f}")


def percent_above_100(extraction: Extraction) -> Iterator[Edit]:
    """Put a 1 before a share of patients or a response rate."""
    text = extraction.document.text
    for match in re.finditer(
        r"(?:(?:rate|ORR|DCR) (?:of|was) )(\d\d)(?=[.\d]*%)|(?<![\d.-])(\d\d)(?=[.\d]*% of (?:the )?patients)", text
    ):
        group = 1 if match[1] else 2
        yield Edit(Span(start=match.start(group), end=match.end(group)), "1" + match[group])


def count_percent(extraction: Extraction) -> Iterator[Edit]:
    """Change the first figure of the percent that stands with a count."""
    for claim in extraction.claims:
        stated = claim.arguments
        if not isinstance(stated, Proportion) or stated.percent is None or stated.total is None:
            continue
        shown = f"{stated.percent:.{stated.percent_decimals}f}"
        for evidence in claim.evidence:
            at = evidence.quote.rfind(shown)
            if at >= 0 and stated.is_of(stated.total):
                start = evidence.span.start + at
                yield Edit(Span(start=start, end=start + 1), str((int(shown[0]) + 2) % 9 + 1))


def p_value_interval(extraction: Extraction) -> Iterator[Edit]:
    """Give a ratio a P value of the other side of 0.05."""
    text = extraction.document.text
    for claim in extraction.claims:
        ratio = claim.arguments
        if not isinstance(ratio, Ratio) or ratio.p is None or 0.85 < ratio.high < 1.02 or 0.98 < ratio.low < 1.15:
            continue
        new = "P = 0.4" if ratio.p < 0.05 else "P < 0.001"
        for evidence in claim.evidence:
            end = evidence.span.end
            stated = re.compile(r"P\s*[<=]\s*[\d.]*\d").search(text, evidence.span.start, end)
            if stated:
                yield Edit(Span(start=stated.start(), end=stated.end()), new)
            elif evidence.cell is not None:
                beside = extraction.document.tables[evidence.cell.table].rows[evidence.cell.row][
                    evidence.cell.column + 1
                ]
                yield Edit(beside.span, new.removeprefix("P ").removeprefix("= "))


def registry_number_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Give a trial the registry number of another."""
    given = [
        (claim.arguments.number, evidence.span)
        for claim in extraction.claims
        if isinstance(claim.arguments, Registration) and (claim.arguments.trial or claim.arguments.intervention)
        for evidence in claim.evidence
    ]
    for (number, _), (other, span) in pairwise(given):
        if number != other:
            yield Edit(span, number)


def _brackets(extraction: Extraction) -> Iterator[re.Match[str]]:
    for block in extraction.document.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            yield from re.compile(r" ?\[(\d{1,3})\]").finditer(
                extraction.document.text, block.span.start, block.span.end
            )


def reference_never_cited(extraction: Extraction) -> Iterator[Edit]:
    """Take out the only citation of a reference."""
    text = extraction.document.text
    for match in _brackets(extraction):
        elsewhere = [other for other in re.finditer(r"\[[\d,\s–-]+\]", text) if other[0] != match[0].strip()]
        covered = any(re.search(rf"(?<!\d){match[1]}(?!\d)|[–-]", other[0]) for other in elsewhere)
        if text.count(f"[{match[1]}]") == 1 and not covered:
            yield Edit(Span(start=match.start(), end=match.end()), "")


def reference_absent(extraction: Extraction) -> Iterator[Edit]:
    """Cite a number beyond the list, at a reference that is cited elsewhere too."""
    text, last = extraction.document.text, len(extraction.document.references)
    for match in _brackets(extraction):
        if text.count(f"[{match[1]}]") > 1:
            yield Edit(Span(start=match.start(1), end=match.end(1)), str(last + 4))


def table_or_figure_absent(extraction: Extraction) -> Iterator[Edit]:
    """Refer to the table after the last."""
    last = len(extraction.document.tables)
    for block in extraction.document.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            for match in re.compile(r"Table (\d)(?!\d)").finditer(
                extraction.document.text, block.span.start, block.span.end
            ):
                yield Edit(Span(start=match.start(1), end=match.end(1)), str(last + 1))


def citation_author_year(extraction: Extraction) -> Iterator[Edit]:
    """Cite another reference, or another year, at an author's name."""
    text, list_ = extraction.document.text, extraction.document.references
    last = len(list_)
    for match in re.finditer(r"(?:et al\.?|colleagues)[\s,(]*((?:19|20)\d\d)?\)?\s\[(\d{1,3})\]", text):
        number = int(match[2])
        if number < last and list_[number - 1].first_author != list_[number].first_author:
            yield Edit(Span(start=match.start(2), end=match.end(2)), str(int(match[2]) + 1))
        if match[1]:
            yield Edit(Span(start=match.start(1), end=match.end(1)), str(int(match[1]) - 3))


def repeated_entry(extraction: Extraction) -> Iterator[Edit]:
    """Put the first entry of a list in the place of its third."""
    for listing in listings(context_of(extraction)):
        whole = [entry.mention for entry in listing.entries if entry.whole]
        if len(whole) >= 3 and whole[0].text != whole[2].text and not any("or" in gap for gap in listing.gaps[:-1]):
            yield Edit(whole[2].span, whole[0].text)


def list_separator(extraction: Extraction) -> Iterator[Edit]:
    """Take a comma out of a list of five or more in a cell."""
    for listing in listings(context_of(extraction)):
        if listing.cell is not None and len(listing.entries) >= 6 and all("," in gap for gap in listing.gaps):
            one, other = listing.entries[1].mention, listing.entries[2].mention
            yield Edit(Span(start=one.span.end, end=other.span.start), " ")


def phase_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Give a trial whose phase stands twice another one at one place."""
    for claim in extraction.claims:
        if isinstance(claim.arguments, TrialPhase) and len(claim.evidence) > 1:
            for evidence in claim.evidence:
                found = re.search(r"\b(?:III|II|[23])\b(?!\w)", evidence.quote)
                if found:
                    start = evidence.span.start + found.start()
                    new = {"III": "II", "II": "III", "3": "2", "2": "3"}[found[0]]
                    yield Edit(Span(start=start, end=start + len(found[0])), new)


def drug_code_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Give a drug the code that stands beside another."""
    text = extraction.document.text
    found = re.finditer(r"([a-z]{5,}) \(([A-Z]{2,5}-?\d{3,8})(?=\))", text)
    codes = [match for match in found if drug(match[1]) and drug(match[1]) == drug(match[2])]
    for one, other in pairwise(codes):
        yield Edit(Span(start=other.start(2), end=other.end(2)), one[2])


def abbreviation_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Expand an abbreviation of a table's legend in another way than the text."""
    other = {"objective": "overall", "overall": "objective", "progression": "projected"}
    known = {form.short for form in extraction.abbreviations}
    for block in extraction.document.blocks:
        if block.kind is BlockKind.NOTE:
            legend = re.compile(r"([A-Z]{2,5}): (\w+)")
            for match in legend.finditer(extraction.document.text, block.span.start, block.span.end):
                if match[1] in known and match[2] in other:
                    yield Edit(Span(start=match.start(2), end=match.end(2)), other[match[2]])


def _variants(extraction: Extraction) -> Iterator[tuple[Mention, re.Match[str], bool]]:
    """Yield the single substitutions with a gene, and whether each stands elsewhere too."""
    places: dict[str, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        if mention.kind == "variant" and mention.entity and proteins.protein(mention.entity):
            places[mention.normalized].append(mention)
    for mentions in places.values():
        for mention in mentions:
            match = _SUBSTITUTION.fullmatch(mention.text)
            if match:
                yield mention, match, len(mentions) > 1


def residue_out_of_range(extraction: Extraction) -> Iterator[Edit]:
    """Double the first figure of a residue number, where the protein has no residue of that number."""
    for mention, match, again in _variants(extraction):
        longer = match[2][0] + match[2]
        if again and proteins.residue(mention.entity, int(longer)) is None:
            yield Edit(mention.span, match[1] + longer + match[3])


def wild_type_mismatch(extraction: Extraction) -> Iterator[Edit]:
    """Swap the last two figures of a residue number, where the protein has another residue there."""
    for mention, match, again in _variants(extraction):
        swapped = match[2][:-2] + match[2][-1] + match[2][-2]
        found = proteins.residue(mention.entity, int(swapped))
        if again and found not in (None, match[1]):
            yield Edit(mention.span, match[1] + swapped + match[3])


def wrong_gene_variant(extraction: Extraction) -> Iterator[Edit]:
    """Put a variant of a longer protein of the paper in the place of another, in a cell."""
    found = list(_variants(extraction))
    others = [(m.entity, m.text, max(r.position for r in residues(m.normalized))) for m, _, _ in found]
    for mention, _, _ in found:
        protein = proteins.protein(mention.entity)
        for gene, text, position in others:
            if mention.cell is not None and protein and gene != mention.entity and position > len(protein.sequence):
                yield Edit(mention.span, text)
                break


def no_single_nucleotide_change(extraction: Extraction) -> Iterator[Edit]:
    """Change the new residue of a substitution that stands elsewhere to one of another codon altogether."""
    for mention, match, again in _variants(extraction):
        if again and match[1] in _FAR and _FAR[match[1]] != match[3]:
            yield Edit(mention.span, match[1] + match[2] + _FAR[match[1]])


def spelling_variant(extraction: Extraction) -> Iterator[Edit]:
    """Double a letter inside the name of a drug that stands elsewhere too."""
    counts: dict[str, int] = defaultdict(int)
    for mention in extraction.mentions:
        if mention.kind == "drug":
            counts[mention.normalized] += 1
    for mention in extraction.mentions:
        in_list = context_of_block(extraction, mention) is BlockKind.REFERENCE
        named = mention.kind == "drug" and mention.text.casefold() == mention.normalized and not in_list
        if named and counts[mention.normalized] > 1 and mention.text.isalpha() and len(mention.text) > 8:
            yield Edit(mention.span, mention.text[:4] + mention.text[3:])


def claim_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Change the value of a result that the text has as a table has it."""
    text = extraction.document.text
    for claim in extraction.claims:
        result = claim.arguments
        if not isinstance(result, TrialResult) or result.value is None:
            continue
        tabled = any(
            isinstance(other.arguments, TrialResult)
            and (other.arguments.trial, other.arguments.endpoint, other.arguments.value)
            == (result.trial, result.endpoint, result.value)
            and any(evidence.cell for evidence in other.evidence)
            for other in extraction.claims
        )
        for evidence in claim.evidence:
            shown = re.compile(rf"(?<![\d.]){result.value:g}(?:\.0)?(?![\d.]*\d)")
            found = shown.search(text, evidence.span.start, evidence.span.end)
            if tabled and evidence.cell is None and found:
                changed = (
                    result.value + 9 if result.low is None else (result.value + result.high) / 2 if result.high else 0
                )
                yield Edit(Span(start=found.start(), end=found.end()), f"{changed:g}")


def unit_mismatch(extraction: Extraction) -> Iterator[Edit]:
    """Print a per cent sign at a value of a column of months."""
    context = context_of(extraction)
    for number, table in enumerate(extraction.document.tables):
        for row in table.rows[table.header_rows :]:
            for cell in row:
                header = context.header(CellRef(table=number, row=cell.row, column=cell.column))
                value = re.match(r"\d+(?:\.\d+)?(?=\s*(?:\(|vs|$))", cell.text)
                if header_unit(header) in TIME_UNITS and value:
                    end = cell.span.start + value.end()
                    yield Edit(Span(start=end, end=end), "%")


def response_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Put a variant of resistance to a drug in the place of one of sensitivity to it."""
    context = context_of(extraction)
    by_drug: dict[tuple[str, str], dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for claim in extraction.claims:
        response = claim.arguments
        if isinstance(response, VariantResponse) and len(response.variants) == 1:
            by_drug[response.gene, response.drug][response.direction].extend(
                evidence.span for evidence in claim.evidence if evidence.cell is not None
            )
    for directions in by_drug.values():
        if len(directions) == 2:
            one, other = (directions[name] for name in sorted(directions))
            for span, into in zip(one, other, strict=False):
                if all(_SUBSTITUTION.fullmatch(context.text(place)) for place in (span, into)):
                    yield Edit(into, context.text(span))


def impossible_percent(extraction: Extraction) -> Iterator[Edit]:
    """Move a response rate between those of two counts of its row's number of patients."""
    context = context_of(extraction)
    for number, table in enumerate(extraction.document.tables):
        for row in table.rows[table.header_rows :]:
            for left, cell in pairwise(row):
                header = context.header(CellRef(table=number, row=cell.row, column=cell.column))
                if (
                    left.text.isdigit()
                    and int(left.text) <= 60
                    and re.fullmatch(r"\d\d\.\d", cell.text)
                    and "%" in header
                ):
                    count = round(float(cell.text) * int(left.text) / 100)
                    yield Edit(cell.span, f"{100 * (count + 0.5) / int(left.text):.1f}")


OPERATORS: dict[str, Operator] = {
    operator.__name__.replace("_", "-"): operator
    for operator in (
        abbreviation_conflict,
        citation_author_year,
        claim_conflict,
        count_percent,
        drug_code_conflict,
        estimate_outside_interval,
        impossible_percent,
        interval_reversed,
        list_separator,
        no_single_nucleotide_change,
        p_value_interval,
        percent_above_100,
        phase_conflict,
        reference_absent,
        reference_never_cited,
        registry_number_conflict,
        repeated_entry,
        residue_out_of_range,
        response_conflict,
        spelling_variant,
        table_or_figure_absent,
        unit_mismatch,
        wild_type_mismatch,
        wrong_gene_variant,
    )
}
