"""Small real records, built by hand: one article of a page with a table, two claims and two flags."""

from __future__ import annotations

from dataclasses import dataclass, replace

from curate.ids import flag_id, paper_of
from curate.marking import Marker
from curate.records import Checked, Decision, Doubt, Flag, Place, RuleCount, Severity
from curate.review.additions import add_claim, add_mention
from curate.store import Store
from curate.store.migrations import RECORDS
from curate.store.schema import view_of
from extract.claims import CLAIM_KINDS
from extract.claims.trial_result import TrialResult
from extract.claims.variant_response import VariantResponse
from extract.content_id import content_id
from extract.records import (
    Abbreviation,
    Block,
    BlockKind,
    Box,
    Cell,
    CellRef,
    Citation,
    Claim,
    Document,
    Evidence,
    Extraction,
    Mention,
    Page,
    Quantity,
    Reference,
    Span,
    Table,
    Word,
)

TEXT = (
    "Brigatinib in ALTA\n\n"
    "The objective response rate was 62% in arm B.\n\n"
    "1. Kim DW, et al. J Clin Oncol 2017.\n\n"
    "Trial\tORR (%)\nALTA\t53"
)
BOX = Box(page=1, x0=72.0, top=100.25, x1=300.5, bottom=112.0)
LOWER = Box(page=2, x0=72.0, top=40.0, x1=300.5, bottom=52.0)


def span(text: str, start: int = 0) -> Span:
    at = TEXT.index(text, start)
    return Span(start=at, end=at + len(text))


def evidence(quote: str, *, cell: CellRef | None = None, boxes: tuple[Box, ...] = (BOX,)) -> Evidence:
    at = span(quote)
    return Evidence(
        quote=quote,
        prefix=TEXT[max(0, at.start - 10) : at.start],
        suffix=TEXT[at.end : at.end + 10],
        span=at,
        boxes=boxes,
        extractor="builders",
        cell=cell,
    )


def _cell(row: int, column: int, text: str) -> Cell:
    return Cell(row=row, column=column, text=text, boxes=(BOX,), span=span(text, TEXT.index("Trial\t")))


def document(*, identity: str = "a" * 64, doi: str = "10.1000/xyz", title: str = "Brigatinib in ALTA") -> Document:
    word = Word(text="Brigatinib", box=BOX, font="Times", size=9.5, edges=(72.0, 80.5), span=span("Brigatinib"))
    return Document(
        id=identity,
        file_name="alta.pdf",
        title=title,
        doi=doi,
        text=TEXT,
        pages=(
            Page(number=1, width=595.28, height=841.89, words=(word,)),
            Page(number=2, width=595.28, height=841.89, words=(), gap="page 2 could not be read: damaged"),
        ),
        blocks=(
            Block(kind=BlockKind.TITLE, section="", span=span("Brigatinib in ALTA"), boxes=(BOX,)),
            Block(
                kind=BlockKind.PARAGRAPH,
                section="Results > Response",
                span=span("The objective response rate was 62% in arm B."),
                boxes=(BOX, LOWER),
            ),
        ),
        tables=(
            Table(
                label="Table 1",
                caption="Trials",
                note="ORR: objective response rate",
                rows=(
                    (_cell(0, 0, "Trial"), _cell(0, 1, "ORR (%)")),
                    (_cell(1, 0, "ALTA"), _cell(1, 1, "53")),
                ),
                header_rows=1,
                pages=(1,),
                confidence=0.9,
                boxes=(BOX,),
                stray=(word,),
            ),
        ),
        references=(
            Reference(
                number=1,
                first_author="Kim",
                authors="Kim DW, et al.",
                title="",
                source="J Clin Oncol",
                year="2017",
                doi="",
                pmid="",
                text="1. Kim DW, et al. J Clin Oncol 2017.",
                span=span("1. Kim DW, et al. J Clin Oncol 2017."),
                boxes=(LOWER,),
            ),
        ),
        citations=(Citation(text="1", numbers=(1,), anchor=30, boxes=(BOX,)),),
    )


def extraction(paper: Document | None = None, claims: tuple[Claim, ...] = ()) -> Extraction:
    paper = paper or document()
    return Extraction(
        document=paper,
        mentions=(
            Mention(
                kind="drug",
                text="Brigatinib",
                normalized="brigatinib",
                entity="UNII:HYW8DB273J",
                span=span("Brigatinib"),
                boxes=(BOX,),
                recognizer="drugs",
            ),
            Mention(
                kind="measurement",
                text="53",
                normalized="53 %",
                entity="",
                span=span("53"),
                boxes=(BOX,),
                recognizer="numbers",
                cell=CellRef(table=0, row=1, column=1),
                quantity=Quantity(measure="percent", value=53.0, unit="%", low=43.0, high=63.5),
            ),
        ),
        claims=claims,
        abbreviations=(Abbreviation(short="ORR", long="objective response rate", span=span("ORR")),),
        gaps=("page 2 could not be read: damaged",),
    )


def flag(paper: Document, rule: str, key: tuple[str, ...], severity: Severity, *places: Place) -> Flag:
    return Flag(
        id=flag_id(rule, key, paper_of(paper)),
        rule=rule,
        doubt=Doubt(
            severity=severity,
            subject="ALTA, ORR",
            message=f"{rule}: the objective response rate of ALTA is 53 in the table and 62 in the text",
            key=key,
            places=places,
            expected="53",
        ),
    )


def checked(paper: Document | None = None) -> Checked:
    paper = paper or document()
    table = Place(role="table", evidence=evidence("53", cell=CellRef(table=0, row=1, column=1)))
    prose = Place(role="prose", evidence=evidence("62%", boxes=(BOX, LOWER)))
    return Checked(
        flags=(
            flag(paper, "claim-conflict", ("alta", "orr", "53", "62"), Severity.ERROR, table, prose),
            flag(paper, "spelling-variant", ("brigatinib", "brigantinib"), Severity.NOTICE, prose),
        ),
        counts=(RuleCount(rule="claim-conflict", consistent=4, flagged=1, not_applicable=2),),
    )


def without_flags(some: Checked) -> Checked:
    return replace(some, flags=())


@dataclass(frozen=True)
class Ids:
    """The ids of the two flags of `checked()`, as the formula of DESIGN gives them."""

    conflict: str = content_id("flag", "doi:10.1000/xyz", "claim-conflict", "alta", "orr", "53", "62")
    spelling: str = content_id("flag", "doi:10.1000/xyz", "spelling-variant", "brigatinib", "brigantinib")


def trial_result() -> Claim:
    arguments = TrialResult(trial="ALTA", endpoint="ORR", arm="brigatinib", value=53.0, unit="%")
    cell = CellRef(table=0, row=1, column=1)
    return Claim(
        id=content_id("claim", "doi:10.1000/xyz", "trial_result", "alta", "orr", "brigatinib"),
        kind="trial_result",
        arguments=arguments,
        evidence=(evidence("53", cell=cell), evidence("62%")),
    )


def response() -> Claim:
    arguments = VariantResponse(gene="ALK", variants=("G1202R", "L1196M"), drug="brigatinib", direction="resistance")
    return Claim(
        id=content_id("claim", "doi:10.1000/xyz", "variant_response", "g1202r"),
        kind="variant_response",
        arguments=arguments,
        evidence=(evidence("62%"),),
    )


def save(store: Store, some: Extraction | None = None, flags: Checked | None = None, *, path: str = "") -> int:
    """Store an extraction in a run of its own and return the run."""
    some = some or extraction(claims=(trial_result(), response()))
    run = store.begin_run("extract", version="0.1.0", settings="{}", at="2024-01-02T03:04:05Z")
    store.save(some, flags or checked(some.document), run, path=path)
    return run


def add(store: Store, words: str = "arm B", *, curator: str = "ada") -> Decision:
    """Add a mention that the tool missed, as a curator marks it."""
    return add_mention(store, Marker(extraction()), span(words), "drug", words, curator=curator)


def add_response(store: Store, *, curator: str = "ada") -> Decision:
    """Add a claim that the tool missed, with a sentence for its evidence."""
    arguments = VariantResponse(gene="ALK", variants=("G1202R",), drug="brigatinib", direction="sensitivity")
    marked = span("The objective response rate was 62% in arm B")
    return add_claim(store, Marker(extraction()), marked, "variant_response", arguments, curator=curator)


# What takes a store back to version 5.
TO_VERSION_5 = (
    *(f"DROP VIEW IF EXISTS {view_of(kind)}" for kind in CLAIM_KINDS),
    f"DROP TABLE {RECORDS}",
    "ALTER TABLE claim_evidence DROP COLUMN found",
    *(f"DROP TRIGGER decisions_{name}" for name in ("new", "numbered")),
    *(f"DROP TRIGGER {table}_{name}" for table in ("flags", "claims", "mentions") for name in ("follows", "begins")),
    "DROP TABLE additions",
    *(
        statement.format(table)
        for table in ("mentions", "claims")
        for statement in (
            "DROP TRIGGER {0}_stood_for",
            "DROP INDEX {0}_added",
            "ALTER TABLE {0} DROP COLUMN added",
        )
    ),
    "PRAGMA user_version = 5",
)


def without_errors(some: Checked) -> Checked:
    return replace(some, flags=tuple(flag for flag in some.flags if flag.doubt.severity is not Severity.ERROR))


def with_failed_rule(some: Checked) -> Checked:
    return replace(some, counts=(RuleCount(rule="unit-mismatch", failed=1, error="KeyError: 'arm'"),))


def citing(*citations: int) -> Extraction:
    """Return the extraction of a paper whose one reference has a DOI and a PMID; its prose cites those numbers."""
    paper = document()
    (reference,) = paper.references
    known = replace(reference, title="Brigatinib against two variants", doi="10.1200/x", pmid="28475456")
    result = trial_result()
    cell, prose = result.evidence
    result = replace(result, evidence=(cell, replace(prose, citations=citations)))
    return extraction(replace(paper, references=(known,)), claims=(result, response()))
