import papers

from extract.mentions.capture import UNREAD_KINDS, passages
from extract.records import BlockKind, Mention


def of_kind(mentions: tuple[Mention, ...], kind: str) -> list[str]:
    return [mention.normalized for mention in mentions if mention.kind == kind]


def trials(header: str, *names: str) -> list[str]:
    rows = [[header, "Drug"], *([name, "Alectinib"] for name in names)]
    return of_kind(papers.paper(papers.table("Table 1", "Overview", rows)).mentions, "trial")


def test_a_bare_name_under_trial_is_a_trial() -> None:
    assert trials("Trial", "ALEX", "CROWN", "ALESIA") == ["ALEX", "CROWN", "ALESIA"]
    assert trials("Study", "ALEX [12]", "ALESIA") == ["ALEX", "ALESIA"]


def test_a_bare_name_under_another_header_is_none() -> None:
    assert trials("Gene", "ALEX", "CROWN") == []
    assert trials("Study design", "RANDOM", "COHORT") == []
    assert trials("Trial phase", "ALEX", "CROWN") == []


def test_a_phrase_under_trial_is_none() -> None:
    assert trials("Trial", "Single arm", "ALEX") == ["ALEX"]


def test_a_headed_trial_has_its_cell_and_boxes() -> None:
    extraction = papers.paper(papers.table("Table 1", "Overview", [["Trial", "Drug"], ["ALEX", "Alectinib"]]))
    (mention,) = [mention for mention in extraction.mentions if mention.kind == "trial"]
    assert mention.cell is not None
    assert (mention.cell.row, mention.cell.column, mention.text) == (1, 0, "ALEX")
    assert mention.boxes


def test_each_cell_and_each_block_is_read_once_and_margins_are_not() -> None:
    extraction = papers.paper(
        papers.section("Results", "KRAS G12C was found."),
        papers.table("Table 1", "Genes", [["Gene", "Cases"], ["KRAS", ""], ["NRAS", "4"]]),
    )
    read = list(passages(extraction.document))
    starts = [passage.span.start for passage in read]
    assert starts == sorted(starts)
    assert [passage.text for passage in read if passage.cell is not None] == ["Gene", "Cases", "KRAS", "NRAS", "4"]
    blocks = [block for block in extraction.document.blocks if block.kind not in UNREAD_KINDS]
    assert [passage.span for passage in read if passage.cell is None] == [block.span for block in blocks]
    assert frozenset({BlockKind.RUNNING_HEAD, BlockKind.FIGURE_TEXT}) == UNREAD_KINDS


def test_an_abbreviation_is_given_once_where_it_is_defined() -> None:
    extraction = papers.paper(
        papers.section(
            "Results",
            "The objective response rate (ORR) was high. The objective response rate (ORR) was 53%.",
            "Progression-free survival (PFS) was long (range, 3-9 months).",
        )
    )
    found = [(one.short, one.long) for one in extraction.abbreviations]
    assert found == [("ORR", "objective response rate"), ("PFS", "Progression-free survival")]
    text = extraction.document.text
    assert [text[one.span.start : one.span.end] for one in extraction.abbreviations] == ["ORR", "PFS"]


def test_abbreviations_of_the_reference_list_are_not_the_papers() -> None:
    extraction = papers.paper(
        papers.section("Results", "It was found [1]."),
        papers.references("Kim DW. Overall survival (OS) in lung cancer. Lancet 2017;389:917-29."),
    )
    assert extraction.abbreviations == ()


def test_a_column_of_genes_names_no_trials() -> None:
    assert trials("Study", "ERCC1", "XPDQ", "XRCC1") == []
