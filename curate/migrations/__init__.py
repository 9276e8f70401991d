"""The migrations of the store, one a file, each a script that runs once and is never changed once released."""

from __future__ import annotations

from curate.migrations.additions import additions
from curate.migrations.base import base
from curate.migrations.citations import CITATIONS
from curate.migrations.decided import DECIDED
from curate.migrations.held import held
from curate.migrations.independence import independent_decisions
from curate.migrations.mentions_queue import MENTIONS_QUEUE
from curate.migrations.queues import QUEUES

MIGRATIONS: tuple[str, ...] = (
    base(),
    independent_decisions(DECIDED),
    QUEUES,
    CITATIONS,
    MENTIONS_QUEUE,
    additions(),
    held(),
)
