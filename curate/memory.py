"""A limit to the memory of a worker process, so that one file cannot take the machine."""

from __future__ import annotations

import sys

USUAL = 1400  # megabytes: a review of 16 pages takes some 260, and each further page about 5


def limit_memory(megabytes: int) -> int:
    """Let this process take so many megabytes of data and no more; return the limit in bytes (0: none).

    What asks for more gets a `MemoryError`. 0 sets no limit. Where the system knows no such limit (Windows, macOS),
    none is set.
    """
    if sys.platform != "linux" or megabytes <= 0:
        return 0
    import resource

    limit = megabytes << 20
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    return limit
