"""The entries of the reference list -> records of authors, title, source, year, DOI and PMID."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

NUMBER = re.compile(r"[\[(]?(\d{1,3})[\])]?\.?(?=\s|$|[A-Z])")
DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;:)\]}']")
PMID = re.compile(r"\bPMID:?\s*(\d{4,9})", re.IGNORECASE)
PUBMED = re.compile(r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|list_uids=|/pubmed/)(\d{4,9})", re.IGNORECASE)
YEAR = r"(?:1[89]|20)\d{2}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What an entry says; empty where it says nothing."""

    number: int
    first_author: str
    authors: str
    title: str
    source: str
    year: str
    doi: str
    pmid: str


_PARTICLE = (
    r"(?:[Vv][ao]n|[Dd]e[lrn]?|[Dd]ella|[Dd][iau]|[Dd]os|[Ll][ae]|[Tt]e[rn]|[AaEe]l|[Bb]en|[Ss]t\.?|['’]t)"
    r"[\s-]+"
)
_NAME = rf"(?:{_PARTICLE})*[^\W\d_][\w'’`´.-]*"
_GIVEN_FIRST = re.compile(
    rf"(?:[A-ZÀ-Þ][a-z]?\.[\s-]*)+(?P<family>{_NAME}(?:[\s-]+(?!and\b|et\b)[^\W\d_][\w'’-]*)*)"
    r"\s*(?:,|;|\band\b|&|\bet al|\.|$)"
)
_FULL_NAMES = re.compile(
    r"[A-ZÀ-Þ][a-zß-ÿ'’-]+\s+(?:[A-ZÀ-Þ]\.\s*|[A-ZÀ-Þ][a-zß-ÿ'’-]+\s+){0,2}?"
    rf"(?P<family>(?:{_PARTICLE})*[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*)"
    r"(?=,\s+[A-ZÀ-Þ][\w.'’-]+\s+[A-ZÀ-Þ]|,?\s+(?:and|&)\s+[A-ZÀ-Þ][\w.'’-]*\s+[A-ZÀ-Þ]|\.\s+\d{4}\.)"
)
_COMMA = re.compile(rf"(?P<family>{_NAME}(?:[\s-]+{_NAME}){{0,2}}),\s*(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ]{{1,3}}\b|[A-ZÀ-Þ][a-z]+)")
_VANCOUVER = re.compile(
    rf"(?P<family>{_NAME}(?:[\s-]+{_NAME}){{0,3}}?)\s+(?P<initials>[A-ZÀ-Þ]{{1,4}}(?:-[A-Z])?)(?=[,.;:\s]|$)"
)


def first_author_of(text: str) -> str:
    """Return the family name that an entry's text begins with, or the name of a group."""
    text = text.strip(" .,;")
    for form in (_GIVEN_FIRST, _FULL_NAMES, _VANCOUVER, _COMMA):
        found = form.match(text)
        if found and (form is not _VANCOUVER or not found.group("family").isupper() or "," in text[:40]):
            return found.group("family").strip(" .,")
    group = re.split(r"[.,;:(]", text, maxsplit=1)[0].strip()
    return "" if group[:1].isdigit() else group


def begins_with_author(text: str) -> bool:
    """Return whether a text begins as an entry does: with a name and initials, or names that commas part."""
    return any(form.match(text) for form in (_GIVEN_FIRST, _VANCOUVER, _COMMA))


def year_of(text: str) -> str:
    """Return the year of publication that an entry states: in brackets, before a volume, or the last one."""
    bare = re.sub(r"https?://\S+", " ", DOI.sub(" ", text))
    for form in (
        rf"\(({YEAR})[a-z]?\)",
        rf"\b({YEAR})[a-z]?\s*(?:[A-Z][a-z]{{2}}\w*\.?\s*\d{{0,2}}\s*)?;",
        rf"\(({YEAR})[a-z]?[,;\s]",
        rf"[.,]\s({YEAR})[a-z]?[,.:]",
    ):
        found = re.findall(form, bare)
        if found:
            return str(found[-1])
    found = re.findall(rf"(?<![\d–-])\b({YEAR})\b(?![\d–-])", bare)
    return str(found[-1]) if found else ""


def parts_of(text: str, number: int, links: Sequence[str] = ()) -> Parts:
    """Take an entry's text apart; `links` are the addresses of the link annotations over it."""
    body = NUMBER.sub("", text, count=1).strip() if NUMBER.match(text) else text.strip()
    doi = _doi(body, links)
    pmid = PMID.search(body) or next((m for uri in links if (m := PUBMED.search(uri))), None)
    authors, title, source = _parted(body)
    return Parts(
        number=number,
        first_author=first_author_of(body),
        authors=authors,
        title=title,
        source=source,
        year=year_of(body),
        doi=doi,
        pmid=pmid.group(1) if pmid else "",
    )


def _doi(body: str, links: Sequence[str]) -> str:
    """Return the DOI that an entry prints or links; a link tells how one goes on that a line's end cuts short."""
    printed = DOI.search(body)
    linked = [unquote(found.group(0)) for uri in links if (found := DOI.search(uri))]
    if printed is None:
        return linked[0] if linked else ""
    longer = [doi for doi in linked if doi.casefold().startswith(printed.group(0).casefold())]
    return max(longer, key=len, default=printed.group(0))


# What ends a list of authors: initials, 'et al' or a group's name, then a full stop and the first word of a title,
# which is neither an initial nor a name that a comma follows.
_AUTHORS_END = re.compile(
    r"(?:(?<=[A-ZÀ-Þ])|(?<=\bal)|(?<=\)))\.\s+(?=[“\"‘\[]?[^\W_])(?!(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ]{1,3}[,;]|[^\s.,;]+[,;]|and\s|&))"
    r"(?![^\s.,;]+\.\s+\(?(?:1[89]|20)\d\d)"
)
_DATED = re.compile(rf"(?P<authors>.{{3,}}?)[.,]?\s+\(?{YEAR}[a-z]?\)?[.:,]\s+(?P<rest>[A-Z“\"].+)")
_STOP = re.compile(r"(?<=[\w)\]”\"’])[.?!]\s+(?=[A-Z\d“\[(])")
_VOLUME = re.compile(rf"\bvol\.|\d\s*[(:;,]\s*[A-Za-z]?\d|{YEAR}\s*;|^{YEAR}\b|\b{YEAR},\s*\d")


def _parted(body: str) -> tuple[str, str, str]:
    """Part an entry into authors, title and source, by a quoted title or by the full stops between them."""
    quoted = re.match(r"(.*?),?\s*[“\"](.+?)[,.]?[”\"],?\s*(.*)", body)
    if quoted:
        return quoted.group(1), quoted.group(2), quoted.group(3)
    dated = _DATED.match(body)
    if dated and len(dated.group("authors")) < 0.6 * len(body) and not _VOLUME.search(dated.group("authors")):
        return dated.group("authors"), *_title_and_source(dated.group("rest"))
    ends = _AUTHORS_END.search(body) or _STOP.search(body)
    if ends is None:
        return body.rstrip("."), "", ""
    return body[: ends.start()], *_title_and_source(body[ends.end() :])


def _title_and_source(rest: str) -> tuple[str, str]:
    """Part what follows the authors: the source begins with the journal's name before the volume or year."""
    cuts = [0, *(stop.end() for stop in _STOP.finditer(rest)), len(rest)]
    parts = [rest[a:b] for a, b in pairwise(cuts)]
    volume = next((at for at, part in enumerate(parts) if at and _VOLUME.search(part)), None)
    if volume is None:
        return parts[0].strip().rstrip("."), rest[len(parts[0]) :].strip()
    start = volume
    if parts[volume][0].isdigit() and volume > 1:
        start -= 1
    while start > 1 and len(parts[start - 1].split()) <= 2 and len(parts[start - 1]) < 16:
        start -= 1  # the words of an abbreviated name
    return rest[: cuts[start]].strip().rstrip("."), rest[cuts[start] :].strip()
