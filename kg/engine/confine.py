"""What a worker gives up: memory beyond a limit, sockets, other processes, and, once its store is open, writing.

The block is Linux's seccomp, on x86-64 and ARM64; :func:`confine` says whether it stands. It is there for the day on
which the engine itself is broken by a query: what runs then can read what the worker reads, and compute.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from typing import Final

from kg.engine import calls

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_UNKNOWN: Final = 0x00050000 | errno.ENOSYS
_X32: Final = 0x40000000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_NO_NEW_PRIVILEGES, _DEATH_SIGNAL, _NAME = 38, 1, 15
_SECCOMP: Final = {"x86_64": 317, "aarch64": 277}
_SET_FILTER, _ALL_THREADS = 1, 1
_THREAD: Final = 0x00010000  # CLONE_THREAD
_Step = tuple[int, int, int, int]


def confine(memory: int) -> bool:
    """Whether sockets and other processes are out of reach from now on; memory is limited wherever the platform can."""
    if resource is not None:
        _allow(resource.RLIMIT_AS, memory)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    machine = _machine()
    if machine is None:
        return False
    _, column = calls.MACHINES[machine]
    asked = calls.asked(column)
    steps = [step for call in calls.refused(column) for step in _if(call, _REFUSE)]
    # An abort sends its signal to the process itself; nobody else gets any.
    for name in ("kill", "tgkill"):
        steps += _judged(asked[name], 0, [(_EQUAL, 1, 0, os.getpid()), (_RETURN, 0, 0, _REFUSE)])
    # A thread of our own, not a process; the newer call hides its flags behind a pointer, so libraries use the older.
    steps += _judged(asked["clone"], 0, [(_ANY_BIT, 1, 0, _THREAD), (_RETURN, 0, 0, _REFUSE)])
    steps += _if(asked["clone3"], _UNKNOWN)
    # Limits may be read: the new one is no pointer then.
    steps += _judged(asked["prlimit64"], 2, [(_EQUAL, 1, 0, 0), (_RETURN, 0, 0, _REFUSE)])
    return _filter(machine, steps)


def limit_files(size: int) -> None:
    """Nothing; no file that is written from now on grows beyond this size, where the platform can limit it."""
    if resource is not None:
        # Without this, the first byte too many would end the process instead of raising an error.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _allow(resource.RLIMIT_FSIZE, size)


def _allow(what: int, most: int) -> None:
    """Nothing; from now on there is so much of it at most, and no more than there was before."""
    _, hardest = resource.getrlimit(what)
    most = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
    resource.setrlimit(what, (most, most))


def seal() -> bool:
    """Whether no file can be changed from now on, by any thread; what is open for reading stays so."""
    machine = _machine()
    if machine is None:
        return False
    _, column = calls.MACHINES[machine]
    asked = calls.asked(column)
    steps = [step for call in calls.writing(column) for step in _if(call, _REFUSE)]
    flags = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
    for name, argument in (("open", 1), ("openat", 2)):
        if name in asked:
            steps += _judged(asked[name], argument, [(_ANY_BIT, 0, 1, flags), (_RETURN, 0, 0, _REFUSE)])
    steps += _if(asked["openat2"], _UNKNOWN)
    return _filter(machine, steps)


def die_with(parent: int) -> None:
    """Nothing; this process ends when its parent does, where the platform can."""
    if sys.platform == "linux":
        _control(_DEATH_SIGNAL, 9)
        if os.getppid() != parent:
            os._exit(1)


def be_called(name: str) -> None:
    """Nothing; in the system's table of processes this one has a name of its own, where the platform can."""
    if sys.platform == "linux":
        told = ctypes.create_string_buffer(name.encode())
        _control(_NAME, ctypes.addressof(told))


def _machine() -> str | None:
    machine = platform.machine()
    return machine if sys.platform == "linux" and machine in calls.MACHINES else None


def _if(call: int, answer: int) -> list[_Step]:
    return [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, answer)]


def _judged(call: int, argument: int, steps: list[_Step]) -> list[_Step]:
    """What happens to a call by the lower half of one of its arguments; its number is at hand again afterwards."""
    inner = [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument), *steps, (_LOAD, 0, 0, _NUMBER)]
    return [(_EQUAL, 0, len(inner), call), *inner]


def _filter(machine: str, steps: list[_Step]) -> bool:
    architecture, _ = calls.MACHINES[machine]
    head = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _REFUSE)]
    head += [(_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _REFUSE)]
    program = [*head, *steps, (_RETURN, 0, 0, _ALLOW)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    told = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(code)))
    if _control(_NO_NEW_PRIVILEGES, 1) != 0:
        return False
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.argtypes = [ctypes.c_long, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_void_p]
    return int(call(_SECCOMP[machine], _SET_FILTER, _ALL_THREADS, ctypes.addressof(told))) == 0


def _control(option: int, value: int) -> int:
    control = ctypes.CDLL(None, use_errno=True).prctl
    control.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return int(control(option, value, 0, 0, 0))
