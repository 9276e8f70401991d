from dataclasses import replace

import builders

from curate.ids import flag_id, mention_ids, paper_of
from extract.records import Mention, Span


def ids(mentions: tuple[Mention, ...]) -> list[str]:
    document = builders.document()
    return list(mention_ids(document, mentions, paper_of(document)))


def test_a_paper_is_its_doi_in_any_case_in_every_copy() -> None:
    one = builders.document(doi="10.1000/XYZ")
    assert paper_of(one) == paper_of(builders.document(identity="b" * 64)) == "doi:10.1000/xyz"


def test_a_paper_without_doi_is_its_file() -> None:
    assert paper_of(builders.document(doi="")) == "sha256:" + "a" * 64


def test_parts_of_a_key_are_not_run_together() -> None:
    assert flag_id("rule", ("ab", "c"), "paper") != flag_id("rule", ("a", "bc"), "paper")


def test_a_mention_keeps_its_id_when_the_text_before_it_changes_in_length() -> None:
    document = builders.document()
    mention = builders.extraction().mentions[1]
    longer = replace(document, text="A new running head.\n\n" + document.text)
    moved = replace(mention, span=Span(start=mention.span.start + 21, end=mention.span.end + 21))
    assert list(mention_ids(longer, (moved,), "p")) == list(mention_ids(document, (mention,), "p"))


def test_equal_mentions_in_one_place_have_ids_of_their_own() -> None:
    mention = builders.extraction().mentions[0]
    other = replace(mention, recognizer="another")
    assert len(set(ids((mention, other)))) == 2
