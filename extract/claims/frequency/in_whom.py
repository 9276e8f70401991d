"""In whom something is frequent: the words that tell people, tumours and samples apart, in one standard form."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.records import Span
from extract.text.neighbourhood import Context

_TOKEN = re.compile(r"[^\W\d_][\w'’]*|\d[\w.]*")
_KINDS = ("disease", "drug", "gene", "variant", "fusion", "copy number", "trial")
# Words inside the name of a disease that its standard form leaves out.
_STAGE = re.compile(r"\b(?:metastatic|advanced|early|localized|localised|recurrent|stage)\b", re.IGNORECASE)
# Words of a phrase that do not tell whom it speaks of: people, their samples, that they have what is named, grammar.
_UNTELLING = frozenset(
    """
    a about accordingly accounting across actually additionally after all almost also among an and any approximately
    are around as at available be been being both but by can carried case cases consequently currently date despite
    detected diagnosed disease during each either especially estimated even every example experience experienced few
    finally first for found from further furthermore general generally had has have having hence however human
    identified if importantly in including indeed individual individuals interestingly into is it its itself just
    known less majority many more moreover most mostly namely nearly notably now number observed occur occurring of
    often on one only or other our overall participant participants particular patient patients people person
    persons population populations present presenting previously rather receive received receives receiving recently
    reported reportedly respectively review roughly sample samples seen shown similarly since so some specimen
    specimens subject subjects such than that the their them then there therefore these they this those thus to
    total treated treatment tumor tumors tumour tumours two type types typically under up upon usually very was well
    were when where whereas which while who whom whose widely will with within work would yet
    three four five six seven eight nine ten eleven twelve twenty hundred
    """.split()
)
# Words for one idea that differ in more than their ending.
_STEMS = (
    (re.compile(r"^progress\w*$"), "progress"),
    (re.compile(r"^resist\w*$"), "resist"),
    (re.compile(r"^smok\w*$"), "smok"),
    (re.compile(r"^relaps\w*$"), "relaps"),
    (re.compile(r"^asia\w*$"), "asia"),
    (re.compile(r"^europ\w*$"), "europ"),
    (re.compile(r"^(?:caucasian|white)s?$"), "caucasian"),
    (re.compile(r"^(?:wom[ae]n|females?)$"), "female"),
    (re.compile(r"^(?:m[ae]n|males?)$"), "male"),
    (re.compile(r"^(?:metasta\w+)$"), "metasta"),
    (re.compile(r"^(?:mutat\w+|mutants?)$"), "mutat"),
    (re.compile(r"^(?:rearrang\w+|fusions?)$"), "rearrang"),
    (re.compile(r"^positiv\w+$"), "positiv"),
)


def narrowed(context: Context, span: Span) -> str:
    """Return what a phrase says of the people it speaks of: names in standard form, other telling words in lower case.

    The order is that of the text. 'the patients with ALK-positive NSCLC' is 'ALK positive non-small cell lung cancer'.
    """
    text = context.document.text
    names = []
    reached = span.start
    for mention in context.within(span, *_KINDS):
        if mention.span.start >= reached:
            names.append(mention)
            reached = mention.span.end
    found: list[str] = []
    edges = [span.start, *(edge for mention in names for edge in (mention.span.start, mention.span.end)), span.end]
    for index, (start, end) in enumerate(pairwise(edges)):
        if index % 2:
            found.extend(match[0].casefold() for match in _STAGE.finditer(text, start, end))
            found.append(names[index // 2].normalized)
        else:
            words = (match[0].casefold() for match in _TOKEN.finditer(text, start, end))
            found.extend(word for word in words if word not in _UNTELLING and not _is_number_of_people(word))
    return " ".join(dict.fromkeys(found))


def _is_number_of_people(word: str) -> bool:
    """Say whether a figure is too large for a grade, a stage or a line of treatment."""
    return word.isdigit() and int(word) >= 10


def telling(phrase: str) -> frozenset[str]:
    """Return the stems of the words of a narrowed phrase, which are the same where the same people are meant."""
    return frozenset(_stem(word) for word in re.split(r"[\s;]+", phrase.casefold()) if word)


def _stem(word: str) -> str:
    for form, stem in _STEMS:
        if form.fullmatch(word):
            return stem
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "is", "us")) else word
