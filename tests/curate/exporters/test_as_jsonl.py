import json

from curate.export.formats.as_jsonl import as_jsonl


def test_each_record_is_a_line() -> None:
    records = [{"text": "two\nlines\u2028and more"}, {"text": "=1"}]
    lines = "".join(as_jsonl([], records)).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == records
    assert lines[-1] == ""


def test_no_record_is_no_line() -> None:
    assert list(as_jsonl([], [])) == []
