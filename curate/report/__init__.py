"""The report of a document: one HTML file with its flags, quotes, pictures and decisions."""

from __future__ import annotations

from curate.report.html import report

__all__ = ["report"]
