"""No rule raises an error or a warning on papers that contradict neither themselves nor reference knowledge."""

import papers
import pytest

from curate.records import Severity
from curate.rules.run import check

NAMES = sorted(path.stem for path in papers.SOUND.glob("*.toml"))


@pytest.mark.parametrize("page", [papers.A4, papers.LETTER_TWO_COLUMNS], ids=["A4", "two columns"])
@pytest.mark.parametrize("name", NAMES)
def test_a_sound_paper_gets_no_error_and_no_warning(name: str, page: str) -> None:
    title, parts = papers.sound(name)
    checked = check(papers.paper(*parts, title=title, page=page))
    loud = [flag.doubt.message for flag in checked.flags if flag.doubt.severity is not Severity.NOTICE]
    assert loud == []
    assert not [count.error for count in checked.counts if count.failed]
    assert sum(count.consistent for count in checked.counts) > 10, "the rules found too little to look at"
