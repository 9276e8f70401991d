"""Tables: ruled, half-ruled and unruled words of a page -> logical rows, continued over pages."""

from __future__ import annotations

from extract.tables.finder import find_tables
from extract.tables.found_tables import FoundCell, FoundTable

__all__ = ["FoundCell", "FoundTable", "find_tables"]
