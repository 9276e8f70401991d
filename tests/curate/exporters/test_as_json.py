import json

import pytest

from curate.export.formats.as_json import as_json

RECORDS = [{"text": 'ALK "G1202R" → –', "page": None}, {"rows": [["a", ""], ["b", "1"]], "score": 0.5}]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_it_is_one_list_of_the_records(count: int) -> None:
    assert json.loads("".join(as_json([], RECORDS[:count]))) == RECORDS[:count]


def test_letters_are_written_as_they_are() -> None:
    assert "→ –" in "".join(as_json([], RECORDS))


def test_records_are_taken_one_by_one() -> None:
    taken = []

    def records() -> object:
        for record in RECORDS:
            taken.append(record)
            yield record

    pieces = as_json([], records())  # type: ignore[arg-type]
    next(pieces)
    assert len(taken) == 1
