import papers
import pytest

from extract.records import CellRef, Span
from extract.text.neighbourhood import Context, is_group_row

TABLE = papers.table(
    "Table 1",
    "Trials",
    [
        ["Trial", "Drug", "ORR (%)"],
        ["First line"],
        ["COMBI-d", "Dabrafenib + trametinib", "69"],
        ["", "Dabrafenib", "53"],
        ["Later lines"],
        ["", "Vemurafenib", "48"],
    ],
)
TEXT = papers.section("Results", "ALK was found. KRAS G12C was not found (p. 3). It is rare.")


@pytest.fixture(scope="module")
def context() -> Context:
    extraction = papers.paper(TEXT, TABLE)
    return Context(extraction.document, extraction.mentions)


def cell(context: Context, text: str) -> CellRef:
    for number, table in enumerate(context.document.tables):
        for row in table.rows:
            for one in row:
                if one.text == text:
                    return CellRef(table=number, row=one.row, column=one.column)
    raise LookupError(text)


def test_a_sentence_is_found_from_a_place_in_it(context: Context) -> None:
    at = context.document.text.index("G12C")
    sentence = context.sentence(Span(start=at, end=at + 4))
    assert context.text(sentence) == "KRAS G12C was not found (p. 3)."


def test_prose_is_titles_headings_and_paragraphs_and_no_caption_or_cell(context: Context) -> None:
    told = [context.text(span) for span in context.prose()]
    assert told == [
        "A review of targeted therapy",
        "Results",
        "ALK was found.",
        "KRAS G12C was not found (p. 3).",
        "It is rare.",
    ]


def test_only_what_lies_wholly_in_a_span_is_within_it(context: Context) -> None:
    at = context.document.text.index("KRAS G12C")
    assert [mention.text for mention in context.within(Span(start=at, end=at + 9))] == ["KRAS", "G12C"]
    assert [mention.text for mention in context.within(Span(start=at, end=at + 8))] == ["KRAS"]
    assert [mention.text for mention in context.within(Span(start=at, end=at + 9), "variant")] == ["G12C"]


def test_a_place_in_a_table_stands_in_no_block(context: Context) -> None:
    ref = cell(context, "69")
    span = context.table(ref).rows[ref.row][ref.column].span
    assert context.block(span.start) is None
    assert context.sentence(span) == span


def test_the_header_over_a_cell(context: Context) -> None:
    assert context.header(cell(context, "53")) == "ORR (%)"


def test_an_empty_first_cell_takes_the_one_above(context: Context) -> None:
    assert [one.text for one in context.row(cell(context, "53"))] == ["COMBI-d", "Dabrafenib", "53"]


def test_a_group_row_ends_what_is_carried_down(context: Context) -> None:
    assert [one.text for one in context.row(cell(context, "48"))] == ["", "Vemurafenib", "48"]


def test_a_group_row_is_one_filled_cell_at_the_start(context: Context) -> None:
    table = context.document.tables[0]
    assert [row[0].text for row in table.rows if is_group_row(row)] == ["First line", "Later lines"]
    assert not is_group_row(table.rows[0])
