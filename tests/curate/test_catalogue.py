from pathlib import Path

from click.testing import CliRunner

from curate.cli import main
from curate.rules import RULES
from curate.rules.catalogue import as_markdown

PAGE = Path(__file__).parent.parent.parent / "docs" / "rules.md"


def test_the_page_of_the_docs_is_the_catalogue() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == as_markdown(), "run: litcurate rules --format markdown > docs/rules.md"


def test_the_command_names_every_rule_with_what_it_leaves_alone() -> None:
    printed = CliRunner().invoke(main, ["rules"]).output
    assert [line for line in printed.splitlines() if line and not line.startswith(" ")] == list(RULES)
    assert "Leaves alone" in printed
    assert "Example:" in printed
