"""What a worker gives up before its first query: memory beyond a limit, new sockets, other programs.

The network block is Linux's seccomp, on x86-64 and ARM64; :func:`confine` says whether it stands.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from typing import Final

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

# machine: (AUDIT_ARCH, socket, socketpair, connect, execve, execveat, io_uring_setup), from the kernel's tables
_CALLS: Final = {
    "x86_64": (0xC000003E, 41, 53, 42, 59, 322, 425),
    "aarch64": (0xC00000B7, 198, 199, 203, 221, 281, 425),
}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_X32: Final = 0x40000000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


def confine(memory: int) -> bool:
    """Whether sockets are blocked from now on; memory is limited wherever the platform can."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return sys.platform == "linux" and platform.machine() in _CALLS and _block(*_CALLS[platform.machine()])


def _block(architecture: int, *calls: int) -> bool:
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _REFUSE), (_LOAD, 0, 0, 0)]
    steps += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _REFUSE)]
    for call in calls:
        steps += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, _REFUSE)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    control = ctypes.CDLL(None, use_errno=True).prctl
    control.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    if control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return int(control(_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0)) == 0
