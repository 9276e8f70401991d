"""Where tables may stand: a view with what is drawn on it, and the area of a table's rows."""

from __future__ import annotations

from dataclasses import dataclass

from extract.tables.captions import Caption
from extract.tables.rulings import Ruling
from extract.tables.setting import Setting
from extract.tables.view import Area, Token, View


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
