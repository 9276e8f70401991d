"""A limit to the memory of a worker process, so that one file cannot take the machine."""

from __future__ import annotations

import os
import sys

LEAST = 3 << 30  # bytes: the language models and the reference data take a part of it
SHARE = 0.8  # of the machine's memory: what all workers may take together


def limit_memory(workers: int) -> int:
    """Let this process take its share of the machine's memory and no more; return the limit in bytes (0: none).

    What asks for more gets a `MemoryError`. Where the system knows no such limit (Windows, macOS), none is set.
    """
    if sys.platform != "linux":
        return 0
    import resource

    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = max(LEAST, int(SHARE * memory / workers))
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    return limit
