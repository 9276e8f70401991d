"""What a value of a report is of: a standard endpoint, or the outcome in the words of the sentence.

Endpoints of oncology have their names (`claims.shared.endpoints`); most other outcomes of a trial ('incidence of
postoperative nausea', 'mean change in bone mineral density') have none: they are given as the sentence prints them.
"""

from __future__ import annotations

import re

from extract.claims.shared.endpoints import DURATION, PROPORTION, EndpointHit

LONGEST = 110

_COPULA = re.compile(
    r"\s+(?:(?:was|were|is|are|had\s+been|has\s+been|have\s+been|did|does|do|reached|averaged|remained|amounted\s+to|became"
    r"|(?:significantly\s+)?(?:increased|decreased|improved|differed|declined|rose|fell|dropped|changed|favou?red|occurred|developed|ranged))\b"
    r"|(?:of|at)\s*$|[=:]\s*$)",
    re.IGNORECASE,
)
_DO = re.compile(
    r"\s+(?:revealed|indicated|found|observed|noted|had|have|has|having|reported|reporting|showed|shown|experienced|experiencing|achieved|achieving|developed|received|receiving|led\s+to|resulted\s+in"
    r"|produced|gave|yielded|provided|demonstrated|underwent|completed|required|suffered|attained|obtained|reduced|improved|increased|decreased|prevented|lowered|raised|prolonged)\b",
    re.IGNORECASE,
)
_BE = re.compile(
    r"\s+(?:was|were|is|are|remained|occurred|did|differed|tended|seemed|appeared|increased|decreased|improved|rose|fell)\b",
    re.IGNORECASE,
)
_ADVERBIAL = re.compile(
    r"^\s*(?:in|at|after|for|among|by|during|on|with|within|from|of|over|when|compared|regarding|concerning)\b[^,]*,\s*",
    re.IGNORECASE,
)
# 'the most common adverse events were neutropenia (20%), ...': what is listed is the outcome, not the list's head.
_LISTS = re.compile(
    r"\b(?:most\s+(?:common|frequent)|(?:adverse|toxic)\s+(?:events?|effects?|reactions?)|toxicit(?:y|ies)|side"
    r"[- ]effects|AEs?)\b"
    r"(?!.*\b(?:rate|incidence|proportion|frequency|number)\b)",
    re.IGNORECASE | re.DOTALL,
)
_DIFFERENCE = re.compile(
    r"^(?:(?:no|a|an|any|the|detectable|statistically|significant(?:ly)?|major|clear|clinically|meaningful|marked|substantial|relevant|greater|lower|higher|overall)\s+)*"
    r"(?:differences?|reductions?|increases?|decreases?|improvements?|decline|change(?=s?\s+in\s+the\s+(?:rate|incidence)))s?\s+(?:was\s+|were\s+)?(?:observed\s+|seen\s+|found\s+)?(?:in|for|of)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(
    r"^(?:definitions?|arms?|groups?|most|least|vaccinated|similar|comparable|all|the|both|common|more|fewer|less|those|these|they|it|we|who|which|that|group|period|criteria|criterion"
    r"|comparison|analysis|analyses|assessment|baseline|years?|months?|weeks?|days?|up|respectively|overall|total|first|second|third|efficacy|treatment|study|trial|data|follow|time|only|just|sample|subjects?)$",
    re.IGNORECASE,
)
# What is no outcome: a number, a pronoun or people alone, what was planned, the head of a list.
_NO_OUTCOME = re.compile(
    r"[%±]|\d\.\d|^\d+(?:\s|$)(?!-)|\bthose\s+rates\b|\bpatients\s+treated$|\bhazard\s+ratio\b|\bP\s?[<>]|^(?:mean|median)$"
    r"|^(?:this|that|there|these|those|it|they|we|our|both|which|who|participants?|patients?|women|men|subjects|majority|total|main"
    r"|remaining|rest|most|primary\s+end\s?points?|secondary\s+end\s?points?|follow-?up|according)\b(?!\s+(?:of\s+(?:events|deaths)|with\b))"
    r"|\bmore\s+(?:women|patients|men)\b|\bto\s+an\b|^(?:CTC\s+)?grades?\s+[\d/ -]+$|^stage\s+\w+$|\bexisted\b"
    r"|^(?:neo)?adjuvant$|^(?:prospective|retrospective)\b",
    re.IGNORECASE,
)
_INNER_VERB = re.compile(
    r"\b(?:had|has|was|were|is|are|did|showed|reported|we|they|than|whereas|which)\b", re.IGNORECASE
)
_OCCURRED = re.compile(
    r"\s+(?:(?:was|were|has\s+been|have\s+been|had\s+been)\s+(?:\w+ly\s+)?)?(?:observed|seen|reported|noted|found|recorded|detected|achieved|obtained|documented|experienced"
    r"|developed|occurred|present|identified|diagnosed|required|needed|completed|performed)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_PEOPLE = (
    r"(?:patients?|women|men|participants?|subjects?|cases?|individuals?|survivors?|girls|boys|people|adults|children|responders?|tumou?rs?|of\s+those"
    r"|those|evaluable|pts)"
)
# 'x % of the patients in the A group had nausea': what follows is the outcome.
_OF_PEOPLE = re.compile(
    rf"\s*(?:\([^()]*\)\s*)?(?:of\s+)?(?:(?:the|all|these|those|our|evaluable|assessable|treated|randomi[sz]ed|\d+)\s+){{0,3}}(?:[\w-]+\s+){{0,2}}?{_PEOPLE}\b(?P<rest>[^.;]*)",
    re.IGNORECASE,
)
_DID = re.compile(
    r"\b(?P<did>(?:had|have|has|experienced|achieved|developed|reported|showed|received|required|completed|underwent|discontinued|survived|remained|were"
    r"|was|responded|relapsed|died|progressed|recurred|attained|demonstrated|exhibited|suffered|lost|gained|needed|preferred|withdrew|stopped|continued"
    r"|maintained|displayed|presented|with|without|who|alive|free|achieving|having|experiencing|developing|reporting|requiring|showing)\b[^,;()]*)",
    re.IGNORECASE,
)
_COMPARATIVE = re.compile(
    r"\s+(?:compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|versus|vs\.?|than|as\s+opposed\s+to|relative\s+to|between|among)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_LEAD = re.compile(
    r"^(?:[\s,;:.)\]–—-]|\b(?:and|but|while|whereas|however|although|the|a|an|there\s+(?:was|were)|no|not|also|similarly|likewise|respective(?:ly)?|with|of|in|for"
    r"|significant(?:ly)?|statistically|overall,|additionally|moreover|furthermore|in\s+addition|finally|conversely|both|any|observed|corresponding|respectively"
    r"|(?:a\s+)?(?:higher|lower|greater|better|longer|shorter|fewer|more|less|worse|reduced|increased|decreased|improved)(?=\s+[a-z])|as\s+well\s+as|that|also|had|showed|results?\s+showed"
    r"|however,?|interestingly,?|notably,?|importantly,?|thus,?|therefore,?|at\s+(?:baseline|\d+\s+(?:months?|weeks?|years?|days?)),?)\s+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,.;:(\[=–—-]|\b(?:was|were|is|are|of|at|the|a|an|and|or|by|to|in|with|for|from|only|about|approximately|nearly|had|did|not|significantly|respectively|also|both|"
    r"reached|than|higher|lower|greater|longer|shorter|better|similar|comparable|different|worse|more|less|fewer|frequent(?:ly)?|common(?:ly)?|often|improved|reduced|increased|decreased|superior|inferior|vs|versus|be|been|that|which|as|on|among|between|occurred|observed|seen|reported|noted|found|estimated|compared)\b)+$",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[A-Za-z]{3}")
_ONLY_STATS = re.compile(
    r"^(?:p|ci|hr|or|rr|sd|se|iqr|range|difference|n|mean|median|rates?|values?|results?|score|patients?|women|incidence|proportion|percentage|versus|vs|outcomes?|\W|\d)*$",
    re.IGNORECASE,
)


_LED = re.compile(r"\b(?:led\s+to|resulted\s+in)\b", re.IGNORECASE)


def subject(before: str) -> str:
    """Return the outcome that the words of a clause before its value name, empty where they name none."""
    clause = _ADVERBIAL.sub("", before)
    occurred = _OCCURRED.search(clause)
    if occurred:
        clause = clause[: occurred.start()]
    else:
        copula = _COPULA.search(clause)
        led = None if copula else _last(_LED, clause)
        if copula:
            clause = clause[: copula.start()]
        elif led is not None:
            clause = clause[led.end() :]
    return clean(_COMPARATIVE.sub("", clause))


def before_brackets(before: str, *, levels: bool) -> str:
    """Return the outcome of values in brackets: the subject of 'was', else what stands after the last verb.

    `levels` says that the values are those of two arms, so that 'a difference in X (a vs b)' is of X.
    """
    said = _ADVERBIAL.sub("", before)
    last_be, last_do = _last(_BE, said), _last(_DO, said)
    if last_be is not None and _LISTS.search(said[: last_be.start()]):
        return clean(said[last_be.end() :])
    first_be = _BE.search(said)
    acts_later = last_do is not None and last_be is not None and last_do.start() > last_be.start()
    if first_be is not None and not acts_later and not said.lower().lstrip().startswith("there "):
        return clean(_COMPARATIVE.sub("", said[: first_be.start()]))
    last = max((verb.end() for verb in (last_be, last_do) if verb is not None), default=0)
    phrase = clean(_COMPARATIVE.sub("", said[last:]))
    if levels:
        phrase = _DIFFERENCE.sub("", phrase)
    return phrase


def _last(verb: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in verb.finditer(text):
        found = match
    return found


_NEXT_SHARE = re.compile(r"\s+and\s+(?=\d)")
# '33% had a partial response and 2% a complete response'
_DIRECT = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:had\s+|achieved\s+|with\s+)?an?\s+"
    r"(?P<what>(?:confirmed\s+)?(?:complete|partial|objective|pathological\s+complete)\s+(?:response|remission)s?)\b",
    re.IGNORECASE,
)


def predicate(after: str) -> str:
    """Return what so many of the people are said to have had or done: 'had nausea'; empty where they are not told."""
    direct = _DIRECT.match(after)
    if direct:
        return direct["what"]
    people = _OF_PEOPLE.match(after)
    did = _DID.search(people["rest"]) if people else _DID.match(after.lstrip())
    if did is None:
        return ""
    said = _NEXT_SHARE.split(did["did"])[0]
    return clean(_COMPARATIVE.sub("", said), keep_verb=True)


def clean(phrase: str, *, keep_verb: bool = False) -> str:
    """Return an outcome in one line without articles and what compares; empty where nothing tells it."""
    # What closes a bracket that was opened before belongs to the value before.
    phrase = re.sub(r"^[^()]*\)", " ", phrase)
    text = _SPACES.sub(" ", re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", phrase)).strip()
    if not keep_verb:
        text = _LEAD.sub("", f"{text} ").strip()
    text = _TAIL.sub("", text).strip()
    if not keep_verb and _INNER_VERB.search(text):
        text = _TAIL.sub("", _LEAD.sub("", _INNER_VERB.split(text)[-1] + " ").strip()).strip()
    _, comma, last = text.rpartition(", ")
    if comma and not keep_verb:
        text = _TAIL.sub("", _LEAD.sub("", f"{last} ").strip()).strip() if len(last) > 7 else ""
    if _FRAGMENT.match(text) or _NO_OUTCOME.search(text) or text.count("(") != text.count(")"):
        return ""
    if len(text) > LONGEST or len(text) < 3 or not _WORD.search(text) or _ONLY_STATS.match(text):
        return ""
    return text


def dimension_fits(dimension: str, unit: str, *, has_status: bool) -> bool:
    """Say whether a value of a unit can be one of an endpoint of a dimension."""
    if dimension == PROPORTION:
        return unit == "%"
    return dimension == DURATION and (unit in ("months", "weeks", "years", "days", "hours") or has_status)


_STANDARD = (
    (re.compile(r"\b(?:partial\s+(?:response|remission)s?|PRs?)\b"), "PRR"),
    (re.compile(r"\b(?:pathological|pathologic)\s+complete\s+response", re.IGNORECASE), "pCR"),
    (re.compile(r"\b(?:complete\s+(?:response|remission)s?|CRs?)\b"), "CRR"),
    (re.compile(r"\bstable\s+disease\b", re.IGNORECASE), "SD rate"),
    (
        re.compile(
            r"^(?:led\s+to\s+|resulted\s+in\s+|produced\s+|induced\s+|gave\s+|had\s+|achieved\s+|experienced\s+|showed\s+|attained\s+)?(?:an?\s+)?(?:confirmed\s+)?(?:objective\s+|overall\s+)?(?:tumou?r\s+)?"
            r"(?:response(?!\s+(?:of|duration))s?|responded)\b(?:\s+to\b.*)?$",
            re.IGNORECASE,
        ),
        "ORR",
    ),
)


def standard(phrase: str) -> EndpointHit | None:
    """Return the endpoint that an outcome in the words of a sentence is: 'had a confirmed response' is the ORR."""
    for pattern, name in _STANDARD:
        if pattern.search(phrase):
            return EndpointHit(start=0, end=0, name=name, long_name=phrase, dimension=PROPORTION)
    return None
