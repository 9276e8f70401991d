"""What holds for every table: words are conserved, rows are rectangular, values stay in place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pdf.reader import Sheet
from extract.records import Box, Page, Word
from extract.tables import FoundTable, find_tables

SIZE = 8.0
LEADING = 9.6
LEFT, TOP, CELL = 60.0, 120.0, 80.0


@dataclass(frozen=True)
class Drawn:
    """A page with one table, and the texts of its cells."""

    sheet: Sheet
    rows: list[list[str]]


def word(text: str, x0: float, foot: float, *, font: str = "Serif", size: float = SIZE, spaced: bool = True) -> Word:
    x1 = x0 + 0.5 * size * len(text)
    box = Box(page=1, x0=x0, top=foot - size, x1=x1, bottom=foot)
    return Word(text=text, box=box, font=font, size=size, spaced=spaced, baseline=foot - 0.2 * size)


def line(text: str, x0: float, foot: float, *, font: str = "Serif", size: float = SIZE) -> list[Word]:
    words, x = [], x0
    for part in text.split():
        words.append(word(part, x, foot, font=font, size=size))
        x = words[-1].box.x1 + 0.25 * size
    return words


cell = st.one_of(
    st.just([]),
    st.lists(st.text("abcdefgh0123456789.", min_size=1, max_size=5), min_size=1, max_size=3),
)


@st.composite
def drawn_tables(draw: st.DrawFn) -> Drawn:
    columns = draw(st.integers(2, 5))
    count = draw(st.integers(3, 9))
    gap = draw(st.floats(1.35, 2.5))
    ruled = draw(st.booleans())
    shaded = draw(st.booleans())
    rows = [[f"Head{n}" for n in range(columns)]]
    for n in range(count):
        rest = [" ".join(draw(cell)) for _ in range(columns - 2)]
        rows.append([f"row{n}", *rest, f"{n}.5"])
    words = line("Table 1. Caption of the table", LEFT, TOP - 20, font="Serif-Bold", size=9)
    foot = TOP + SIZE
    rules = [Box(page=1, x0=LEFT - 2, top=TOP - 2, x1=LEFT + columns * CELL, bottom=TOP - 2)]
    fills = []
    for n, row in enumerate(rows):
        for m, text in enumerate(row):
            words.extend(line(text, LEFT + m * CELL, foot))
        if n == 0:
            rules.append(Box(page=1, x0=LEFT - 2, top=foot + 2, x1=LEFT + columns * CELL, bottom=foot + 2))
        elif shaded and n % 2:
            fills.append(Box(page=1, x0=LEFT - 2, top=foot - SIZE - 1, x1=LEFT + columns * CELL, bottom=foot + 1.5))
        foot += gap * LEADING
    end = foot - gap * LEADING + 3
    if ruled:
        rules.append(Box(page=1, x0=LEFT - 2, top=end, x1=LEFT + columns * CELL, bottom=end))
    prose = "words of the article that go on under the table and are no part of it at all in any way"
    for n in range(5):
        words.extend(line(prose, LEFT, end + 40 + 12 * n, font="Prose", size=10))
    page = Page(number=1, width=600, height=800, words=tuple(words))
    return Drawn(Sheet(page=page, rules=tuple(rules), fills=tuple(fills)), rows)


def all_words(table: FoundTable) -> list[Word]:
    cells = [w for row in table.rows for c in row for w in c.words]
    return [*table.label, *table.caption, *table.note, *cells, *table.stray]


@settings(max_examples=60)
@given(drawn_tables())
def test_values_stay_in_their_row_and_column(drawn: Drawn) -> None:
    (table,) = find_tables([drawn.sheet])
    found = [[" ".join(w.text for w in c.words) for c in row] for row in table.rows]
    # a column without a word in its body is one that the header alone shows
    assert [[text for text in row if text] for row in found] == [[text for text in row if text] for row in drawn.rows]
    assert found == drawn.rows


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.text("abcXYZ019().,-", min_size=1, max_size=8),
            st.floats(20, 500),
            st.floats(80, 700),
            st.sampled_from([6.0, 8.0, 10.0]),
            st.booleans(),
        ),
        min_size=5,
        max_size=60,
    ),
    st.lists(st.tuples(st.floats(20, 200), st.floats(250, 560), st.floats(60, 760)), max_size=8),
)
def test_words_are_conserved_on_pages_without_any_order(
    scattered: list[tuple[str, float, float, float, bool]], lines: list[tuple[float, float, float]]
) -> None:
    words = line("Table 1. Something", 60, 100, font="Serif-Bold", size=9)
    for text, x0, foot, size, raised in scattered:
        plain = word(text, x0, foot, size=size)
        words.append(
            Word(
                text=plain.text,
                box=plain.box,
                font=plain.font,
                size=size,
                baseline=plain.baseline,
                superscript=raised,
                spaced=not raised,
            )
        )
    rules = tuple(Box(page=1, x0=a, top=y, x1=b, bottom=y) for a, b, y in lines)
    sheet = Sheet(page=Page(number=1, width=600, height=800, words=tuple(words)), rules=rules)
    tables = find_tables([sheet])
    used = Counter(id(w) for table in tables for w in all_words(table))
    assert all(count == 1 for count in used.values())
    assert set(used) <= {id(w) for w in words}
    for table in tables:
        assert len({len(row) for row in table.rows}) <= 1
        assert 0.0 <= table.confidence <= 1.0
        for box in table.boxes:
            for w in words:
                across = box.x0 <= (w.box.x0 + w.box.x1) / 2 <= box.x1
                middle = w.baseline - 0.3 * w.size
                assert not (across and box.top <= middle <= box.bottom) or id(w) in used
