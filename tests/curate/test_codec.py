import zlib
from dataclasses import dataclass

import builders
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.store.codec import CodecError, dumps, loads
from extract.claims.trial_result import TrialResult
from extract.claims.variant_response import VariantResponse
from extract.records import Arguments, Claim, Extraction, Mention, Page, Table

KINDS = (TrialResult, VariantResponse)
TEXT = st.text(st.characters(), max_size=8)  # lone surrogates and control characters too


@pytest.fixture(autouse=True, scope="module")
def kinds_of_claim() -> None:
    st.register_type_strategy(
        Arguments,
        st.one_of(
            st.builds(TrialResult, trial=TEXT, value=st.none() | st.floats()),
            st.builds(VariantResponse, gene=TEXT, variants=st.lists(TEXT, max_size=3).map(tuple)),
        ),
    )


@pytest.mark.parametrize("cls", [Page, Table, Mention, Claim])
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_record_comes_back_as_it_was(cls: type, data: st.DataObject) -> None:
    record = data.draw(st.from_type(cls))
    # By what they print, since not-a-number is never equal to itself.
    assert repr(loads(cls, dumps(record), KINDS)) == repr(record)


def test_an_extraction_comes_back_as_it_was() -> None:
    extraction = builders.extraction(claims=(builders.trial_result(), builders.response()))
    again = loads(Extraction, dumps(extraction), KINDS)
    assert again == extraction
    assert [type(claim.arguments) for claim in again.claims] == [TrialResult, VariantResponse]


@pytest.mark.parametrize("text", ["\ud835\udc00", "\ud835", "\x00", "\u2028", "𝐀"])
def test_broken_letters_come_back_as_they_were(text: str) -> None:
    page = Page(number=1, width=1.0, height=1.0, words=(), gap=text)
    assert loads(Page, dumps(page)) == page


def test_the_same_record_gives_the_same_bytes() -> None:
    assert dumps(builders.extraction()) == dumps(builders.extraction())


@pytest.mark.parametrize(
    "content",
    [b"", b"not zlib", zlib.compress(b"{"), zlib.compress(b"[]"), zlib.compress(b'{"classes": {}}')],
)
def test_damaged_content_is_refused(content: bytes) -> None:
    with pytest.raises(CodecError, match="is damaged"):
        loads(Extraction, content)


def test_an_unknown_kind_of_arguments_is_refused_by_name() -> None:
    content = dumps(builders.extraction(claims=(builders.trial_result(),)))
    with pytest.raises(CodecError, match="'TrialResult'"):
        loads(Extraction, content, (VariantResponse,))


def _classes() -> tuple[type, type, type]:
    """Three releases of one class: at first, with a field more that has a default, with one that has none."""

    def first() -> type:
        @dataclass(frozen=True, kw_only=True)
        class Thing:
            name: str

        return Thing

    def second() -> type:
        @dataclass(frozen=True, kw_only=True)
        class Thing:
            colour: str = "red"
            name: str

        return Thing

    def third() -> type:
        @dataclass(frozen=True, kw_only=True)
        class Thing:
            name: str
            weight: int

        return Thing

    return first(), second(), third()


def test_a_field_added_with_a_default_takes_it() -> None:
    first, second, _ = _classes()
    assert loads(second, dumps(first(name="x"))) == second(name="x", colour="red")


def test_a_field_that_is_gone_is_left_out() -> None:
    first, second, _ = _classes()
    assert loads(first, dumps(second(name="x", colour="blue"))) == first(name="x")


def test_a_field_added_without_a_default_is_missed_by_name() -> None:
    first, _, third = _classes()
    with pytest.raises(CodecError, match="lacks the field 'weight' of Thing"):
        loads(third, dumps(first(name="x")))


def test_a_type_that_records_do_not_use_is_a_fault() -> None:
    @dataclass(frozen=True)
    class Bad:
        values: dict[str, int]

    with pytest.raises(TypeError, match="records hold no dict"):
        dumps(Bad(values={}))
