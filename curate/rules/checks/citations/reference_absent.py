"""Citations of references that the list does not have."""

from __future__ import annotations

from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.sound_references import is_sound
from curate.rules.shared.wording import capitalized, place_name
from extract.citations.in_text import Citing, citings, evidence
from extract.records import Extraction

MOST = 2  # numbers beyond the list; with more of them, the end of the list was not read


@RULES.register("reference-absent")
def reference_absent(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find citations of a number beyond the end of the reference list.

    Looks at every numbered citation, where the list is numbered without holes and all but one entry or a tenth is
    cited. Leaves alone brackets that hold an interval, numbers cited in another form than most citations are
    (a superscript where the paper uses brackets), and papers with more than two numbers beyond the list, whose last
    references were probably not read.

    Example: '[164]' in a paper of 158 references.

    Source: ICMJE Recommendations, section on references.
    """
    document = extraction.document
    cited = citings(document)
    last = max((reference.number for reference in document.references), default=0)
    beyond = {number for citing in cited for number in citing.numbers if number > last}
    in_list = [citing for citing in cited if max(citing.numbers) <= last]
    bracketed = sum(citing.bracketed for citing in in_list) * 2 > len(in_list)
    sound = is_sound(document, cited) and len(beyond) <= MOST
    for citing in cited:
        if not sound:
            yield Outcome.NOT_APPLICABLE
        elif max(citing.numbers) <= last:
            yield Outcome.CONSISTENT
        elif citing.bracketed is not bracketed:
            yield Outcome.NOT_APPLICABLE
        else:
            yield _doubt(extraction, citing, last)


def _doubt(extraction: Extraction, citing: Citing, last: int) -> Doubt:
    number = max(citing.numbers)
    place = evidence(extraction.document, citing)
    where = place_name(extraction.document, place)
    return Doubt(
        severity=Severity.WARNING,
        subject=f"reference {number}",
        message=(f"{capitalized(where)} cites reference {number}, but the reference list ends with {last}."),
        key=(str(number),),
        places=(Place(role="citation", evidence=place),),
    )
