import subprocess
import sys

import pytest

GREEDY = """
from curate.memory import limit_memory
limit = limit_memory(600)
try:
    bytearray(limit)  # never touched: it costs no memory where it is granted
except MemoryError:
    print("refused")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is set on Linux only")
def test_a_process_gets_no_more_than_its_share() -> None:
    run = subprocess.run([sys.executable, "-c", GREEDY], capture_output=True, text=True, check=True)
    assert run.stdout == "refused\n"
