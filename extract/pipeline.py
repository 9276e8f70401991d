"""The order of the stages: read, capture, ground, claim.

`extract` knows no database and keeps nothing between calls: the same file gives the same `Extraction`
in any process, so that any engine can map it over any number of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.claims import CLAIM_KINDS, Reading, Statement
from extract.claims.merge import form
from extract.claims.sources import Cited
from extract.content_id import paper_identity
from extract.document import document_of_text, read_document
from extract.errors import DocumentError
from extract.limits import OutOfTimeError, within
from extract.mentions.capture import abbreviations, capture
from extract.mentions.grounding import ground
from extract.ner import spacy_pipelines
from extract.parts import Parts
from extract.records import Claim, Document, Extraction
from extract.text.locator import Locator
from extract.text.neighbourhood import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can set of an extraction.

    `ner_model` names an installed scispaCy model. `page_seconds` limits the reading of a page (it becomes a gap),
    `document_seconds` all that is done with a document (it fails); 0 sets no limit.
    """

    ner_model: str | None = None
    page_seconds: float = 60.0
    document_seconds: float = 600.0


def extract(path: Path, settings: Settings | None = None) -> Extraction:
    """Return all that is read from a PDF.

    Raises `DocumentError` where the file cannot be read, or not within the limits of time and memory,
    `ModelNotInstalledError` where the settings name a model that is not installed.
    """
    settings = settings or Settings()
    model = spacy_pipelines.choose_model(settings.ner_model)
    try:
        with within(settings.document_seconds):
            document, gaps = read_document(path, page_seconds=settings.page_seconds)
            return extract_document(document, gaps, model=model)
    except OutOfTimeError as error:
        raise DocumentError(f"{path}: {error}; give it more with --document-seconds") from error
    except MemoryError as error:
        raise DocumentError(
            f"{path}: takes more memory than is allowed; give it more with --document-megabytes"
        ) from error


def extract_text(text: str, settings: Settings | None = None, *, claims: bool = True) -> Extraction:
    """Return all that is read from plain text; offsets are those of the text itself.

    Without `claims` no claims are formed, which takes as long as a third of the capture.
    """
    model = spacy_pipelines.choose_model(settings.ner_model) if settings and settings.ner_model else None
    return extract_document(document_of_text(text), model=model, short_forms=False, claims=claims)


def extract_document(
    document: Document,
    gaps: tuple[str, ...] = (),
    *,
    model: str | None = None,
    short_forms: bool = True,
    claims: bool = True,
) -> Extraction:
    """Return what every stage after the reading finds in a document; `model` names an installed NER model.

    `short_forms` says whether scispaCy's detector looks for abbreviations, `claims` whether claims are formed.
    """
    parts = Parts()
    locator = Locator(document)
    short = parts.attempt("the abbreviations", lambda: abbreviations(document), lambda: ()) if short_forms else ()
    given = short if short_forms else None
    captured = capture(document, locator, model=model, short_forms=given, parts=parts)
    mentions = parts.attempt("the genes of the variants", lambda: ground(document, captured), lambda: captured)
    formed: list[Claim] = []
    if claims:
        reading = Reading(document=document, mentions=mentions, abbreviations=short)
        cited = parts.attempt(
            "what the claims cite", lambda: Cited(Context(document, mentions)).by, lambda: _as_they_are
        )
        paper = paper_identity(document.doi, document.id)
        for name, kind in CLAIM_KINDS.items():
            formed += parts.attempt(
                f"claims of the kind {name}",
                lambda: list(form(paper, name, cited(kind.find(reading)))),  # noqa: B023
                list,
            )
    return Extraction(
        document=document, mentions=mentions, claims=tuple(formed), abbreviations=short, gaps=(*gaps, *parts.gaps)
    )


def _as_they_are(statements: Iterable[Statement]) -> Iterator[Statement]:
    return iter(statements)
