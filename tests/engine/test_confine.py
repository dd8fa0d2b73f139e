"""What a worker has given up, tried out in a process that gives it up."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.config import Limits
from kg.engine import calls, confine
from kg.engine.answer import Question
from kg.engine.pool import Pool

ROOT = Path(__file__).parents[2]
TRIED = {
    "a socket": "socket.socket()",
    "a pair of sockets": "socket.socketpair()",
    "another process": "os.fork()",
    "another program": "os.execv('/bin/true', ['true'])",
    "a signal to others": "os.kill(os.getppid(), 0)",
    "a signal to all": "os.kill(-1, 0)",
    "a higher rank": "os.setpriority(os.PRIO_PROCESS, 0, 0)",
    "another processor": "os.sched_setaffinity(os.getppid(), {0})",
    "another user": "os.setuid(os.getuid())",
    "writing": "open('/dev/null', 'w')",
    "writing and reading": "os.open('/dev/null', os.O_RDWR)",
    "a new file": "os.open('/tmp/kg-never-there', os.O_CREAT)",
    "removing": "os.unlink('/tmp/kg-never-there')",
    "renaming": "os.rename('/tmp/kg-never-there', '/tmp/kg-nor-there')",
    "a folder": "os.mkdir('/tmp/kg-never-there')",
    "memory without a name": "os.memfd_create('x')",
    "another's memory": "os.pidfd_open(os.getppid())",
    "ptrace": "call(101)",
    "io_uring": "call(425)",
    "unshare": "call(272)",
}
ALLOWED = {
    "reading": "open('/dev/null').read()",
    "a thread": "threading.Thread(target=int).start()",
    "its own signals": "os.kill(os.getpid(), 0)",
    "its limits": "resource.getrlimit(resource.RLIMIT_AS)",
}
SCRIPT = """
import ctypes, errno, json, os, resource, socket, sys, threading
from kg.engine.confine import confine, seal

def call(number):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, 0, 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "refused")

def tried(what):
    try:
        eval(what)
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"

assert confine(4 << 30) and seal()
found = {}
def all_of_them():
    found.update({name: tried(what) for name, what in json.loads(sys.argv[1]).items()})
# In a thread of its own: the block is that of every thread.
thread = threading.Thread(target=all_of_them)
thread.start()
thread.join()
print(json.dumps(found))
"""


@pytest.mark.skipif(
    sys.platform != "linux" or os.uname().machine != "x86_64", reason="NOT TESTED: the numbers are those of x86-64"
)
def test_a_worker_reads_and_computes_and_does_nothing_else() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(TRIED | ALLOWED)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    found = json.loads(done.stdout)
    assert {name: found[name] for name in TRIED} == dict.fromkeys(TRIED, "EPERM")
    assert {name: found[name] for name in ALLOWED} == dict.fromkeys(ALLOWED, "done")


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: /proc is Linux's")
def test_the_workers_of_a_pool_are_confined_so(sample_store: Path) -> None:
    with Pool(sample_store, Limits(workers=1, worker_memory=3 << 30)) as pool:
        assert pool.ready()
        pool.run(Question(text="ASK {}")).read()
        for worker in pool._lanes.all:
            proc = Path("/proc") / str(worker.process)
            told = dict(line.split(":\t", 1) for line in (proc / "status").read_text().splitlines() if ":\t" in line)
            assert told["Seccomp"].strip() == "2"
            assert told["NoNewPrivs"].strip() == "1"
            assert f"{3 << 30}" in (proc / "limits").read_text().partition("Max address space")[2].split("\n")[0]
            assert b"HOME" not in (proc / "environ").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: only Linux ends children with their parent")
def test_workers_end_with_whoever_started_them(sample_store: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from kg.config import Limits; from kg.engine.pool import Pool\n"
        "pool = Pool(Path(sys.argv[1]), Limits(workers=1)); pool.ready()\n"
        "print(*[worker.process for worker in pool._lanes.all], flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(sample_store)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        workers = [int(number) for number in owner.stdout.readline().split()]
        watched = [os.pidfd_open(number) for number in workers]
        owner.kill()
        owner.wait()
    import select

    for one in watched:
        poll = select.poll()
        poll.register(one, select.POLLIN)
        assert poll.poll(30_000), "a worker outlived its owner"
        os.close(one)


HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),  # what 64-bit ARM takes all its numbers from
}


@pytest.mark.parametrize("machine", HEADERS)
def test_the_numbers_of_the_calls_are_those_of_the_kernel(machine: str) -> None:
    if not HEADERS[machine].is_file():
        pytest.skip(f"NOT TESTED: the kernel's headers are not here: {HEADERS[machine]}")
    defined = re.findall(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[machine].read_text(), re.MULTILINE)
    kernel = {name: int(number) for name, number in defined}
    _, column = calls.MACHINES[machine]
    ours = {}
    for rows in (calls._BEFORE, calls._AFTER, calls._ASKED):
        ours.update(calls._numbers(rows, column))
    # A header may be older than the newest calls; it knows then no call of that number either.
    newest = max(kernel.values())
    assert {name: number for name, number in ours.items() if number <= newest} == {
        name: kernel.get(name) for name, number in ours.items() if number <= newest
    }
    missing = {name for name in calls._numbers(calls._BEFORE + calls._AFTER + calls._ASKED, 0) if name not in ours}
    assert not missing & set(kernel), "this machine has the call"
    assert len(ours) > 90
    assert confine._SECCOMP[machine] == kernel["seccomp"]


def test_every_machine_has_its_own_numbers_for_the_filter_itself() -> None:
    assert set(confine._SECCOMP) == set(calls.MACHINES)
    assert len({architecture for architecture, _ in calls.MACHINES.values()}) == len(calls.MACHINES)


@pytest.mark.parametrize("machine", ["riscv64", "armv7l", "i686", ""])
def test_on_a_machine_that_nobody_knows_nothing_is_said_to_be_blocked(machine: str) -> None:
    script = (
        "import platform, sys; platform.machine = lambda: sys.argv[1]\n"
        "from kg.engine.confine import confine, seal; print(confine(4 << 30), seal())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, machine], check=True, capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.stdout.split() == ["False", "False"]
