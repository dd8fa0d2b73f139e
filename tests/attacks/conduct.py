"""What clients do besides asking; each gives the answers that are to be judged."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from tests.attacks.attack import Answer, Attack, ask, connect, parsed, read
from tests.attacks.target import Target

Conduct = Callable[[Target, Attack], list[Answer]]
# A request has thirty seconds to come.
_UNTIL_GIVEN_UP = 20
_MORE = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: here\r\n\r\n" * 5


def once(target: Target, attack: Attack) -> list[Answer]:
    """Ask, wait, read; where it shall be tried again, try again."""
    for _ in range(10):
        answer = ask(target.address, attack.request())
        if not answer.says_try_again:
            break
        time.sleep(1)
    return [answer]


def _until_it_runs(target: Target, more: int) -> None:
    """Wait until so many workers have been added: queries are at work in the slow lane."""
    ended = time.monotonic() + 30
    while target.workers() < target.quick + more:
        assert time.monotonic() < ended, "no query is at work: there is nothing to hang up on"
        time.sleep(0.01)


def hang_up(target: Target, attack: Attack) -> list[Answer]:
    """Close the line in the middle of the work: it ends long before its deadline."""
    with connect(target.address) as line:
        line.sendall(attack.request())
        _until_it_runs(target, 1)
    target.come_to_rest(20)
    return []


def hang_up_with_more_behind(target: Target, attack: Attack) -> list[Answer]:
    """The same, with bytes on the line that the server has not read."""
    with connect(target.address) as line:
        line.sendall(attack.request().replace(b"Connection: close\r\n", b"") + _MORE)
        _until_it_runs(target, 1)
    target.come_to_rest(20)
    return []


def break_off(target: Target, attack: Attack) -> list[Answer]:
    """Reset the line in the middle of the work."""
    with connect(target.address) as line:
        line.sendall(attack.request())
        _until_it_runs(target, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    target.come_to_rest(20)
    return []


def hang_up_forty_at_once(target: Target, attack: Attack) -> list[Answer]:
    """Forty lines, closed in the middle of the work of some and before that of the others."""
    with ExitStack() as lines:
        for turn in range(40):
            lines.enter_context(connect(target.address)).sendall(attack.request(turn))
        _until_it_runs(target, target.slow)
        target.probe()
    target.come_to_rest(20)
    return []


def hang_up_soon(target: Target, attack: Attack) -> list[Answer]:
    """Wait a moment for an answer, then leave."""
    with connect(target.address, 1) as line:
        line.sendall(attack.request())
        return [read(line)]


def _stingy(target: Target) -> socket.socket:
    line = connect(target.address)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    return line


def read_nothing(target: Target, attack: Attack) -> list[Answer]:
    """Twenty clients who ask for much and do not read it; others are answered meanwhile."""
    with ExitStack() as lines:
        crowd = [lines.enter_context(_stingy(target)) for _ in range(20)]
        for line in crowd:
            line.sendall(attack.request())
        begun = [line.recv(15) for line in crowd]
        target.probe()
        assert target.workers() <= target.quick + target.slow
    statuses = {parsed(one).status for one in begun}
    assert 200 in statuses, "no large answer was begun"
    return [Answer(status=status, head="", body=b"") for status in statuses if status != 503]


def read_slowly(target: Target, attack: Attack) -> list[Answer]:
    """A few bytes at a time."""
    with _stingy(target) as line:
        line.sendall(attack.request())
        begun = b"".join(_slowly(line) for _ in range(40))
        target.probe()
    return [Answer(status=parsed(begun).status, head="", body=b"")]


def _slowly(line: socket.socket) -> bytes:
    time.sleep(0.01)
    return line.recv(7)


def wait(target: Target, attack: Attack) -> list[Answer]:
    """Two hundred lines that begin and say no more."""
    with ExitStack() as lines:
        for _ in range(200):
            lines.enter_context(connect(target.address)).sendall(attack.request())
        assert target.probe() < _UNTIL_GIVEN_UP, "others waited until these were given up"
    return []


def send_slowly(target: Target, attack: Attack) -> list[Answer]:
    """Letter by letter."""
    with connect(target.address, 5) as line:
        for byte in attack.request():
            line.sendall(bytes([byte]))
            time.sleep(0.002)
        answer = read(line) if b"Connection: close" in attack.request() else parsed(line.recv(1 << 16))
    return [answer]


def read_all(target: Target, attack: Attack) -> list[Answer]:
    """Every answer of many on one line."""
    with connect(target.address) as line, contextlib.suppress(ConnectionError):
        line.sendall(attack.request())
        answer = read(line)
    assert answer.body.count(b"HTTP/1.1 200") == attack.request().count(b"GET /sparql") - 1
    return [answer]


def _crowd(number: int) -> Conduct:
    def at_once(target: Target, attack: Attack) -> list[Answer]:
        with ThreadPoolExecutor(number) as crowd:
            turns = [crowd.submit(ask, target.address, attack.request(turn)) for turn in range(1, number + 1)]
            target.probe()
            answers = [turn.result() for turn in turns]
        # Where they may be answered as well, they may have been so quick that none met another.
        assert 429 not in attack.status or not {200, 429}.isdisjoint(answer.status for answer in answers)
        refused = [answer for answer in answers if answer.status != 504]
        return refused if attack.holds else answers

    return at_once


def poison(target: Target, attack: Attack) -> list[Answer]:
    """Ask; then somebody else asks something similar, again and again; ask once more: it is the same answer."""
    clean = _once_it_can_be_answered(target, attack)
    for _ in range(3):
        with connect(target.address) as line:
            line.sendall(attack.earlier())
            # The line may stay open after the answer.
            line.recv(1 << 18)
    again = _once_it_can_be_answered(target, attack)
    assert (_without_date(again.head), again.body) == (_without_date(clean.head), clean.body)
    return [again]


def _once_it_can_be_answered(target: Target, attack: Attack) -> Answer:
    """The answer; a busy server is asked again for a while."""
    answer = ask(target.address, attack.request())
    for _ in range(60):
        if answer.status != 503:
            break
        time.sleep(1)
        answer = ask(target.address, attack.request())
    return answer


def _without_date(head: str) -> str:
    return "\n".join(line for line in head.split("\r\n") if not line.startswith("Date: "))


def ask_with_another_tag(target: Target, attack: Attack) -> list[Answer]:
    """Ask something else; then ask, and say that its answer is known by its tag."""
    other = ask(target.address, attack.earlier())
    tag = re.search(r"(?im)^etag: (.*?)\r?$", other.head)
    assert tag is not None
    line = f"\r\nIf-None-Match: {tag[1]}\r\n\r\n".encode()
    return [ask(target.address, attack.request().removesuffix(b"\r\n\r\n") + line)]


def then_read_metrics(target: Target, attack: Attack) -> list[Answer]:
    """Ask; what is judged is what operators read afterwards."""
    with connect(target.address) as line, contextlib.suppress(ConnectionError):
        line.sendall(attack.request())
        read(line)
    return [ask(target.address, b"GET /metrics HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")]


CONDUCTS: Mapping[str | None, Conduct] = {
    None: once,
    "hang up": hang_up,
    "hang up with more behind": hang_up_with_more_behind,
    "break off": break_off,
    "hang up, forty at once": hang_up_forty_at_once,
    "hang up soon": hang_up_soon,
    "read nothing, twenty at once": read_nothing,
    "read slowly": read_slowly,
    "wait, two hundred at once": wait,
    "send slowly": send_slowly,
    "read all": read_all,
    "poison": poison,
    "ask with the tag of the one before": ask_with_another_tag,
    "then read the metrics": then_read_metrics,
    "a dozen at once": _crowd(24),
    "forty at once": _crowd(40),
}
