"""The migrations of the store, one a file, each a script that runs once and is never changed once released."""

from __future__ import annotations

from curate.store.migrations.additions import additions
from curate.store.migrations.base import base
from curate.store.migrations.citations import CITATIONS
from curate.store.migrations.decided import DECIDED
from curate.store.migrations.held import held
from curate.store.migrations.independence import independent_decisions
from curate.store.migrations.mentions_queue import MENTIONS_QUEUE
from curate.store.migrations.queues import QUEUES

MIGRATIONS: tuple[str, ...] = (
    base(),
    independent_decisions(DECIDED),
    QUEUES,
    CITATIONS,
    MENTIONS_QUEUE,
    additions(),
    held(),
)
