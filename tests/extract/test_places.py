from extract.records import Block, BlockKind, Box, Document, Page, Span, Word
from extract.text.locator import Locator


def word(text: str, start: int, x0: float, top: float, *, page: int = 1, kept: int | None = None) -> Word:
    """A word whose letters are 10 points wide; `kept` characters of it stand in the text."""
    edges = tuple(x0 + 10.0 * n for n in range(len(text) + 1))
    return Word(
        text=text,
        box=Box(page=page, x0=x0, top=top, x1=edges[-1], bottom=top + 12),
        font="Serif",
        size=10,
        edges=edges,
        span=Span(start=start, end=start + (len(text) if kept is None else kept)),
    )


# 'ALK muta-' / 'tion' over two lines, then 'here' on the next page
WORDS = (word("ALK", 0, 0, 0), word("muta-", 4, 40, 0, kept=4), word("tion", 8, 0, 20))
NEXT = (word("here", 13, 0, 0, page=2),)
DOCUMENT = Document(
    id="d",
    file_name="d.pdf",
    title="",
    doi="",
    text="ALK mutation here",
    pages=(
        Page(number=1, width=100, height=100, words=WORDS),
        Page(number=2, width=100, height=100, words=NEXT),
    ),
    blocks=(Block(kind=BlockKind.PARAGRAPH, section="", span=Span(start=0, end=17), boxes=()),),
    tables=(),
    references=(),
)


def boxes(start: int, end: int) -> list[tuple[int, float, float, float]]:
    return [(b.page, b.x0, b.top, b.x1) for b in Locator(DOCUMENT).boxes(Span(start=start, end=end))]


def test_words_on_one_line_share_a_box() -> None:
    assert boxes(0, 8) == [(1, 0, 0, 80)]


def test_a_part_of_a_word_has_the_box_of_its_letters() -> None:
    assert boxes(1, 3) == [(1, 10, 0, 30)]


def test_a_word_over_a_line_end_has_a_box_on_each_line() -> None:
    assert boxes(4, 12) == [(1, 40, 0, 80), (1, 0, 20, 40)]


def test_a_place_over_a_page_end_has_a_box_on_each_page() -> None:
    assert boxes(8, 17) == [(1, 0, 20, 40), (2, 0, 0, 40)]


def test_a_space_between_words_has_no_box_of_its_own() -> None:
    assert boxes(3, 4) == []


def test_evidence_quotes_the_text_with_what_stands_around_it() -> None:
    evidence = Locator(DOCUMENT).evidence(Span(start=4, end=12), extractor="test")
    assert (evidence.prefix, evidence.quote, evidence.suffix) == ("ALK ", "mutation", " here")


def test_evidence_stays_inside_its_bounds() -> None:
    evidence = Locator(DOCUMENT).evidence(Span(start=5, end=8), extractor="test", within=Span(start=4, end=12))
    assert (evidence.prefix, evidence.quote, evidence.suffix) == ("m", "uta", "tion")
