"""The words that tell whether a tumour, a cell or a protein with a variant responds to a drug.

The classes of words follow the descriptions of predictive evidence in CIViC (Griffith et al. 2017, 'clinical
significance: sensitivity/response, resistance') and RECIST 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

RESISTANCE = "resistance"
SENSITIVITY = "sensitivity"


@dataclass(frozen=True, slots=True, kw_only=True)
class CueWord:
    """A word that tells a direction, by its offsets in the clause.

    `outcome` marks what was seen under treatment ('partial response', 'progressed'), as against a property
    ('sensitive to'). `describes` marks an adjective of a disease or a mutation ('treatment-refractory cancer',
    'resistance mutation'), which says nothing of a drug that does not stand at it.
    """

    direction: str
    start: int
    end: int
    outcome: bool
    describes: bool = False
    weak: bool = False


REACH = 120
"""Characters before a cue word in which it is negated, sought or overcome."""

_LESS = (
    r"(?:less|(?:reduc|decreas)(?:ed|es|ing)|(?:diminish|lower|impair|attenuat)(?:ed|es|s)?|loss\s+of|los(?:t|es?|ing)|lack\s+of|lacks?"
    r"|poor(?:er)?|weak(?:er)?|limited|(?:negat|abolish|eliminat|counteract)(?:ed|es|s|ing)(?:\s+the)?)"
)
_FEW = r"(?:[\w-]+\s+){0,2}?"
_SURVIVAL = r"(?:survival|PFS|OS|outcomes?|time\s+to\s+(?:treatment\s+failure|progression)|respon\w+)"
_GROWTH = (
    r"(?:proliferation|growth|viability|tumou?r\s+(?:growth|volume|size|burden)|colony\s+formation|phosphorylation)"
)

# A protein's 'active site' and an 'active smoker' are no activity of a drug.
_NOT_OF_DRUGS = (
    r"(?!\s+(?:sites?|cent(?:er|re)s?|loops?|states?|forms?|conformations?|pockets?|metabolites?|smok\w+)\b)"
)

_RESISTANT = re.compile(
    r"\b(?:(?P<property>(?:cross-?)?resist\w*|refractory|insensitiv\w*|unresponsive|ineffective"
    r"|(?:abrogat|abolish|diminish|impair|negat|weaken|reduc|decreas|limit|blunt|eliminat)(?:ed|es|e|ing|s)?\s+(?:the\s+)?"
    r"(?:anti-?\w+\s+|inhibitory\s+)?(?:effects?|efficacy|action|effectiveness)\s+of(?!\s+(?:the\s+)?mutation)"
    rf"|{_LESS}\s+{_FEW}(?:sensitiv\w*|suscept\w*|respon\w*|efficacy|potency|affinity|active|activity|effective)"
    rf"|(?:high|higher|increased|elevated)\s+{_FEW}IC-?\s?50"
    rf"|(?:(?:increase|shift)\w*|fold)\s+(?:in\s+|of\s+)?(?:the\s+)?{_FEW}IC-?\s?50"
    r"|fold\s+higher\s+concentrations?"
    r"|(?:reduc|decreas|impair|abolish|prevent|disrupt|block|hinder)\w*\s+(?:the\s+)?(?:\w+\s+)?binding(?:\s+of)?"
    r"|respon(?:d|ds|ded|ses?)\s+(?:only\s+|very\s+)?(?:poorly|less)|poorly\s+respon\w+)"
    r"|non[-\s]?respon\w*"
    r"|(?P<under>(?:emerge[ds]?|emerging|acquired|arose|arises?|arising|selected)"
    r"(?=\s+(?:on|under|during|after|following|upon|with)\b))"
    r"|(?:disease\s+|clinically\s+)?progress(?:ed|ion|ing)\s+(?:on|with|after|following|during|under|despite|while)"
    r"|progressive\s+disease"
    rf"|(?:shorter|poorer|worse|inferior|shortened|decreased|reduced)\s+{_FEW}{_SURVIVAL}|relapsed?\s+(?:on|with|after|during|under|despite))\b",
    re.IGNORECASE,
)
_SENSITIVE = re.compile(
    r"\b(?:(?P<property>(?:hyper)?sensitiv\w*|sensitiz\w*|sensitis\w*|suscept\w*|effective\w*|efficacy|potency|potent(?:ly)?"
    rf"|inhibit(?:ed|s)?|growth\s+inhibition|active{_NOT_OF_DRUGS}|activity|(?:low|lower|reduced|decreased)\s+{_FEW}IC-?\s?50"
    rf"|(?:reduc|decreas|suppress|block|abolish|abrogat)(?:es?|ed|s|ing|tion)?\s+(?:the\s+|of\s+)?{_FEW}{_GROWTH}"
    rf"|induc(?:ed|es|tion\s+of)\s+{_FEW}(?:apoptosis|cell\s+death)|(?:cell\s+)?growth\s+arrest"
    r"|approved\s+for(?=[^.;]{0,60}(?:[A-Z]\d{2,4}[A-Z]\b|mutat|mutant)))"
    r"|(?P<survived>(?:result\w*\s+in|led\s+to)\s+(?:an?\s+)?(?:median\s+)?(?:overall\s+survival|PFS)\s+of"
    r"|(?:disease|progression)-?\s?free\s+survival)"
    r"|respon(?:d|ds|ded|ders?|se|ses|sive\w*)(?!\s+(?:data|evaluation|assessment|criteria|elements?))"
    r"|remission|regress\w*|clinical\s+benefit|benefit\w*|(?:tumou?r\s+)?shrinkage|shr(?:ank|unk|inks?)"
    rf"|(?:longer|improved|prolonged|superior|better)\s+{_FEW}{_SURVIVAL})\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:no|not|non|never|without|neither|nor|fail(?:ed|s|ure)?(?:\s+to)?|absence\s+of|did\s+not|does\s+not|cannot)\b"
    r"[^,.;]{0,25}$|\b(?:none|no\s+evidence|unlikely)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_OVERCOMING = re.compile(
    r"\b(?:overc[oa]m\w*|circumvent\w*|revers\w*|abrogat\w*|against|prevent\w*|delay\w*|restor\w*|re-?sensiti\w*|"
    r"target\w*|combat\w*|address\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_NO_DIFFERENCE = re.compile(
    r"\bneither\s+(?:resistan\w+|sensitiv\w+)\s+(?:to\s+\w+\s+)?nor\s+(?:resistan|sensitiv)|\bno\s+(?:[\w-]+\s+){0,2}difference|\b(?:similar|comparable)\s+(?:[\w-]+\s+){0,2}(?:sensitiv|respon|efficac|activit|"
    r"incorporation|inhibition)|\bdid\s+not\s+differ",
    re.IGNORECASE,
)
# What is to be found out is not yet found.
_SOUGHT = re.compile(
    r"\b(?:evaluat\w*|assess\w*|investigat\w*|determin\w*|examin\w*|test(?:ed|s|ing)?|predict\s+whether|stud(?:y|ied|ies)\s+(?:of|on|the))\s+"
    r"(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
# 'affects the response', 'a trial to validate that it is effective': which way is not said. What was usual, a test's
# sensitivity and specificity, and safety and efficacy as things that are measured, are no responses.
_UNDIRECTED = re.compile(
    r"\b(?:affect|influenc|modulat|impact)\w*\s+(?:on\s+)?(?:[\w-]+\s+){0,3}$"
    r"|\bto\s+(?:validate|verify|confirm|test|show|prove)\s+(?:that|whether)\b[^.;]{0,80}$"
    r"|\b(?:measur\w*\s+(?:the\s+)?|at\s+(?:the\s+)?time\s+of\s+(?:the\s+)?)$"
    r"|\b(?:usually|normally|otherwise|typically|originally|formerly)\s+$"
    r"|\b(?:toxicity|safety|tolerability)\s+(?:and|or)\s+$"
    r"|\bfail\w*\s+to\s+(?:establish|show|find|demonstrate|detect|confirm)\s+(?:an?|any)\s+(?:link|association|correlation|relation\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_OF_A_TEST = re.compile(
    r"\s*(?:[=:]\s*\d|of\s+\d|,?\s*(?:and\s+)?specificity|(?:curve|analys|test|assay)\w*\b)",
    re.IGNORECASE,
)
# The activity of an enzyme is none of a drug: 'reduced DPD activity', but 'reduced TKI activity'.
_ENZYME_ACTIVITY = re.compile(
    r"\s(?!TKIs?\s)[A-Z][A-Z0-9]{2,}\s+activity$|\b(?:[Ee]nzym\w*|[Kk]inase|[Cc]ataly\w*)\s+activity$"
)
# '... was not caused by', '... was not tested in': nothing is said of a response.
_DENIED = re.compile(
    r"\b(?:not|never)\s+(?:been\s+)?(?:caused|due|associated|explained|mediated|linked|related|driven|attribut\w+|tested|"
    r"studied|evaluated|examined|known|reported)\b",
    re.IGNORECASE,
)
_WAS_SOUGHT = re.compile(
    r"\s+(?:[\w-]+\s+){0,5}?(?:was|were|is|are|to\s+be)\s+(?:evaluated|assessed|investigated|tested|studied|examined)\b",
    re.IGNORECASE,
)
_OF_ANOTHER_KIND = re.compile(
    r"(?:\b(?:kinase|constitutiv\w*|catalytic|enzym\w*|transcription\w*|signal\w*|dose|immune|stress|ATPase|GTPase|"
    r"phosphatase|basal|telomerase|drug)[\s-]+|\bfor\s+|(?<!(?:shown|found|known)\sto\s)(?<!proved\sto\s)\bbe\s+)$",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"\s+(?:(?!(?:to|in|of|with|for|from|against|by|and|or|was|were|is|are)\b)[\w-]+\s+){0,3}?(?:cancers?|carcinomas?|melanomas?|leuk\w+|lymphomas?|GISTs?|NSCLCs?|CML|AML|disease|tumou?rs?|"
    r"mutations?|mutants?|mechanisms?|mutational)\b",
    re.IGNORECASE,
)
_SENSITIZING = re.compile(r"sensiti[sz]ing\s+(?:mutations?|variants?|alterations?)\b", re.IGNORECASE)
_TALLY = re.compile(
    r"\b(?P<count>\d+)\s*(?:/|of|out\s+of)\s*(?:the\s+)?\d+\b|(?<![\d.])(?P<percent>\d+(?:\.\d+)?)\s*%(?!\s*(?:CI|conf))"
)


# 'Sensitivity to a was lost', 'response to a was not seen': what follows the word turns it round.
_LOST_AFTER = re.compile(
    r"(?:\s+(?!(?:and|but|while|whereas)\b)[\w()/+-]+,?){0,8}?\s+(?:was|were|is|are|has\s+been|have\s+been)\s+(?:\w+ly\s+)?"
    r"(?:lost|abolished|abrogated|absent|reduced|diminished|impaired|decreased|not\s+(?:seen|observed|detected|found|achieved|noted|reported))\b"
)
# 'after progression on a' tells what came before, no property of the variant.
_TREATED_NEXT = re.compile(
    r"\b(?:(?:was|were)\s+(?:then\s+)?treated\s+with|received|responded|switched)\b", re.IGNORECASE
)
_CAME_BEFORE = re.compile(
    r"\b(?:after|following|upon|despite)\s+(?:an?\s+|the\s+|initial\s+|disease\s+)*$", re.IGNORECASE
)


def cue_words(text: str) -> Iterator[CueWord]:
    """Yield the cue words of a clause; what is negated, sought or overcome is turned round or left out."""
    if _DENIED.search(text):
        return
    resistant = list(_RESISTANT.finditer(text))
    for match in resistant:
        before = _before(text, match)
        if _OVERCOMING.search(before) or _NEGATION.search(before) or _sought(text, match):
            continue
        if _ENZYME_ACTIVITY.search(match[0]):
            continue
        if (
            match[0][:8].casefold() == "progress"
            and _CAME_BEFORE.search(before)
            and _TREATED_NEXT.search(text, match.end())
        ):
            continue
        if match["property"] is None and _NO_DIFFERENCE.search(text):
            continue
        describes = bool(match["under"] or _DESCRIBED.match(text, match.end()))
        yield _word(RESISTANCE, match, describes=describes)
    if _NO_DIFFERENCE.search(text):
        return
    taken = {offset for match in resistant for offset in range(*match.span())}
    found = [
        match
        for match in _SENSITIVE.finditer(text)
        if taken.isdisjoint(range(*match.span()))
        and not _sought(text, match)
        and not (_OF_ANOTHER_KIND.search(_before(text, match)) and match[0].casefold()[:6] in _LOOSE)
    ]
    tallied = {_tallied(text, match, found[index + 1 : index + 2]) for index, match in enumerate(found)}
    for index, match in enumerate(found):
        negated = bool(_NEGATION.search(_before(text, match)) or _LOST_AFTER.match(text, match.end()))
        tally = _tallied(text, match, found[index + 1 : index + 2])
        if tally is not None and tallied >= {True, False}:
            continue  # some responses were seen and others not: no one direction
        describes = bool(_SENSITIZING.match(text, match.start()))
        yield _word(RESISTANCE if negated or tally is False else SENSITIVITY, match, describes=describes)


_LOOSE = frozenset({"active", "activi", "respon", "sensit"})  # beginnings of words that often mean something else


def _before(text: str, match: re.Match[str]) -> str:
    """Return what stands before a word, as far back as it can bear on it."""
    return text[max(0, match.start() - REACH) : match.start()]


def _word(direction: str, match: re.Match[str], *, describes: bool = False) -> CueWord:
    return CueWord(
        direction=direction,
        start=match.start(),
        end=match.end(),
        outcome=match["property"] is None,
        describes=describes,
        weak=match.re is _SENSITIVE and match["survived"] is not None,
    )


def _sought(text: str, match: re.Match[str]) -> bool:
    before = _before(text, match)
    return bool(
        _SOUGHT.search(before)
        or _UNDIRECTED.search(before)
        or _WAS_SOUGHT.match(text, match.end())
        or (match[0][:8].casefold() == "sensitiv" and _OF_A_TEST.match(text, match.end()))
    )


def _tallied(text: str, match: re.Match[str], following: list[re.Match[str]]) -> bool | None:
    """Say whether anybody had the outcome, by the count of patients after it; None where none is printed."""
    if match["property"] is not None:
        return None
    end = following[0].start() if following else len(text)
    tally = _TALLY.search(text, match.end(), min(end, match.end() + 80))
    if tally is None:
        return None
    return float(tally["count"] or tally["percent"] or 0) > 0
