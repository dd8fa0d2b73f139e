"""How a server runs, and how it stops: nobody new is let in, those that are being answered are waited for."""

from __future__ import annotations

import time
from typing import Any, Final

from waitress import wasyncore

from kg.web.desk import Desk
from kg.web.direct import Direct

_LOOK_SECONDS: Final = 1.0


class Run:
    """The loop of a server's sockets; ``leave`` may be called by a signal handler."""

    def __init__(self, sockets: dict[int, Any], desk: Desk, direct: Direct) -> None:
        """Not running."""
        self._sockets = sockets
        self._desk = desk
        self._direct = direct
        self._servers = [one for one in sockets.values() if hasattr(one, "active_channels")]

    def leave(self) -> None:
        """Nothing; from now on no request is taken."""
        if self._desk.left is None:
            self._desk.left = time.monotonic()
            for server in self._servers:
                server.pull_trigger()

    def __call__(self, seconds: float) -> bool:
        """Whether all were answered who had been let in; it ends so many seconds after :meth:`leave`, or before."""
        while self._desk.left is None:
            self._look(_LOOK_SECONDS)
        for server in self._servers:
            server.accepting = False
            server.del_channel()
            server.socket.close()
        end = self._desk.left + seconds
        while (left := end - time.monotonic()) > 0 and not self._is_empty():
            self._look(min(left, _LOOK_SECONDS))
        return self._is_empty()

    def _look(self, seconds: float) -> None:
        seconds = self._direct.seconds_to_wait(seconds)
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._sockets, count=1)
        self._direct.look()

    def _is_empty(self) -> bool:
        """Whether nobody is connected any more; those who only hold their line are let go."""
        channels = [channel for server in self._servers for channel in list(server.active_channels.values())]
        for channel in channels:
            if channel.is_idle:
                channel.handle_close()
        return not any(server.active_channels for server in self._servers)
