"""Signs that a font without a map to Unicode tells by the names of its glyphs."""

from __future__ import annotations

from pdfminer.psparser import LIT

from extract.pdf.glyph_names import signs_of


def encoding(*names: object) -> dict[str, object]:
    return {"Encoding": {"Differences": [*(LIT(name) if isinstance(name, str) else name for name in names)]}}


def test_names_of_codes_of_texs_symbol_font_are_signs() -> None:
    assert signs_of(encoding(1, "C0", "C6", "C2", 48, "C20", "C21", "C14")) == {
        1: "−",
        2: "±",
        3: "×",
        48: "≤",
        49: "≥",
        50: "°",
    }


def test_a_name_without_a_sign_stays_unread() -> None:
    assert signs_of(encoding(1, "C0", "C200")) == {1: "−"}


def test_other_names_are_left_to_the_encoding() -> None:
    assert signs_of(encoding(65, "A", "B", "C", "C0")) == {}
    assert signs_of({"Encoding": LIT("WinAnsiEncoding")}) == {}
    assert signs_of({}) == {}
