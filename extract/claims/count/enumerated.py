"""Lists that a sentence gives in full after what it counts: 'three drugs, namely a, b and c', 'two genes (A and B)'."""

from __future__ import annotations

import re

from extract.records import Mention, Span
from extract.text.neighbourhood import Context, outermost

KINDS = {
    "drug": ("drug",),
    "variant": ("variant", "fusion", "copy number"),
    "gene": ("gene",),
    "trial": ("trial",),
    "disease": ("disease",),
}
"""The kinds of mention that can be an item of a list of such things."""

_CITED = r"(?:\s?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])?"
_NAMELY = r"(?:namely|i\.e\.|viz\.?|that\sis|specifically|designated|named|called|termed)"
_OPENS = re.compile(
    rf"{_CITED}(?:\s?(?P<bracket>\()(?:{_NAMELY},?\s)?|,?\s{_NAMELY}[,:]?\s"
    rf"|(?P<rest>(?:[^.;:()\[\]]|\[[^\]]{{1,20}}\]|\([^()]{{1,20}}\)){{0,120}}):\s|\s[–—]\s?|,\s(?P<apposed>))(?:the\s)?",
    re.IGNORECASE,
)
_IN_PART = re.compile(
    r"\b(?:includ\w+|such\sas|e\.g\.?|eg|for\s(?:example|instance)|mainly|primarily|notably|especially|particular(?:ly)?|mostly"
    r"|mainly|commonly|among|like|respectively|etc|others?|see|data|respective|various|both|either|each)\b|\.\.\.|…",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,;]\s*(?:the\s)?(?:p\.)?")
_AND = re.compile(r"\s*,?\s*(?:\band\b|&|\bas\swell\sas\b)\s*(?:the\s)?(?:p\.)?")
_ENDS = re.compile(r"(?:\s?\[[^\]]{1,20}\])?(?:[.,;)]|\s*$)")
_ASIDE = re.compile(r"(?:\s(?:mutations?|fusions?|trials?|study))?(?:\s?\((?:[^()]{1,40})\))?" + _CITED)
_PLAIN_ITEM = re.compile(r"[A-Za-z][\w'’.-]*(?:\s[\w'’.-]+){0,3}")
_PLAIN_BREAKS = re.compile(
    r"\b(?:Table|Fig|Figs|Figure|n|of|or|with|in|for|by|to|from|is|are|was|were|which|the|plus|then|followed|alone|versus|vs)\b"
)


def items_after(context: Context, end: int, limit: int, thing: str) -> tuple[str, ...]:
    """Return the items that the sentence up to `limit` lists in full right after `end`, none where it does not.

    Items are mentions of the thing's kinds; in brackets also plain words, the last after an 'and'.
    """
    text = context.document.text
    opens = _OPENS.match(text, end, limit)
    if opens is None or _IN_PART.search(text[end : opens.end()]):
        return ()
    close = _closing(text, opens.start("bracket"), limit) if opens["bracket"] else limit
    if close < 0:
        return ()
    inside = Span(start=opens.end(), end=close)
    named = _mentioned(context, inside, KINDS.get(thing, ()), bracketed=bool(opens["bracket"]))
    if named or not opens["bracket"]:
        return named
    return _plain(text[inside.start : inside.end])


def _closing(text: str, opening: int, limit: int) -> int:
    depth = 0
    for offset in range(opening, limit):
        depth += (text[offset] == "(") - (text[offset] == ")")
        if depth == 0:
            return offset
    return -1


def _mentioned(context: Context, inside: Span, kinds: tuple[str, ...], *, bracketed: bool) -> tuple[str, ...]:
    """Return the run of mentions that fills brackets, or stands from the start to an 'and' and one more."""
    text = context.document.text
    run: list[Mention] = []
    at, closed = inside.start, False
    by_start = {mention.span.start: mention for mention in outermost(context.within(inside, *kinds))}
    while at in by_start and not closed:
        mention = by_start[at]
        run.append(mention)
        aside = _ASIDE.match(text, mention.span.end, inside.end)
        at = aside.end() if aside else mention.span.end
        joined, last = _COMMA.match(text, at, inside.end), _AND.match(text, at, inside.end)
        if last:
            final = by_start.get(last.end())
            if final is None:
                return ()
            run.append(final)
            aside = _ASIDE.match(text, final.span.end, inside.end)
            at, closed = aside.end() if aside else final.span.end, True
        elif joined:
            at = joined.end()
        else:
            break
    whole = at == inside.end if bracketed else closed and _ENDS.match(text, at, inside.end) is not None
    if not whole or len(run) < 2 or any(re.search(r"[+/;,]", mention.text) for mention in run):
        return ()
    return tuple(mention.normalized for mention in run)


def _plain(listed: str) -> tuple[str, ...]:
    """Return the items of a bracket of plain words: 'north, south and east'."""
    if _IN_PART.search(listed) or _PLAIN_BREAKS.search(listed):
        return ()
    parts = re.split(r",?\s(?:and|&)\s", re.sub(_CITED, "", listed).strip())
    if len(parts) != 2:
        return ()
    items = (*re.split(r"\s?,\s", parts[0]), parts[1])
    return items if all(_PLAIN_ITEM.fullmatch(item) for item in items) else ()
