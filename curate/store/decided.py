"""The tables whose rows a curator decides: the triggers of several migrations are made for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Tables whose rows a curator decides, with the column that holds where they stand.
DECIDED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "flag": ("flags", "status"),
        "claim": ("claims", "review_status"),
        "mention": ("mentions", "review_status"),
    }
)
