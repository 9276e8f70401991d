"""Captions of tables: 'Table 1', 'TABLE II.', 'Table 2 (continued)', and where their words end.

A table's caption and a sentence that begins with 'Table 1' are told apart by type (bold, another size), by
the space above, and by what follows the number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.page.rotation import Area, Token, View
from extract.page.rulings import Ruling
from extract.page.token_lines import Line, lines_of
from extract.page.typography import Setting

NUMBER = r"(?:[A-Z]{0,2}[.\-]?\d{1,3}(?:[.\-]\d{1,2})?[a-zA-Z]?|[IVX]{1,5}|[A-Z])"
KINDS = r"(?:supplement(?:ary|al)|extended\sdata|additional|online|web|appendix)"  # what may stand before a label
TABLE = r"(?:e[-–]?)?(?:table|tab\.|exhibit)"
LABEL = re.compile(rf"^(continued\s)?(?:{KINDS}\s)*{TABLE}(?:[\s–-]+|(?=[A-Z]?\d))({NUMBER})\s*([.:|)–—-]?)$", re.I)
HEAD = re.compile(rf"^(?:continued|supplement(?:ary|al)|extended|additional|online|web|appendix|{TABLE})", re.I)
CAPTION = re.compile(  # of a table or a figure, at the head of a text
    rf"(?:continued\s)?(?:{KINDS}\s+)*(?:e[-–]?)?"
    r"(?:fig(?:ure|s|\.)?|table|tab\.|exhibit|scheme|chart|plate|box|graph|diagram)\.?[\s–-]*"
    r"(?:[A-Z]{0,2}\d{1,3}(?:[.-]\d{1,2})?[A-Za-z]?|[IVX]{1,5})\b",
    re.I,
)
TABLE_LABEL = re.compile(rf"(?:continued\s)?(?:{KINDS}\s+)*{TABLE}(?:[\s–-]+|(?=[A-Z]?\d)){NUMBER}\b", re.I)
FIGURE = re.compile(rf"^{KINDS}\s+(?:fig(?:ure|\.)?|scheme|box|chart|plate)\.?\s*[A-Z]?\d", re.I)
NOTE = re.compile(r"^(?:notes?|sources?|abbreviations?)\s?[:.]", re.I)
OTHER = re.compile(r"^(?:fig(?:ure|\.)?|scheme|box|chart|plate|supplementary|additional)$", re.I)
CONTINUED = re.compile(r"\b(?:continued|cont(?:inued)?\.?|cont['’]d)(?:$|[\s).\]:])", re.I)
LONGEST = 6  # words of a label
LEADING = 1.75  # of the type size: lines of one caption are not further apart
# What a sentence that begins with a table's name goes on with, and a caption does not.
SENTENCE = re.compile(
    r"^(?:(?:also|and|or|to|thus|then|further|only)|(?:is|are|was|were|has|had|can|may|will)|(?:list|show|present|"
    r"summari[sz]e|describe|compare|give|provide|report|display|contain|detail|outline|illustrate|depict|include|"
    r"indicate|demonstrate|reveal|suggest|highlight|tabulate)(?:s|d|ed)?)[.,]?$"
)
HEADNOTE = 6  # lines between a caption and its table at most
HEADNOTE_WIDTH = 100.0  # points: a shorter rule is no table's
STRONG, WEAK = 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words of a caption with the number that names its table.

    `strength` is 2 where the type sets the label off from prose, 1 where only the place does.
    """

    view: int
    number: str
    label: tuple[Token, ...]
    text: tuple[Token, ...]
    area: Area
    continued: bool
    strength: int


def captions_of(index: int, view: View, setting: Setting, rulings: Sequence[Ruling]) -> list[Caption]:
    """Return the captions of one view from top to bottom; `index` is the view's place in the document."""
    tokens = [token for token in view.tokens if (view.page, token.order) not in setting.furniture]
    if not tokens:
        return []
    lines = lines_of(tokens)
    found = []
    for n, line in enumerate(lines):
        for start in range(len(line.tokens)):
            label = _label(line, start)
            if label is None:
                continue
            caption = _caption(index, lines, n, start, label, setting, rulings)
            if caption is not None:
                found.append(caption)
    return found


def starts_note(line: Line) -> bool:
    """Return whether a line begins a table's note: 'Source: ...', 'Notes: ...', 'Abbreviations: ...'."""
    return bool(NOTE.match(line.text)) and len(line.segments()) == 1


def starts_other(line: Line) -> bool:
    """Return whether a line begins the caption of a figure, a box or another table."""
    if _label(line, 0) is not None:
        return True
    first = line.tokens[0].text.rstrip(".:")
    if OTHER.match(first):
        return len(line.tokens) > 1 and bool(re.match(rf"^{NUMBER}[.:|)]?$", line.tokens[1].text))
    return bool(HEAD.match(first) and FIGURE.match(line.text))


def table_label(text: str) -> str:
    """Return the label of a table that a text begins with, or nothing."""
    found = TABLE_LABEL.match(text)
    return found.group().strip() if found else ""


def _label(line: Line, start: int) -> tuple[int, str] | None:
    """Return the number of words of a label that starts at a token, and its number; '*' after it: the table goes on."""
    token = line.tokens[start]
    if not HEAD.match(token.text):
        return None
    before = line.tokens[start - 1] if start else None
    if before is not None and token.x0 - before.x1 < 0.9 * token.size:
        return None
    text = ""
    for count, word in enumerate(line.tokens[start : start + LONGEST], 1):
        if count > 1 and word.x0 - line.tokens[start + count - 2].x1 > 1.5 * token.size:
            break
        text = f"{text} {word.text}" if word.word.spaced and text else text + word.text
        match = LABEL.match(text)
        if match:
            after = line.tokens[start + count] if start + count < len(line.tokens) else None
            if after is not None and re.match(r"^[.:|–—]$" if after.word.spaced else r"^[.:|)]$", after.text):
                count += 1
            return count, match[2].upper() + ("*" if match[1] else "")
    return None


def _caption(
    index: int,
    lines: Sequence[Line],
    n: int,
    start: int,
    label: tuple[int, str],
    setting: Setting,
    rulings: Sequence[Ruling],
) -> Caption | None:
    line = lines[n]
    count, number = label[0], label[1].rstrip("*")
    run = _run(line.tokens[start:], 2.2)
    head, rest = run[:count], run[count:]
    strength = _strength(lines, n, head, rest, setting)
    if not strength:
        return None
    below = _following(lines, n, Line(tuple(run)), rulings, setting, alone=not rest)
    words = [*rest, *(token for part in below for token in part)]
    everything = [*head, *words]
    text = " ".join(token.text for token in words)
    return Caption(
        view=index,
        number=number,
        label=tuple(head),
        text=tuple(words),
        area=Area(
            x0=min(token.x0 for token in everything),
            top=min(token.top for token in everything),
            x1=max(token.x1 for token in everything),
            bottom=max(token.bottom for token in everything),
        ),
        continued=label[1].endswith("*") or (bool(CONTINUED.search(text)) and len(text) < 400),
        strength=strength,
    )


def _run(tokens: Sequence[Token], gap: float) -> list[Token]:
    """Return the tokens up to the first wide gap."""
    run = [tokens[0]]
    for token in tokens[1:]:
        if token.x0 - max(t.x1 for t in run) > gap * run[0].size:
            break
        run.append(token)
    return run


def _strength(lines: Sequence[Line], n: int, head: Sequence[Token], rest: Sequence[Token], setting: Setting) -> int:
    token = head[0]
    apart = token.word.font != setting.font or abs(token.size - setting.size) > 0.3
    last = head[-1].text
    alone = not rest
    stopped = last[-1:] in ".:|" or bool(rest and rest[0].text in {"|", "–", "—", ":"})
    begins = bool(rest) and (rest[0].text[:1].isupper() or rest[0].text[:1].isdigit())
    if rest and (rest[0].text[:1] in ",;)" or (not stopped and SENTENCE.match(rest[0].text))):
        return 0
    if apart and (alone or stopped or begins or rest[0].word.font != token.word.font):
        return STRONG
    spaced = _space_above(lines, n, head) > 0.5 * token.size
    if spaced and (alone or begins or apart):
        return WEAK
    return 0


def _space_above(lines: Sequence[Line], n: int, head: Sequence[Token]) -> float:
    """Return the white space above a label, up to the nearest words over it."""
    x0, x1, top = head[0].x0, head[-1].x1, min(token.top for token in head)
    for line in reversed(lines[:n]):
        near = [t for t in line.tokens if t.x0 < x1 + 60 and t.x1 > x0 - 5 and t.bottom <= top + 2]
        if near:
            return top - max(t.bottom for t in near)
    return 100.0


def _following(
    lines: Sequence[Line], n: int, first: Line, rulings: Sequence[Ruling], setting: Setting, *, alone: bool
) -> list[list[Token]]:
    """Return the further lines of a caption: same type, close below, no rule between, no wide gap inside.

    Under a label that stands `alone` the title may be of another type.
    """
    parts: list[list[Token]] = []
    last, x0, x1 = first, first.x0, first.x1
    size = first.size
    for line in lines[n + 1 :]:
        if line.bottom - last.bottom > LEADING * size:
            break
        if line.bottom - last.bottom < 0.5 * size:
            continue
        run = next((seg for seg in line.segments(1.4) if seg.x0 < x1 and seg.x1 > x0), None)
        if run is None:
            continue
        title = alone and not parts
        if abs(run.size - size) > (2.5 if title else 0.6) or len([s for s in line.segments(1.2) if s.x0 >= x0 - 40]) > (
            1 if title else 2
        ):
            break
        if any(last.bottom - 2 <= r.y <= run.bottom - 1 and r.x0 < x1 and r.x1 > x0 for r in rulings):
            break
        if not title and _closed(parts, first) and not _same_face(run, first, parts):
            break
        if (
            not title
            and setting.is_prose_type(run)
            and not setting.is_prose_type(Line(first.tokens[-1:]))
            and len(first.tokens) > 3
        ):
            break
        parts.append(list(run.tokens))
        size = run.size if title else size
        last, x0, x1 = run, min(x0, run.x0), max(x1, run.x1)
    return [*parts, *_headnote(lines, last, first.x0, rulings)]


def _headnote(lines: Sequence[Line], last: Line, x0: float, rulings: Sequence[Ruling]) -> list[list[Token]]:
    """Return the lines of other type between a caption and the rule over its table, as reports set them."""
    parts: list[list[Token]] = []
    for line in lines:
        if line.bottom < last.bottom + 0.5 * line.size:
            continue
        over = [r for r in rulings if last.bottom - 2 <= r.y <= line.bottom - 1 and r.width > HEADNOTE_WIDTH]
        if any(r.x0 < x0 + 40 and r.x1 > x0 + 40 for r in over):
            return parts
        segments = [seg for seg in line.segments(1.4) if seg.x1 > x0 - 2]
        close = line.bottom - last.bottom <= LEADING * max(line.size, last.size)
        if len(parts) >= HEADNOTE or len(segments) != 1 or not close or abs(segments[0].x0 - x0) > 25:
            return []
        parts.append(list(segments[0].tokens))
        last = segments[0]
    return []


def _closed(parts: Sequence[Sequence[Token]], first: Line) -> bool:
    """Return whether the caption so far ends a sentence."""
    token = parts[-1][-1] if parts else first.tokens[-1]
    return token.text[-1:] in ".!?"


def _same_face(run: Line, first: Line, parts: Sequence[Sequence[Token]]) -> bool:
    token = parts[-1][-1] if parts else first.tokens[-1]
    return run.tokens[0].word.font == token.word.font and abs(run.tokens[0].size - token.size) < 0.3
