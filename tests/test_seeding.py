from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from papers import paper, references, section, table
from seeding.editing import Edit, edited, spread
from seeding.operators import OPERATORS

from curate.rules import RULES
from extract.records import Document, Span


@cache
def document() -> Document:
    rows = [["Drug", "PFS (months)"], ["Olaparib", "7.0 (5.7-8.3)"], ["Niraparib", "9.3"]]
    parts = (section("Results", "Olaparib was given [1].", "Niraparib too."), table("Table 1", "Trials", rows))
    return paper(*parts, references("Robson M, Im SA. Olaparib. N Engl J Med 2017;377:523-33.")).document


def test_each_rule_has_an_operator() -> None:
    assert set(OPERATORS) == set(RULES)


@given(st.data())
def test_an_edit_changes_one_passage_and_moves_the_rest(data: st.DataObject) -> None:
    old = document()
    block = data.draw(st.sampled_from([one for one in old.blocks if one.span.end - one.span.start > 3]))
    start = data.draw(st.integers(block.span.start, block.span.end - 1))
    end = data.draw(st.integers(start, block.span.end))
    new = edited(old, Edit(Span(start=start, end=end), data.draw(st.text("abc12%", max_size=6))))
    for before, after in zip(old.blocks, new.blocks, strict=True):
        if before != block:
            assert old.text[before.span.start : before.span.end] == new.text[after.span.start : after.span.end]
    cells = [
        (one, other)
        for mine, yours in zip(old.tables, new.tables, strict=True)
        for row, moved in zip(mine.rows, yours.rows, strict=True)
        for one, other in zip(row, moved, strict=True)
    ]
    assert cells
    for _, other in cells:
        assert new.text[other.span.start : other.span.end] == other.text


def test_an_edit_of_a_cell_changes_its_text() -> None:
    old = document()
    cell = old.tables[0].rows[2][1]
    new = edited(old, Edit(Span(start=cell.span.end, end=cell.span.end), "%"))
    assert new.tables[0].rows[2][1].text == "9.3%"
    assert new.tables[0].rows[1][1].text == "7.0 (5.7-8.3)"


def test_sites_are_spread_over_the_document() -> None:
    sites = [Edit(Span(start=number, end=number + 1), "x") for number in range(10)]
    assert [edit.span.start for edit in spread(iter(sites), 5)] == [0, 2, 4, 6, 8]
    assert spread(iter(sites[:3]), 5) == sites[:3]
