from dataclasses import dataclass

from extract.claims import Statement, describing
from extract.claims.merge import claim_id, form
from extract.records import Arguments, Evidence, Span

PAPER = "doi:10.1000/abc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made(Arguments):
    """A kind of claim as an earlier release had it."""

    trial: str
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLater(Arguments):
    """The same kind with an argument more."""

    trial: str
    value: float | None = None
    phase: str = describing()


def said(phase: str, *, at: int, value: float = 53.0) -> Statement:
    evidence = Evidence(
        quote="53%", prefix="", suffix="", span=Span(start=at, end=at + 3), boxes=(), extractor="made", cell=None
    )
    return Statement(arguments=MadeLater(trial="ALTA", value=value, phase=phase), evidence=evidence)


def test_an_argument_that_describes_leaves_the_id_as_it_was() -> None:
    before = claim_id(PAPER, "made", Made(trial="ALTA", value=53.0))
    assert claim_id(PAPER, "made", MadeLater(trial="ALTA", value=53.0)) == before
    assert claim_id(PAPER, "made", MadeLater(trial="ALTA", value=53.0, phase="2")) == before


def test_what_one_place_describes_belongs_to_the_claim_of_all() -> None:
    (claim,) = form(PAPER, "made", [said("", at=0), said("2", at=10), said("", at=20)])
    assert claim.arguments == MadeLater(trial="ALTA", value=53.0, phase="2")
    assert [one.span.start for one in claim.evidence] == [0, 10, 20]
    assert claim.id == claim_id(PAPER, "made", Made(trial="ALTA", value=53.0))


def test_places_that_describe_it_differently_are_claims_of_their_own() -> None:
    claims = list(form(PAPER, "made", [said("1", at=0), said("2", at=10), said("", at=20), said("2", at=30)]))
    assert [(claim.arguments, len(claim.evidence)) for claim in claims] == [
        (MadeLater(trial="ALTA", value=53.0, phase="1"), 1),
        (MadeLater(trial="ALTA", value=53.0, phase="2"), 2),
        (MadeLater(trial="ALTA", value=53.0, phase=""), 1),
    ]
    assert len({claim.id for claim in claims}) == 3


def test_claims_stand_in_the_order_of_their_first_place() -> None:
    claims = form(PAPER, "made", [said("", at=0, value=1.0), said("", at=5, value=2.0), said("", at=9, value=1.0)])
    assert [[one.span.start for one in claim.evidence] for claim in claims] == [[0, 9], [5]]
