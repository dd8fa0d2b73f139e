"""Memory that is free again goes back to the system."""

from __future__ import annotations

import subprocess
import sys

_HELD = """
import pathlib, threading
from kg.engine.allocator import give_back_large_pieces

assert give_back_large_pieces() or not pathlib.Path("/proc/self/statm").exists()
def read():
    for size in range(1, 30):
        bytes(1 << 20) * size
crowd = [threading.Thread(target=read) for _ in range(16)]
for one in crowd: one.start()
for one in crowd: one.join()
print(int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096)
"""


def test_sixteen_threads_that_held_much_leave_little() -> None:
    done = subprocess.run([sys.executable, "-c", _HELD], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 60 * 1024**2
