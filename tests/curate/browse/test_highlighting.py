"""Marks over a text: whatever overlaps, no letter is lost, none is doubled, none is in the wrong colour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curate.browse.highlighting import parts_of
from curate.browse.page_records import MarkRow


def mark(number: int, start: int, end: int) -> MarkRow:
    return MarkRow(
        id=f"{number:x}",
        kind="drug",
        text="",
        normalized="",
        entity="",
        start=start,
        end=end,
        boxes=(),
        status="open",
    )


@given(
    st.text(min_size=1, max_size=30),
    st.integers(0, 5),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_the_parts_are_the_text_and_each_letter_has_its_marks(
    text: str, start: int, spans: list[tuple[int, int]]
) -> None:
    marks = [mark(number, *sorted(span)) for number, span in enumerate(spans)]
    parts = parts_of(text, start, marks)
    assert "".join(part.text for part in parts) == text
    at = start
    for part in parts:
        for offset in range(at, at + len(part.text)):
            assert {item.id for item in part.marks} == {item.id for item in marks if item.start <= offset < item.end}
        at += len(part.text)
    begun = [item.id for part in parts for item in part.begins]
    assert sorted(begun) == sorted(
        item.id for item in marks if item.start < start + len(text) and item.end > start and item.start < item.end
    )


def test_the_shortest_of_nested_marks_comes_first() -> None:
    outer, inner = mark(1, 0, 10), mark(2, 4, 6)
    parts = parts_of("EML4-ALK x", 0, [outer, inner])
    assert [(part.text, [item.id for item in part.marks]) for part in parts] == [
        ("EML4", ["1"]),
        ("-A", ["2", "1"]),
        ("LK x", ["1"]),
    ]


def test_a_text_without_marks_is_one_part_and_an_empty_one_none() -> None:
    assert parts_of("", 1, [mark(1, 0, 2)]) == ()
    assert [part.text for part in parts_of("as it is", 7, [])] == ["as it is"]
