"""Text under text: the remains of another page that a picture or a form brought along, which no reader sees.

A figure that was cut out of a PDF may keep the whole text of the page it came from, clipped away on the page
but still in its text layer. It shows itself by words that stand on others, set in type of another family.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from extract.page.rotation import Token, View, views
from extract.pdf.reader import Sheet

LEAST = 8  # pairs of words on each other that make a layer
CELL = 24.0  # points: the side of the squares in which neighbours are looked for


def family(font: str) -> str:
    """Return the family of a font by its name: 'MinionPro-Bold' is of 'MinionPro'."""
    return re.split(r"[-,]", font)[0]


def hidden_layer(view: View, letters: Mapping[str, int]) -> frozenset[int]:
    """Return the places in the file of the words that lie under the page's own.

    `letters` counts the letters that the document sets in each family: of two families that stand on each
    other, the rarer is the hidden one.
    """
    clashes: Counter[tuple[str, str]] = Counter()
    for a, b in _stacked(view.tokens):
        one, other = sorted((family(a.word.font), family(b.word.font)), key=lambda f: (letters.get(f, 0), f))
        if one != other:
            clashes[one, other] += 1
    hidden = {rare for (rare, _), count in clashes.items() if count >= LEAST}
    return frozenset(t.order for t in view.tokens if family(t.word.font) in hidden)


def hidden_words(sheets: Sequence[Sheet]) -> frozenset[tuple[int, int]]:
    """Return the page and the place in the file of the words of a document that lie under a page's own."""
    letters: Counter[str] = Counter()
    for sheet in sheets:
        for word in sheet.page.words:
            letters[family(word.font)] += len(word.text)
    return frozenset(
        (view.page, order) for sheet in sheets for view in views(sheet) for order in hidden_layer(view, letters)
    )


def _stacked(tokens: Sequence[Token]) -> list[tuple[Token, Token]]:
    """Return the pairs of words that cover a third of the smaller one's height and width or more."""
    squares: dict[tuple[int, int], list[Token]] = defaultdict(list)
    pairs = []
    for token in tokens:
        row = int((token.top + token.bottom) / 2 / CELL)
        columns = range(int(token.x0 / CELL), int(token.x1 / CELL) + 1)
        near = {id(o): o for r in (row - 1, row, row + 1) for c in columns for o in squares.get((r, c), ())}
        pairs += [(other, token) for other in near.values() if _covers(other, token)]
        for column in columns:
            squares[row, column].append(token)
    return pairs


def _covers(a: Token, b: Token) -> bool:
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    width = min(a.x1 - a.x0, b.x1 - b.x0)
    height = min(a.bottom - a.top, b.bottom - b.top)
    return across > 0.33 * width and down > 0.33 * height
