from extract.cache import for_the_last
from extract.records import Span


def test_the_work_is_done_once_for_one_record() -> None:
    asked: list[Span] = []

    @for_the_last
    def length(span: Span) -> int:
        asked.append(span)
        return span.end - span.start

    span = Span(start=2, end=5)
    assert [length(span), length(span)] == [3, 3]
    assert asked == [span]


def test_another_record_is_never_taken_for_the_last_even_an_equal_one() -> None:
    asked: list[Span] = []

    @for_the_last
    def length(span: Span) -> int:
        asked.append(span)
        return span.end - span.start

    spans = [Span(start=2, end=5), Span(start=2, end=5), Span(start=2, end=9)]
    assert [length(span) for span in spans] == [3, 3, 7]
    assert len(asked) == 3
