"""What all connections of a server share: the answers that are known, the counts, the journal, and when it closes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.web.journal import Entry, Journal
from kg.web.recall import Recall
from kg.web.tally import Tally

# What the view and what was asked stand under in the environment of a request, for those who write the journal.
VIEW: Final = "kg.view"
QUERY: Final = "kg.query"
NOWHERE: Final = "nowhere"
# That the answer may be another one for the next who asks the same of the same generation.
PASSING: Final = "kg.passing"
# The query of the request, where it is on its way to a worker already, or its answer.
SENT: Final = "kg.sent"


@dataclass(slots=True, kw_only=True)
class Desk:
    """The desk; ``left`` is when the server was told to leave, by ``time.monotonic``."""

    recall: Recall
    tally: Tally = field(default_factory=Tally)
    journal: Journal | None = None
    left: float | None = None

    def tell(self, entry: Entry, address: str, *, is_counted: bool) -> None:
        """Nothing; the answer is in the journal and, where the app has not counted it, in the tally.

        ``address`` is where the connection comes from.
        """
        if not is_counted:
            self.tally.add(entry.view, entry.status, entry.seconds)
        if self.journal is not None:
            self.journal.write(entry, address)
