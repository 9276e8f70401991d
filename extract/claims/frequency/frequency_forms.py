"""The forms of sentences that say how often something is found in whom.

They are matched on a sentence in which marks stand for what was recognised: ALTERATION, QUANTITY and DISEASE, each as
long as what it stands for, so that offsets stay those of the text.
"""

from __future__ import annotations

import re

ALTERATION, QUANTITY, DISEASE = "\ue000", "\ue001", "\ue002"
# A whole run of a mark, never a part of one.
_A, _Q, _S = (rf"(?<!{mark}){mark}++" for mark in (ALTERATION, QUANTITY, DISEASE))

# Verbs that continue the sentence after a phrase on people.
_VERB = (
    r"(?:activat|associat|caus|confer|contribut|correlat|defin|driv|enhanc|help|increas|indicat|lead|occur|play|portend|predict"
    r"|promot|provid|reduc|remain|represent|requir|result|serv|suggest|tend|account|compris)(?:es|s|e|ed)?|led|drove|arises?|is|are|was"
    r"|were|thus|therefore|often|usually"
)
# Where a phrase on people ends: at a verb, a contrast, the next figure.
_STOP = (
    r"(?:(?:was|were|is|are|has|had|have|harbou?r\w*|carr(?:y|ies|ied|ying)|but|whereas|while|although|compared|versus|vs|as"
    r"|which|resulting|suggesting|making|express|may|might|can|could|will|would|did|does|do|respond(?:ed|s)?|achieved?|presents?|presented|remained?|led|leads?|occur(?:s|red)?|resulted|thus)\b"
    rf"|(?:and|or)\s+(?:in\s+)?[^,;.{QUANTITY}]{{0,25}}{QUANTITY}|and\s+(?:{_VERB})\b)"
)
PEOPLE = re.compile(
    rf"(?:(?<=\bwho )(?:was|were|is|are|has|had|have)\b|(?<=\bthat )(?:was|were|is|are|has|had|have)\b"
    rf"|(?!(?<![\w-]){_STOP})[^,;:.()\[\]{QUANTITY}])+",
    re.IGNORECASE,
)
_ADVERB = r"(?:(?:[a-z]+ly|also|only|often|most|more|first|then|usually|less|even|still|not\s+un\w+ly)\s+){0,3}"
_BE = r"(?:(?:(?:has|have|had)\s+(?:also\s+)?been|is|are|was|were|can\s+be|may\s+be|could\s+be|being)\s+)?"
_SAID = (
    r"(?:(?:estimated|reported|known|found|thought|believed|shown|described)\s+(?:to\s+)?)?(?:be\s+|have\s+been\s+)?"
)
_SEEN = (
    r"(?:found|seen|detected|observed|identified|present|reported|noted|documented|discovered|described|encountered|recorded"
    r"|common|frequent|prevalent|rare|infrequent|uncommon|acquired|occurs?|occurred|occurring|arises?|arose|develop(?:s|ed)?"
    r"|emerges?|emerged|exists?|existed|appear(?:s|ed)?|expressed|over-?\s?expressed|mutated|altered|rearranged|translocated|amplified|lost|inactivated|silenced"
    r"|deleted|(?:hyper)?methylated)"
)
_MAKE_UP = (
    r"(?:(?:accounts?|accounted|accounting)\s+for|compris(?:es?|ed|ing)|represent(?:s|ed|ing)?|constitut(?:es?|ed|ing)"
    r"|makes?\s+up|made\s+up|affect(?:s|ed|ing)?)"
)
_ABOUT = (
    r"(?P<about>(?:(?:in|only|just|some|as\s+(?:many|much|few|little)\s+as|an?\s+estimated|estimated|a\s+total\s+of|up\s+to|at"
    r"\s+least|around|roughly|about|approximately|nearly|almost|between|from|another|a\s+further|over|more\s+than|less\s+than"
    r"|fewer\s+than|below|under|above|to|at|the|remaining|range\s+of)\s+){0,4})"
)
_TAIL = (
    rf"(?:[\s-]+(?:positive\s+|mutant\s+|rearranged\s+)?(?:{_S}|tumou?rs?|diseases?|cancers?|cases|patients|carcinomas?|genes?"
    r"|transcripts?|proteins?|carriers?))?(?:\s*\([^()]*\))?"
)
# What may stand between the subject and its verb: a relative clause, a first predicate ('were found in 2007 and').
_GAP = rf"(?:\s*,?\s*(?:which|that)|[^;:.{ALTERATION}{QUANTITY}]{{0,70}}?(?:,|\sand|\sand\sthey|\swhich|\sthat))?"
_SUBJECT = rf"(?P<subject>{_A}|(?<![\w-]){_S})"

OCCURS = re.compile(
    rf"{_SUBJECT}{_TAIL}{_GAP}\s*,?\s+{_ADVERB}{_BE}{_ADVERB}{_SAID}{_BE}{_ADVERB}"
    rf"(?:{_SEEN}\s+(?:in|among|within|at|with)|{_MAKE_UP})\s+{_ABOUT}(?P<quantity>{_Q})",
    re.IGNORECASE,
)
# 'We found X in 12% of Y'.
IN = re.compile(
    rf"{_SUBJECT}{_TAIL}\s+(?:in|among|within)\s+{_ABOUT}(?P<quantity>{_Q})(?=\s+(?:of|with|who|and)\s|\s*[,;.)]|$)",
    re.IGNORECASE,
)
OCCURS_IN = re.compile(
    rf"{_SUBJECT}{_TAIL}{_GAP}\s*,?\s+{_ADVERB}{_BE}{_ADVERB}{_SAID}{_BE}{_ADVERB}"
    rf"{_SEEN}\s+(?:in|among|within)\s+(?P<people>[^,;:.(){QUANTITY}{ALTERATION}]{{3,90}}?)\s*\(\s*{_ABOUT}(?P<quantity>{_Q})\s*[);,]",
    re.IGNORECASE,
)
_HAS = (
    r"(?:harbou?r(?:s|ed|ing)?|have|has|had|carr(?:y|ies|ied|ying)|contain(?:s|ed|ing)?|possess(?:es|ed)?|bear|bore|bearing"
    r"|exhibit(?:s|ed)?|show(?:s|ed)?|develop(?:s|ed)?|acquire[sd]?|display(?:s|ed)?|test(?:s|ed)?\s+positive\s+for|ha[ds]?ve\s+been"
    r"\s+found\s+to\s+(?:have|harbou?r|carry)|(?:is|are|was|were)(?:\s+(?:found\s+to\s+(?:have|harbou?r|carry)|associated\s+with"
    r"|driven\s+by|caused\s+by|characteri[sz]ed\s+by|due\s+to|attributed\s+to|mediated\s+by|positive\s+for))?)"
)
_ONE = (
    r"(?:(?:an?|the|at\s+least|one|of|more|or|both|either|detectable|such|underlying|known|certain|various|single)\s+)"
    "{0,4}"
)
HARBOURS = re.compile(
    rf"{_ABOUT}(?P<quantity>{_Q})(?P<people>[^,;:.(){QUANTITY}{ALTERATION}]{{0,120}}?)\s*,?\s+{_ADVERB}(?P<has>{_HAS})\s+{_ADVERB}{_ONE}"
    rf"(?P<subject>{_A})",
    re.IGNORECASE,
)
_RATE = (
    r"(?:frequenc(?:y|ies)|prevalences?|incidences?|rates?|proportions?|percentages?|occurrences?|detection\s+rates?)"
)
_RATE_IS = (
    r"(?:(?:is|was|were|are|has\s+been|have\s+been)(?:\s+(?:estimated|reported|found|shown|determined|calculated))?"
    r"(?:\s+(?:to\s+be|as|at|from|between|in))?|ranges?|ranged|ranging|var(?:y|ies|ied)|reached|reaches|of|at|:|,|=)"
)
RATE = re.compile(
    rf"(?:{_RATE}\s+of\s+(?:the\s+)?(?P<subject>{_A}){_TAIL}|(?P<subject2>{_A}){_TAIL}\s+{_RATE})"
    rf"(?:\s+(?:in|among|of|for|within)\s+(?P<people>[^;:.(){QUANTITY}{ALTERATION}]{{3,90}}?))?\s*{_RATE_IS}\s+{_ADVERB}{_ABOUT}(?P<quantity>{_Q})",
    re.IGNORECASE,
)
BRACKETED = re.compile(
    rf"(?P<subject>{_A}){_TAIL}\s*\(\s*(?:(?:found|seen|detected|present)\s+)?(?:in\s+)?{_ABOUT}(?P<quantity>{_Q})"
    rf"(?P<people>\s+of\s+[^,;:.(){QUANTITY}]{{3,60}})?\s*\)",
    re.IGNORECASE,
)
FOUND = re.compile(
    r"\b(?:found|detected|identified|observed|frequent(?:ly)?|common(?:ly)?|prevalent|harbou?r\w*|carr(?:y|ied|ies)|occur\w*)\b",
    re.IGNORECASE,
)
# A second figure of the same thing: ', 29% of alectinib, and 43% of brigatinib'.
NEXT = re.compile(
    rf"\s*(?:,\s*(?:and|or|but)?|;|\s(?:and|or|but|to))\s*{_ADVERB}{_ABOUT}(?P<quantity>{_Q})(?=\s+(?:of|in|among)\s)",
    re.IGNORECASE,
)
OF = re.compile(r"\s+(?:of|in|among)\s+(?:all\s+|the\s+)?", re.IGNORECASE)
OPENING = re.compile(r"^(?:in|among|of|within|for|at|across|to|on)\s+[^,]+(?=,)", re.IGNORECASE)
# 'The most common mechanism is X, which ...': what comes before X tells what X is, not in whom it is found.
DEFINES = re.compile(
    r"^(?!in\b|among\b).*\b(?:is|are|was|were|includes?|including|namely|being|such\s+as)"
    rf"\s+(?:an?\s+|the\s+)?(?:[{ALTERATION}{QUANTITY}\s(),]|\band\b)*$",
    re.IGNORECASE,
)
# Shares of something else than people: of reads, of a signal, of what was inhibited.
NO_PEOPLE = re.compile(
    r"\b(?:allel\w*|VAFs?|MAFs?|reads|wells?|homolog\w*|identit\w*|inhibition|sensitivity|specificity|concordance|agreement"
    r"|accuracy|viab\w*|confidence|response|responders?|ORR|DCR|PFS|survival|reduction|increase|dose|variance)\b",
    re.IGNORECASE,
)
TOTAL_IN = re.compile(
    r"\bof\s+(?:the\s+|all\s+|a\s+total\s+of\s+)?[\d,]+\s+(?P<people>[A-Za-z-]+(?:\s+[A-Za-z-]+)*)\s*[(\[;,]"
)
SIGNS = (
    (re.compile(r"\b(?:up\s+to|as\s+(?:many|much)\s+as)\b", re.IGNORECASE), "≤"),
    (re.compile(r"\b(?:less\s+than|fewer\s+than|below|under)\b", re.IGNORECASE), "<"),
    (re.compile(r"\b(?:more\s+than|over|above)\b", re.IGNORECASE), ">"),
    (re.compile(r"\bat\s+least\b", re.IGNORECASE), "≥"),
    (re.compile(r"\b(?:about|around|roughly|approximately|nearly|almost|some|estimated)\b", re.IGNORECASE), "~"),
)
