import pytest
from papers import paper, table, text

from extract.claims import title
from extract.claims.count import Count
from extract.records import Extraction


def counts(extraction: Extraction) -> list[Count]:
    return [claim.arguments for claim in extraction.claims if isinstance(claim.arguments, Count)]


@pytest.mark.parametrize(
    ("sentence", "count", "subject", "thing"),
    [
        ("Five inhibitors are in use.", 5, "inhibitor", "drug"),
        ("There were 12 randomised phase III trials of it.", 12, "randomised phase iii trial", "trial"),
        ("A total of twenty-one studies were pooled.", 21, "study", "trial"),
        ("We tested 63 BCR-ABL1 mutations.", 63, "bcr-abl1 mutation", "variant"),
        ("Panels of 15 oncogenes are common.", 15, "oncogene", "gene"),
        ("Searches found two meta-analyses.", 2, "meta-analysis", "article"),
        ("Three TKI were compared.", 3, "tki", "drug"),
    ],
)
def test_a_number_counts_the_noun_after_it(sentence: str, count: int, subject: str, thing: str) -> None:
    assert counts(text(sentence)) == [Count(count=count, subject=subject, thing=thing)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Exon 20 mutations were rare.",
        "Phase 3 trials are awaited.",
        "CDK 4 inhibitors were given.",
        "Each of the five trials was stopped.",
        "These two drugs were equal.",
        "In 2018 trials began.",
        "Two or three drugs were given.",
        "Five patients had mutations.",
        "The 12 women received drugs.",
        "Patients were put into two groups.",
        "The dose was 1,200 drugs short of sense.",
        "One trial was closed.",
        "Two TKI naive patients responded.",
        "Two TKI-resistant lines were used.",
    ],
)
def test_labels_parts_people_and_what_is_not_named_are_left_alone(sentence: str) -> None:
    assert counts(text(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("Three drugs (imatinib, nilotinib and dasatinib) are used.", ("imatinib", "nilotinib", "dasatinib")),
        ("Two inhibitors, imatinib and nilotinib, are used.", ("imatinib", "nilotinib")),
        ("Two mutations were seen: T315I and F317L.", ("p.Thr315Ile", "p.Phe317Leu")),
        ("Two EGFR mutations, namely L858R and T790M, were seen.", ("p.Leu858Arg", "p.Thr790Met")),
        ("Two genes (i.e., KRAS and NRAS) were tested.", ("KRAS", "NRAS")),
        (
            "There are three TKI approved for CML [Table 1]: imatinib (first), nilotinib, and dasatinib [2].",
            ("imatinib", "nilotinib", "dasatinib"),
        ),
        ("Two drugs (imatinib (Glivec) [3] and nilotinib [4]) are used.", ("imatinib", "nilotinib")),
        ("Three drugs (imatinib, compound X and nilotinib) are used.", ("imatinib", "compound X", "nilotinib")),
        ("Three countries (Norway, Sweden and New Zealand) took part.", ("Norway", "Sweden", "New Zealand")),
    ],
)
def test_a_list_in_full_gives_the_items(sentence: str, items: tuple[str, ...]) -> None:
    assert [one.items for one in counts(text(sentence))] == [items]


@pytest.mark.parametrize(
    "sentence",
    [
        "Five drugs, including imatinib and nilotinib, are used.",
        "Five drugs (e.g., imatinib and nilotinib) are used.",
        "Five drugs, such as imatinib and nilotinib, are used.",
        "Three drugs (imatinib, nilotinib, and others) are used.",
        "Five drugs (mainly imatinib and nilotinib) are used.",
        "Two drugs (imatinib plus interferon and nilotinib) are used.",
        "Two drugs (Table 2) are used.",
        "Two trials (n = 20 and n = 30) were closed.",
    ],
)
def test_examples_and_what_is_no_list_give_no_items(sentence: str) -> None:
    assert {one.items for one in counts(text(sentence))} <= {()}


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Table 2 lists 12 trials.", "2"),
        ("Table 1 summarizes the characteristics of the 13 included studies.", "1"),
        ("The 12 included RCTs are shown in Table 3.", "3"),
        ("Supplementary Table 2 lists 12 trials.", ""),
        ("We pooled 12 trials (Table 2).", ""),
    ],
)
def test_a_table_that_has_them_all_is_named(sentence: str, number: str) -> None:
    assert [one.table for one in counts(text(sentence))] == [number]


def test_a_caption_names_its_table() -> None:
    rows = [["Trial", "Drug"], ["SOLAR-1", "Alpelisib"], ["OlympiAD", "Olaparib"]]
    found = counts(paper(table("Table 1", "Characteristics of the two trials", rows)))
    assert [(one.count, one.table) for one in found] == [(2, "1")]


@pytest.mark.parametrize(
    ("sentence", "said", "comparison"),
    [
        ("Five ALK inhibitors have been approved.", "approved", ""),
        ("The five approved ALK inhibitors differ.", "approved", ""),
        ("At least five ALK inhibitors are currently available.", "available", "at least"),
        ("More than five ALK inhibitors exist.", "", "more than"),
        ("Five of these ALK inhibitors are now approved.", "approved", "of these"),
        ("Five of the 12 ALK inhibitors exist.", "", "of the 12"),
    ],
)
def test_what_is_said_and_what_bounds_the_number(sentence: str, said: str, comparison: str) -> None:
    assert counts(text(sentence)) == [
        Count(count=5, subject="alk inhibitor", thing="drug", said=said, comparison=comparison)
    ]


def test_its_title_says_how_many_of_what() -> None:
    assert (
        title(counts(text("At least five ALK inhibitors are approved."))[0]) == "at least 5 × alk inhibitor, approved"
    )
    assert title(counts(text("Two genes (KRAS and NRAS) count."))[0]) == "2 × gene: KRAS, NRAS"
    assert title(counts(text("Table 2 lists 12 trials."))[0]) == "12 × trial (Table 2)"
