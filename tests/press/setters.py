"""The producers by name, and which of them are installed here."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

from press import chromium_setter, latex_setter, typst_setter
from press.article import Article
from press.gold import write_gold
from press.setting import Setting, set_article
from press.style import Style

SETTERS: dict[str, Callable[[Setting, Path], None]] = {
    "typst": typst_setter.write_pdf,
    "chromium": chromium_setter.write_pdf,
    "latex": latex_setter.write_pdf,
}


def installed() -> tuple[str, ...]:
    """Return the producers that can be used here."""
    there = {
        "typst": importlib.util.find_spec("typst") is not None,
        "chromium": chromium_setter.program() is not None,
        "latex": shutil.which(latex_setter.PROGRAM) is not None,
    }
    return tuple(name for name, found in there.items() if found)


def write_article(article: Article, style: Style, folder: Path) -> Path:
    """Write `article.pdf` and its gold files to a folder; return the path of the PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    pdf = folder / "article.pdf"
    SETTERS[style.producer](set_article(article, style), pdf)
    write_gold(article, style, folder)
    return pdf
