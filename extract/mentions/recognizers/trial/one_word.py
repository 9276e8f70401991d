"""Names that no word calls a trial, where the sentence tells what the trial did or gave: 'In FLAURA, ...'."""

from __future__ import annotations

import re
from collections.abc import Sequence

# 'CROWN met its primary end point', 'ALEX randomised 303 patients'; 'ELISA showed' would say nothing.
_DID = re.compile(
    r"(?:\s?[(\[][^()\[\]]{1,40}[)\]])?\s(?:also\s|then\s|later\s|recently\s)?"
    r"(?:met\s(?:its|the|their|both)\s|did\snot\smeet\sits\s|failed\sto\smeet\sits\s|missed\sits\s"
    r"|randomi[sz]ed\s(?:\d|patients|women|men)|enrolled\s(?:\d|patients|women|men|treatment)|included\s\d+\spatients|recruited\s\d|accrued\s\d"
    r"|(?:is|was)\san?\s(?:[\w-]+,?\s){0,6}(?:trial|study)\b|compared\s[\w-]+\s(?:[\w-]+\s){0,4}(?:with|versus|vs\.?|to|and)\s|(?:showed|demonstrated|reported)\s(?:an?\s|that\s)?(?:[\w-]+\s){0,5}"
    r"(?:PFS|OS|DFS|ORR|EFS|survival|benefit|response|improvement|superiority|non-?inferiority|hazard))"
)
_RESULTS_OF = re.compile(
    r"\b(?:[Rr]esults|[Ff]indings|[Ff]inal\sanalys[ie]s|[Ii]nterim\sanalys[ie]s|[Uu]pdated?\s(?:analysis|results|data)|[Uu]pdate|[Ff]ollow-up)\s(?:of|from|in)\s(?:the\s)?$"
)
_RESULTS_GO_ON = re.compile(
    r"(?:\s?[(\[][^()\[\]]{1,40}[)\]])?(?:[.,;)]|\s(?:were|was|are|is|show|showed|confirm|have|has|suggest|demonstrat|and\s[A-Z]|in\s\d{4}|at\s))"
)
_IN = re.compile(r"(?:^|[.;:(]\s|,\s|\b(?:[Aa]s|that|and|but|while|whereas)\s)[Ii]n\s(?:both\s)?$")
_IN_GOES_ON = re.compile(
    r"(?:\s?[(\[][^()\[\]]{1,40}[)\]])?(?:,\s|\s(?:the\s(?:end\s?point|median|hazard|primary|objective|overall|response|rate)|(?:median|PFS|OS|ORR|patients|\w+mab|\w+nib)\b))"
)
_RESULT = re.compile(
    r"\b(?:end\s?points?|PFS|OS|DFS|EFS|ORR|DoR|pCR|survival|hazard\sratio|HR|responses?|response\srate|randomi[sz]ed|arms?|median|months|benefit"
    r"|progression|relapse|recurrence|efficacy|toxicity|adverse)\b|%"
)
_WORD = re.compile(r"[A-Z]{4,12}\d?(?:-?\d{1,3})?[A-Z]?|[A-Z][A-Z0-9]*[a-z]?[A-Z]{3,}(?:-?\d{1,3})?")
# Trials are given names that can be said; 'ESCC', 'AITL' and 'MPAL' cannot.
_SAID = re.compile(
    r"(?:[B-DF-HJ-NP-TV-XZ]|[BCFGPS]L|[BCDFGPTK]R|[CPSTWG]H|S[CKMNPTW]|STR|SCR|TW|QU|KN|PS)?[AEIOUY]+(?:[B-DF-HJ-NP-TV-XZ]{1,3}[AEIOUY]+)*"
    r"(?:[B-DF-HJ-NP-TV-XZ]|ND|NT|NE|NG|NK|ST|SK|SS|SH|RT|RD|RN|RK|RL|RM|RS|RTH|CT|CK|CH|LT|LD|LL|LM|MP|MS|NS|TH|WN|WS|PT|FF|FT|TT|ZZ|GHT|LTH)?"
)
# Words that a line of capitals holds.
_NO_TRIALS = frozenset(
    "AFRICA AMERICA ASIA CANADA CHINA CONCLUSION EUROPE FRANCE GERMANY INDIA ITALY JAPAN KOREA SPAIN TAIWAN".split()
)


def told_of(text: str, names: Sequence[re.Match[str]]) -> list[bool]:
    """Say for each name that may be a trial's whether its sentence tells what the trial did or gave."""
    return [_is_told(text, match) for match in names]


def _is_told(text: str, match: re.Match[str]) -> bool:
    letters = re.split(r"[\d-]", match[0].upper())[0]
    if not _WORD.fullmatch(match[0]) or letters in _NO_TRIALS or not _SAID.fullmatch(letters):
        return False
    if _DID.match(text, match.end()):
        return True
    before = text[max(0, match.start() - 40) : match.start()]
    if _RESULTS_OF.search(before) and _RESULTS_GO_ON.match(text, match.end()):
        return True
    begins = match.start() <= len("In both ") or before
    if begins and _IN.search(before) and _IN_GOES_ON.match(text, match.end()):
        return _RESULT.search(text, match.end(), match.end() + 200) is not None
    return False
