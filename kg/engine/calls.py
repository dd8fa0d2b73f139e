"""The system calls that a worker is refused, by their numbers on the processors that we know (the kernel's tables).

A worker reads files that are there, computes, and talks over one line that it was given: what a call of another kind
could be good for stands at the head of its row.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Number on x86-64, number on ARM64 (-1: it has no such call); read row by row.
_BEFORE: Final = """
network: socket 41 198, socketpair 53 199, connect 42 203, bind 49 200, listen 50 201, accept 43 202, accept4 288 242
programs: fork 57 -1, vfork 58 -1, execve 59 221, execveat 322 281
other processes: ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271, process_madvise 440 440,
 pidfd_open 434 434, pidfd_getfd 438 438, pidfd_send_signal 424 424, tkill 200 130, rt_sigqueueinfo 129 138,
 rt_tgsigqueueinfo 297 240, shmget 29 194, shmat 30 196, semget 64 190, msgget 68 186, mq_open 240 180
ways around: io_uring_setup 425 425, io_uring_enter 426 426, io_uring_register 427 427, bpf 321 280,
 perf_event_open 298 241, userfaultfd 323 282, memfd_create 319 279, memfd_secret 447 447, personality 135 92
limits and rank: setrlimit 160 164, setpriority 141 140, sched_setscheduler 144 119, sched_setparam 142 118,
 sched_setattr 314 274, sched_setaffinity 203 122, ioprio_set 251 30, migrate_pages 256 238, move_pages 279 239,
 setuid 105 146, setgid 106 144, setreuid 113 145, setregid 114 143, setresuid 117 147, setresgid 119 149,
 setgroups 116 159, capset 126 91
the machine: mount 165 40, umount2 166 39, pivot_root 155 41, chroot 161 51, setns 308 268, unshare 272 97,
 move_mount 429 429, open_tree 428 428, fsopen 430 430, open_by_handle_at 304 265, name_to_handle_at 303 264,
 keyctl 250 219, add_key 248 217, request_key 249 218, init_module 175 105, finit_module 313 273,
 delete_module 176 106, kexec_load 246 104, kexec_file_load 320 294, reboot 169 142, swapon 167 224, swapoff 168 225,
 acct 163 89, quotactl 179 60, settimeofday 164 170, clock_settime 227 112, adjtimex 159 171, clock_adjtime 305 266,
 sethostname 170 161, setdomainname 171 162, syslog 103 116, fanotify_init 300 262, inotify_init 253 -1,
 inotify_init1 294 26, iopl 172 -1, ioperm 173 -1
"""
_AFTER: Final = """
files: creat 85 -1, unlink 87 -1, unlinkat 263 35, rename 82 -1, renameat 264 38, renameat2 316 276, link 86 -1,
 linkat 265 37, symlink 88 -1, symlinkat 266 36, mkdir 83 -1, mkdirat 258 34, rmdir 84 -1, mknod 133 -1,
 mknodat 259 33, truncate 76 45, ftruncate 77 46, fallocate 285 47, chmod 90 -1, fchmod 91 52, fchmodat 268 53,
 fchmodat2 452 452, chown 92 -1, fchown 93 55, lchown 94 -1, fchownat 260 54, setxattr 188 5, lsetxattr 189 6,
 fsetxattr 190 7, removexattr 197 14, lremovexattr 198 15, fremovexattr 199 16, utime 132 -1, utimes 235 -1,
 utimensat 280 88, futimesat 261 -1
"""
# These are judged by their arguments, or have another way that libraries fall back to.
_ASKED: Final = """
asked: kill 62 129, tgkill 234 131, clone 56 220, clone3 435 435, prlimit64 302 261, open 2 -1, openat 257 56,
 openat2 437 437
"""
MACHINES: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}  # its name for the kernel's audit, and its column above
)


def refused(column: int) -> tuple[int, ...]:
    """The calls that a worker never makes."""
    return tuple(_numbers(_BEFORE, column).values())


def writing(column: int) -> tuple[int, ...]:
    """The calls that change files: refused once the store is open."""
    return tuple(_numbers(_AFTER, column).values())


def asked(column: int) -> Mapping[str, int]:
    """The calls that are refused for some arguments only, by name."""
    return _numbers(_ASKED, column)


def _numbers(rows: str, column: int) -> dict[str, int]:
    calls = [call.split(":")[-1].split() for row in rows.split("\n") for call in row.split(",") if call.split()]
    found = {name: int(numbers[column]) for name, *numbers in calls}
    return {name: number for name, number in found.items() if number >= 0}
