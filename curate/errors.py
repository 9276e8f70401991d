"""What can be wrong with a store or a decision, said in one line for a person."""

from __future__ import annotations


class StoreError(Exception):
    """A store cannot be opened, read or written; the message names the file, the cause and what to do."""


class DecisionError(Exception):
    """A decision cannot be made; the message says why."""
