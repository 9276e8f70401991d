"""Signs of fonts that say what they hold by the names of their glyphs alone: 'C0' for a minus, 'C6' for plus-minus.

Some publishers' fonts (AdvP4C4E74 and others) have no map to Unicode and name each glyph by its code in the symbol font
of TeX (D. E. Knuth, The METAFONTbook, cmsy).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pdfminer.pdffont import PDFFont, PDFSimpleFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import list_value, resolve1
from pdfminer.psparser import PSLiteral

NAME = re.compile(r"C(\d{1,3})")
SHARE = 0.8  # of a font's glyph names that have this form, where it names them so
# fmt: off
SIGNS = {
    0: "−", 1: "·", 2: "×", 3: "*", 4: "÷", 6: "±", 7: "∓", 14: "°", 15: "•", 20: "≤", 21: "≥", 24: "~", 25: "≈",
    28: "≪", 29: "≫", 32: "←", 33: "→", 34: "↑", 35: "↓", 36: "↔", 49: "∞", 50: "∈", 112: "√", 120: "§", 121: "†",
    122: "‡", 123: "¶",
}
# fmt: on


class NamedFonts(PDFResourceManager):
    """A resource manager whose simple fonts without a map to Unicode have the signs that their glyph names tell."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return a font, from the cache where it was asked for before."""
        font: PDFFont = super().get_font(objid, spec)
        if isinstance(font, PDFSimpleFont) and font.unicode_map is None:
            signs = signs_of(spec)
            if signs:
                font.cid2unicode = {**font.cid2unicode, **signs}
        return font


def signs_of(spec: Mapping[str, object]) -> dict[int, str]:
    """Return the signs of a font's codes, where its glyphs are named by codes of TeX's symbol font."""
    encoding = resolve1(spec.get("Encoding"))
    if not isinstance(encoding, dict):
        return {}
    names: dict[int, str] = {}
    code = 0
    for one in list_value(encoding.get("Differences", [])):
        if isinstance(one, int):
            code = one
        elif isinstance(one, PSLiteral):
            names[code] = str(one.name)
            code += 1
    coded = {code: int(match[1]) for code, name in names.items() if (match := NAME.fullmatch(name))}
    real = [name for name in names.values() if name not in (".notdef", "space")]
    if len(coded) < SHARE * len(real):
        return {}
    return {code: SIGNS[number] for code, number in coded.items() if number in SIGNS}
