"""A request as it arrives at the desk: what goes with it, and that it is turned away once the server is leaving."""

from __future__ import annotations

from waitress.utilities import Error

from kg.engine.begun import Ready, Sent
from kg.web.connections import Channel, Coming
from kg.web.plain import Plain


class Leaving(Error):  # type: ignore[misc]  # waitress has no types
    """A request that came when the server was told to stop."""

    code = 503
    reason = "Service Unavailable"
    told = "the server is being stopped"


class Turned(Coming):
    """A request as it arrives; turned away while the server is leaving.

    With it goes its query, where that is with a worker already, or its answer: not with the connection, on which the
    next request may be under way before the thread of this one has ended.
    """

    sent: Sent | Ready | None = None
    # What it asks, where that is known to be a plain query.
    plain: Plain | None = None

    def again(self, channel: Channel | None) -> Turned:
        """The same request, read and found in order, on this connection."""
        other = object.__new__(type(self))
        # Quicker than copy.copy.
        other.__dict__.update(self.__dict__, channel=channel, headers=dict(self.headers), sent=None)
        return other

    def take(self) -> Sent | Ready | None:
        """What goes with it; whoever takes it finishes or drops it."""
        taken, self.sent = self.sent, None
        return taken

    def _fault(self) -> Error | None:
        found = super()._fault()
        return Leaving("the server is being stopped") if found is None and self.adj.desk.left is not None else found
