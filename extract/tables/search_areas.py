"""Where tables may stand: a view with what is drawn on it, and the area of a table's rows."""

from __future__ import annotations

from dataclasses import dataclass

from extract.page.captions import Caption
from extract.page.rotation import Area, Token, View
from extract.page.rulings import Ruling
from extract.page.typography import Setting


@dataclass(frozen=True, slots=True)
class Place:
    """The view of a table's part with what stands on it that is not furniture."""

    view: View
    tokens: tuple[Token, ...]
    rulings: tuple[Ruling, ...]
    captions: tuple[Caption, ...]
    setting: Setting


@dataclass(frozen=True, slots=True)
class Body:
    """The area of a table's rows on one view; `closed` says whether a rule ends it."""

    area: Area
    rulings: tuple[Ruling, ...]
    closed: bool
