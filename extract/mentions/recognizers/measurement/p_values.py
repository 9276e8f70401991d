"""P values: 'P<0.001', 'P value of less than 0.05', 'p < 5e-8', 'P for interaction, .62', 'P (log-rank) = 3×10⁻⁶'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.shared.quantities import decimals
from extract.mentions.shared.word_lists import alternatives, listed
from extract.records import Quantity

Measured = tuple[int, int, Quantity]

_SUBJECTS = alternatives(listed(__package__, "p_subjects.tsv"))
_START = re.compile(
    r"(?<![A-Za-z0-9])(?<![A-Za-z0-9][-‐‑–/])[Pp](?=[^A-Za-z.)]|value|[A-Za-z-]{2,18}\s?[<>=≤≥≪≫⩽≦⩾≧~≈])"
)
_BEFORE = re.compile(r"(?:(?:two|one)-(?:sided|tailed)|log-rank|nominal|adjusted|unadjusted|corrected)\s$")
_SUBJECT = re.compile(
    rf"(?:[\s_‐‑–-]?(?:(?i:{_SUBJECTS}))(?![a-z]))?"
    rf"(?:\s?[(\[](?:(?i:{_SUBJECTS}|(?:two|one)[\s-](?:sided|tailed)|exact|unstratified|stratified)(?:\s[\w-]+){{0,2}})[)\]])?"
    r"(?:\s(?:was|were|is|are))?"
)
_SIGNS = {
    "<": "<",
    "≪": "<",
    "<<": "<",
    "﹤": "<",
    "＜": "<",
    ">": ">",
    "≫": ">",
    ">>": ">",
    "＞": ">",
    "=": "",
    "≤": "≤",
    "⩽": "≤",
    "≦": "≤",
    "<=": "≤",
    "< or =": "≤",
    "> or =": "≥",
    "=<": "≤",
    "≥": "≥",
    "⩾": "≥",
    "≧": "≥",
    ">=": "≥",
    "≈": "~",
    "~": "~",
    "∼": "~",
}
_SIGN_WORDS = {
    "less": "<",
    "lower": "<",
    "smaller": "<",
    "below": "<",
    "under": "<",
    "greater": ">",
    "more": ">",
    "higher": ">",
    "above": ">",
    "exceeding": ">",
    "at": "≤",
}
_COMPARED = re.compile(
    rf"\s?(?:(?P<sign>{'|'.join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))})"
    r"|(?:of\s|at\s)?(?P<word>less|lower|smaller|greater|more|higher)\sthan(?P<equal>\sor\sequal\sto)?"
    r"|(?:of\s)?(?P<word2>below|under|above|exceeding|at\smost)|(?P<bare>of|was|is|were|[,:]|(?<=was)|(?<=is)|(?<=were)))\s?"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–‐‑", "0123456789-+----")
_POWER = (
    r"(?:\s?(?:\^|\*\*)\s?)?(?:\(\s?(?P<{0}1>[-−–‐‑]\s?\d{{1,3}})\s?\)"
    r"|(?P<{0}2>[-−–‐‑]\s?\d{{1,3}}|⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}))"
)
_VALUE = re.compile(
    rf"(?P<minus>[-−–])?(?:10{_POWER.format('p')}|(?P<value>0?[.·,]\d{{1,15}}|\d{{1,3}}[.·]\d{{1,15}}|\d{{1,3}})(?![.·]\d)"
    rf"(?:\s?[eE]\s?(?P<e>[-−–]\s?\d{{1,3}})(?![\d])|\s?[×x*·⋅∙]\s?10{_POWER.format('t')}"
    # '5.6 10(-5)': the sign of multiplication is lost, the power is not
    rf"|\s10(?:\((?P<b1>[-−–]\s?\d{{1,3}})\)|\^(?P<b2>[-−–]\s?\d{{1,3}})|(?P<b3>⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}})))?)(?![A-Za-z]{{2}}|%|\d)"
)
_PROBABILITY = re.compile(r"[0-1]?[.·,]\d|[01](?!\d)|\d\s?[eE×x]")
MOST = 200


def p_values(text: str) -> Iterator[Measured]:
    """Yield P values; `comparison` is the sign, empty for '='. What is above 1 or below 0 is as it is printed."""
    for start in _START.finditer(text):
        subject = _SUBJECT.match(text, start.end(), start.end() + MOST)
        reached = subject.end() if subject else start.end()
        compared = _COMPARED.match(text, reached, reached + 40)
        if compared is None:
            continue
        value = _VALUE.match(text, compared.end(), compared.end() + 40)
        if value is None or (not compared["sign"] and not _PROBABILITY.match(text, compared.end())):
            continue
        if value["minus"] and compared["sign"] != "=":
            continue  # a dash: only after '=' is it the sign of a number
        if compared["bare"] in (",", ":") and reached == start.end():
            continue  # 'groups O, P, 0.5': a letter and a number, not a P value
        said = _BEFORE.search(text, max(0, start.start() - 14), start.start())
        yield said.start() if said else start.start(), value.end(), _quantity(compared, value)


def _quantity(compared: re.Match[str], value: re.Match[str]) -> Quantity:
    word = (compared["word"] or compared["word2"] or "").split()
    sign = _SIGNS[compared["sign"]] if compared["sign"] else _SIGN_WORDS[word[0]] if word else ""
    if compared["equal"]:
        sign = {"<": "≤", ">": "≥"}[sign]
    figure = re.sub("[·,]", ".", value["value"] or "1")
    power = next((value[name] for name in ("e", "t1", "t2", "p1", "p2", "b1", "b2", "b3") if value[name]), "")
    exponent = int(power.translate(_SUPERSCRIPTS).replace(" ", "")) if power else 0
    return Quantity(
        measure="p_value",
        value=float(f"{'-' if value['minus'] else ''}{figure}e{exponent}"),
        comparison=sign,
        decimals=max(0, decimals(figure) - exponent),
    )
