"""The items of a build given out to the workers of a Dask cluster, and their answers in the order of the items.

Every task is meant for one worker, which was asked by which rules it reads, so that who is lost, comes later or reads
by other rules is known here by name. Of the items only so many are out, or have been answered before their turn.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from kg.cluster import hired
from kg.cluster.order import Order
from kg.cluster.pieces import Batch, Piece, batches_of
from kg.errors import ClusterError
from kg.ledger.heard import Answer, Asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from distributed import Client, Future

_AHEAD: Final = 6  # batches that are out or wait for their turn, for each thread of a worker
_OUT: Final = 2  # batches that a thread has, one of which it reads
_LOOK: Final = 1.0  # seconds between looks at who is there
_PATIENCE: Final = 60.0  # seconds without any worker
_LONGEST: Final = 30.0  # seconds in which a result that is there has come
_GREETING: Final = 10  # seconds for a scheduler to answer
_GO_ON: Final = "what was read is in the ledger, and 'kg build --resume' goes on from there"


@dataclass(slots=True, eq=False)
class _Hand:
    """A worker: how many threads it has, and what it reads; ``is_ready`` once it has said by which rules."""

    places: int
    asked: Future[Any]
    is_ready: bool = False
    out: dict[Piece, Future[Any]] = field(default_factory=dict)

    @property
    def load(self) -> float:
        """How many batches each of its threads has."""
        return len(self.out) / self.places


@dataclass(slots=True, eq=False)
class Foreman:
    """Who gives out the items of one build; ``tell`` says what becomes of the workers."""

    client: Client
    order: Order
    tell: Callable[[str], None]
    hands: dict[str, _Hand] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    waiting: deque[Piece] = field(default_factory=deque)
    events: SimpleQueue[tuple[str, Piece | None, Future[Any]]] = field(default_factory=SimpleQueue)
    looked: float = 0.0
    alone_since: float | None = None

    def results(self, asked: Iterable[Asked]) -> Iterator[tuple[Asked, Answer | None]]:
        """What was asked for, each with its answer, in its order; ``None`` with what is known already.

        Raises:
            ClusterError: the scheduler is gone, or no worker is there.
        """
        batches, line = batches_of(asked), deque[Batch]()
        while True:
            most = max(1, sum(hand.places for hand in self.hands.values())) * _AHEAD
            for batch in islice(batches, max(0, most - len(line))):
                line.append(batch)
                self.waiting.extend(batch.pieces())
            if not line:
                return
            if line[0].is_answered:
                yield from line.popleft().told()
                continue
            self._give_out()
            self._wait()

    def dismiss(self) -> None:
        """Nothing; no worker has anything more to do with this build."""
        gone = [future for hand in self.hands.values() for future in (hand.asked, *hand.out.values())]
        with suppress(Exception):  # whoever is gone needs no word
            self.client.cancel(gone, force=True)
            self.client.run(hired.dismiss, self.order.name, on_error="ignore")

    def _give_out(self) -> None:
        ready = {address: hand for address, hand in self.hands.items() if hand.is_ready}
        while self.waiting and ready:
            address, hand = min(ready.items(), key=lambda one: one[1].load)
            if hand.load >= _OUT:
                return
            piece = self.waiting.popleft()
            hand.out[piece] = self._ask(address, piece, hired.read, self.order.name, piece.items)

    def _ask(self, address: str, piece: Piece | None, work: Callable[..., Any], *told: Any) -> Future[Any]:
        """What a worker will say; an event tells when it has."""
        future = self.client.submit(work, *told, workers=[address], allow_other_workers=False, pure=False, retries=0)
        future.add_done_callback(lambda done: self.events.put((address, piece, done)))
        return future

    def _wait(self) -> None:
        """Something has happened, or a moment has gone by."""
        if time.monotonic() - self.looked > _LOOK:
            self._look()
        with suppress(Empty):
            address, piece, future = self.events.get(timeout=_LOOK)
            hand = self.hands.get(address)
            if hand is None:
                return
            if piece is None and future is hand.asked:
                self._begin(address, hand, future)
            elif piece is not None and hand.out.get(piece) is future:
                self._take(address, hand, piece, future)

    def _look(self) -> None:
        """Who is gone has lost what it had; who is new is asked by which rules it reads."""
        self.looked = time.monotonic()
        try:
            there: Mapping[str, int] = self.client.nthreads()
        except Exception as error:
            raise ClusterError(f"the scheduler does not answer any more; {_GO_ON}") from error
        for address in self.hands.keys() - there.keys():
            self.tell(f"the worker {address} is lost")
            self._lose(self.hands.pop(address))
        for address in sorted(there.keys() - self.hands.keys() - self.refused.keys()):
            asked = self._ask(address, None, hired.hire, self.order.name, self.order.worlds)
            self.hands[address] = _Hand(places=max(1, there[address]), asked=asked)
        self._count_hands()

    def _count_hands(self) -> None:
        """Nothing while somebody is there.

        Raises:
            ClusterError: nobody is, and has been for too long, or all who are read by other rules.
        """
        if self.hands:
            self.alone_since = None
            return
        now = time.monotonic()
        self.alone_since = self.alone_since or now
        if self.refused or now - self.alone_since > _PATIENCE:
            told = "none of the workers can read for this build" if self.refused else "no worker has come for a minute"
            raise ClusterError(f"{told}; {_GO_ON}")

    def _begin(self, address: str, hand: _Hand, future: Future[Any]) -> None:
        """The worker reads from now on, if it reads as we do."""
        try:
            reason = _difference(self.order.rules, future.result(timeout=_LONGEST))
        except Exception as error:  # noqa: BLE001  # whatever keeps it from reading
            reason = f"it cannot read: {' '.join(f'{type(error).__name__}: {error}'.split())[:300]}"
        if reason is None:
            hand.is_ready = True
            return
        self.refused[address] = reason
        self.tell(f"the worker {address} is left out: {reason}")
        self._lose(self.hands.pop(address))
        self._count_hands()

    def _take(self, address: str, hand: _Hand, piece: Piece, future: Future[Any]) -> None:
        """A worker has read a piece, or it could not."""
        try:
            told = future.result(timeout=_LONGEST)
        except hired.NotHired:
            # It has begun anew under its old address.
            self.tell(f"the worker {address} is lost")
            self._lose(self.hands.pop(address))
        except Exception:  # noqa: BLE001  # whatever became of it, somebody else tries
            del hand.out[piece]
            self.waiting.extendleft(reversed(piece.lost()))
        else:
            del hand.out[piece]
            piece.take(Answer(list(lines), is_sure) for lines, is_sure in told)

    def _lose(self, hand: _Hand) -> None:
        for piece in reversed(hand.out):
            self.waiting.extendleft(reversed(piece.lost()))


def _difference(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str | None:
    """In what the rules of a worker are others than ours; ``None`` where they are the same."""
    for name, mine in ours.items():
        if (other := theirs.get(name)) != mine:
            if name == "code and words":
                return "the code or the words of its diplomacy-kg are not those of this one"
            return f"it has {name} {other}, and here is {mine}"
    return None


@contextmanager
def foreman(address: str, order: Order, tell: Callable[[str], None]) -> Iterator[Foreman]:
    """Somebody who gives out items to the workers of the scheduler at this address.

    Raises:
        ClusterError: it cannot be reached.
    """
    import dask
    from distributed import Client

    # Whole files go out, and some are large: that is meant.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GiB"}):
        try:
            # A client that fails to begin ends with noise, much later.
            asyncio.run(_greet(address))
            client = Client(address, timeout=_GREETING, set_as_default=False)
        except Exception as error:
            told = " ".join(str(error).split())[:300]
            raise ClusterError(f"no scheduler of Dask can be reached at {address}: {told}") from error
        try:
            chief = Foreman(client, order, tell)
            try:
                yield chief
            finally:
                chief.dismiss()
        finally:
            client.close(timeout=_GREETING)


async def _greet(address: str) -> None:
    """Nothing; somebody takes our connection, with the keys that Dask's own settings name."""
    from distributed.comm.core import connect
    from distributed.security import Security

    greeting = await connect(address, timeout=_GREETING, **Security().get_connection_args("client"))
    await greeting.close()
