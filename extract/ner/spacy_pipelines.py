"""The only builder of the spaCy and scispaCy pipelines, imported when a stage needs one.

Abbreviations come from scispaCy's detector (Schwartz & Hearst 2003) on a blank English pipeline with
scispaCy's tokenizer; a scispaCy NER model is used where one is installed.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extract.ner.models import KNOWN

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

KNOWN_MODELS = tuple(model.name for model in KNOWN)
"""The NER models that scispaCy publishes, in the order in which one that is installed is taken."""


class ModelNotInstalledError(Exception):
    """A spaCy model was named that is not installed; the message says how to install it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEntity:
    """An entity that a model found: code-point offsets into the text, and the model's label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortForm:
    """A short form at its definition, with its long form."""

    start: int
    end: int
    short: str
    long: str


def installed_models() -> tuple[str, ...]:
    """Return the names of the scispaCy NER models that are installed."""
    return tuple(name for name in KNOWN_MODELS if importlib.util.find_spec(name) is not None)


def choose_model(name: str | None) -> str | None:
    """Return the model to use: `name` if it is installed, else an installed one, else None.

    Raises `ModelNotInstalledError` where `name` is given and not installed.
    """
    if name is None:
        return next(iter(installed_models()), None)
    try:
        found = importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        found = False
    if not found:
        raise ModelNotInstalledError(
            f"the NER model {name!r} is not installed; `litcurate models` lists those there are, "
            f"`litcurate models install {name}` installs one of them; or leave --ner-model out"
        )
    return name


def versions(model: str | None) -> dict[str, str]:
    """Return the versions of what the pipeline is built of, for the record of a run."""
    names = ("spacy", "scispacy", *((model,) if model else ()))
    return {name: importlib.metadata.version(name) for name in names}


def short_forms(text: str) -> Iterator[ShortForm]:
    """Yield the abbreviations that a text defines, each at its first definition."""
    if "(" not in text:
        return
    pipeline = _abbreviator()
    with warnings.catch_warnings():
        # The detector warns where a text defines no abbreviation. (spaCy sets filters of its own when imported.)
        warnings.filterwarnings("ignore", message=r"\[W036\]")
        doc = pipeline(text)
    seen: set[tuple[str, str]] = set()
    for short in sorted(doc._.abbreviations, key=lambda span: span.start_char):
        long = short._.long_form
        if (short.text, long.text) in seen or not _shortens(short.text, long.text):
            continue
        seen.add((short.text, long.text))
        yield ShortForm(
            start=short.start_char,
            end=short.end_char,
            short=short.text,
            long=" ".join(long.text.split()),
        )


def _shortens(short: str, long: str) -> bool:
    """Say whether the pair can be an abbreviation: the detector also takes 'months (range, 3-9 months)' for one."""
    return len(short) < len(long) and any(letter.isupper() or letter.isdigit() for letter in short)


def named_entities(texts: Iterable[str], model: str) -> Iterator[tuple[NamedEntity, ...]]:
    """Yield the entities that an installed model finds in each text."""
    doc: Doc
    for doc in _model(model).pipe(texts):
        yield tuple(
            NamedEntity(start=entity.start_char, end=entity.end_char, label=entity.label_) for entity in doc.ents
        )


@cache
def _abbreviator() -> Language:
    import spacy  # costs a second, and only this stage needs it
    from scispacy.abbreviation import AbbreviationDetector  # noqa: F401 - registers the pipe
    from scispacy.custom_tokenizer import combined_rule_tokenizer

    pipeline = spacy.blank("en")
    with warnings.catch_warnings():
        # scispaCy's tokenizer has a pattern that Python's `re` will read otherwise one day.
        warnings.simplefilter("ignore", FutureWarning)
        pipeline.tokenizer = combined_rule_tokenizer(pipeline)
    # The detector reads one block of text, which may be a whole article.
    pipeline.max_length = 50_000_000
    pipeline.add_pipe("abbreviation_detector")
    return pipeline


@cache
def _model(name: str) -> Language:
    import spacy

    return spacy.load(name)
