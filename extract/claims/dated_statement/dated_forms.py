"""Words of dated statements: what can happen in a year, who does it, and the forms that say when."""

from __future__ import annotations

import re

YEAR = r"(?:19|20)\d\d"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
WHEN = (
    rf"(?:[Ii]n|[Oo]n|[Ss]ince)\s(?:(?:early|mid|late|the\syear|{_DAY}\s{_MONTH},?|{_MONTH}(?:\s{_DAY})?,?"
    rf"|spring|summer|autumn|fall|winter|of)[\s-])*(?P<year>{YEAR})(?![\d–—/-]|\s?(?:[–—-]|to|and)\s?(?:19|20)?\d\d)"
)
NOTED = frozenset("approved licensed authorized withdrawn discovered described cloned introduced synthesized".split())
"""Events that happen to what has a name, so that one or two words before them can be one that no list has."""

EVENTS = {
    "described": "described|description|discribed",
    "discovered": "discovered|discovery",
    "identified": "identified|identification",
    "reported": "reported|report",
    "cloned": "cloned|cloning",
    "isolated": "isolated|isolation",
    "detected": "detected|detection",
    "recognized": r"recogni[sz]ed|recognition",
    "characterized": r"characteri[sz]ed|characteri[sz]ation",
    "demonstrated": "demonstrated|demonstration",
    "observed": "observed|observation",
    "shown": "shown|showed",
    "found": "found",
    "published": "published|publication",
    "presented": "presented",
    "synthesized": r"synthesi[sz]ed|synthesis",
    "sequenced": "sequenced",
    "proposed": "proposed",
    "developed": "developed|development",
    "introduced": "introduced|introduction",
    "launched": "launched",
    "approved": "approved|approval",
    "licensed": "licensed",
    "authorized": r"authori[sz]ed|authori[sz]ation",
    "withdrawn": "withdrawn|withdrew|withdrawal",
}
"""The events that papers date, each with the words for it."""

_NOUN = re.compile(r"(?:ion|ery|port|ing|ment|val|sis)$", re.IGNORECASE)
_BY_WORD = {
    form.replace("[sz]", letter): event
    for event, forms in EVENTS.items()
    for form in forms.split("|")
    for letter in "sz"
}
VERBS = "|".join(form for forms in EVENTS.values() for form in forms.split("|") if not _NOUN.search(form))
NOUNS = "|".join(form for forms in EVENTS.values() for form in forms.split("|") if _NOUN.search(form))
FIRST = re.compile(r"\b(?:first|initial(?:ly)?|original(?:ly)?|earliest)\b", re.IGNORECASE)
_ADVERBS = r"(?P<adverbs>(?:(?:[a-z]+ly|first|also|then|later|since)\s){0,3})"
_IN_CLAUSE = (
    r"(?:(?!\b(?:which|who|whose|but|while|whereas|after|before|until|where|when|because|diagnosed|enrolled|treated|born"
    r"|between|and\s(?:it|they|was|were|is|are|has|have|then|in|later))\b)(?:[^.;:]|\.(?=[A-Z]\.|\s[a-z\[(,]))){0,160}?"
)
_PHRASE = r"[^,;:()\[\]]"
_ASIDE = r"(?:\s?\([^()]{1,60}\))?"
_CITED = r"(?:\s?\[[\d,\s–-]+\])?"
_AGENT = r"(?:et\sal\.|[^.;:,])"
# A year that opens a clause: 'In 2007,', 'In May 2011,', 'On August 26, 2011,', '; in 2012,'.
_IN_YEAR = (
    rf"(?:(?<![\w,-]\s)(?<!\w)(?:In|On)|(?<=[;:]\s)in|(?<=,\s)and\sin)\s(?:\w+\s(?:\d{{1,2}},\s)?)?(?P<year>{YEAR}),?\s"
)
_PARTICIPLE = re.compile(
    rf"(?P<adverbs>(?:[Ff]irst|[Ii]nitially|[Oo]riginally)\s)(?P<verb>{VERBS})\b(?P<rest>{_IN_CLAUSE})\s?\b{WHEN}{_CITED}"
    rf",\s(?P<subject>{_PHRASE}{{2,60}}?)(?=\s(?:is|was|are|were|has|have|had|[a-z]+s)\s|,\s|\s?\()"
)
_YEAR_PASSIVE = re.compile(
    rf"{_IN_YEAR}(?P<subject>{_PHRASE}{{2,90}}?){_ASIDE}\s(?:was|were)\s{_ADVERBS}(?P<verb>{VERBS})\b(?P<rest>[^.;:]{{0,90}})"
)
_YEAR_ACTIVE = re.compile(
    rf"{_IN_YEAR}(?P<agent>{_AGENT}{{2,60}}?){_CITED}\s{_ADVERBS}(?P<verb>{VERBS})\s(?P<subject>{_PHRASE}{{2,80}}?)"
    rf"(?P<rest>\s(?:for|as|in|to|by|based)\s[^.;:,\[]{{0,80}})?(?=[.;:,\[(]|$)"
)
_GRANTED = re.compile(
    rf"(?P<subject>{_PHRASE}{{2,60}}?){_ASIDE}\s(?:(?:has|have|had)\s)?(?:received|gained|obtained|won|was\sgranted|were\sgranted)"
    rf"\s(?P<agent>{_PHRASE}{{0,60}}?)(?P<verb>approval)(?P<rest>{_IN_CLAUSE})\s?\b{WHEN}"
)
_NOMINAL = re.compile(
    rf"(?P<order>[Ff]irst|[Ii]nitial|[Oo]riginal|[Ee]arliest)?\s?\b(?P<verb>{NOUNS})\sof\s(?P<subject>{_PHRASE}{{2,60}}?)"
    rf"(?:\s(?:was|were)\s[a-z]+)?(?P<rest>\s(?:by|for|in|as)\s{_IN_CLAUSE})?\s{WHEN}"
)
_PASSIVE = re.compile(
    rf"(?P<subject>{_PHRASE}{{2,90}}?){_ASIDE}(?:,\s[^;:.]{{2,100}}?,)?\s(?:was|were|(?:has|have|had)\sbeen)\s"
    rf"{_ADVERBS}(?P<verb>{VERBS})\b(?P<rest>{_IN_CLAUSE})\s?\b{WHEN}(?P<after>[^.;:,\[]{{0,90}})"
)
_ACTIVE = re.compile(
    rf"(?P<agent>[A-Z]{_AGENT}{{1,60}}?){_CITED}\s{_ADVERBS}(?P<verb>{VERBS})\s"
    rf"(?P<subject>(?:the|an?)\s{_PHRASE}{{2,60}}?|{_PHRASE}{{2,40}}?)(?P<rest>\s(?:for|as|in|of)\s{_IN_CLAUSE})?\s{WHEN}"
)
FORMS = (_PARTICIPLE, _YEAR_PASSIVE, _YEAR_ACTIVE, _GRANTED, _NOMINAL, _PASSIVE, _ACTIVE)
"""The forms of dated statements, surest first, with the groups `verb`, `subject`, `year`, and some with others."""

AGENCIES = {
    "FDA": r"(?:US\s|U\.S\.\s|United\sStates\s|American\s)?(?:FDA|Food\sand\sDrug\sAdministration)",
    "EMA": r"EMA|European\sMedicines\sAgency|EMEA",
    "EC": r"European\sCommission",
    "PMDA": r"PMDA|Pharmaceuticals\sand\sMedical\sDevices\sAgency|(?:Japanese\s)?Ministry\sof\sHealth",
    "NMPA": r"NMPA|CFDA|(?:China\s|Chinese\s)?National\sMedical\sProducts\sAdministration",
    "MHRA": r"MHRA",
}
_AGENCY = re.compile("|".join(rf"(?P<{name}>\b(?:{form})\b)" for name, form in AGENCIES.items()))
_AUTHOR = re.compile(
    r"(?P<name>[A-ZÀ-ÖØ-Þ][\w'’-]+)(?:\s[A-Z]{1,3})?(?:\set\sal\b\.?|\sand\s(?:colleagues|co-?workers|associates))"
)


def event_of(word: str) -> str:
    """Return the event that a word names: `described` for 'description'."""
    return _BY_WORD.get(word.casefold(), word.casefold())


def doers(text: str) -> str:
    """Return who a clause says did it: a drug agency by its short name, or a family name; else an empty string."""
    agency = _AGENCY.search(text)
    if agency:
        return agency.lastgroup or ""
    author = _AUTHOR.search(text)
    return author["name"] if author else ""


_SCOPE = re.compile(
    r"\b(?:for|as|in|to\streat)\s(?!(?:the\s)?(?:early|mid|late|year|(?:19|20)\d\d|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b)(?P<words>[^.;:()\[\]]+)"
)


def scope_of(text: str) -> str:
    """Return the words of a clause on what for or in what something happened, in lower case without the article."""
    found = _SCOPE.search(text)
    if found is None:
        return ""
    words = re.split(r"\bby\sthe\b|\bby\s[A-Z]|\b(?:based|following|after|and\swas)\b", found["words"])[0]
    return re.sub(r"^(?:the|an?)\s", "", " ".join(words.casefold().strip(" ,").split()))
