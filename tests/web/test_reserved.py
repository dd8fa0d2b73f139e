"""Threads that no query may hold: whoever looks after the server is answered."""

from __future__ import annotations

import os
import threading
import urllib.request

import pytest
from flask.testing import FlaskClient

from kg.config import Limits
from kg.web.listen import listening
from kg.web.site import KEY


def test_who_asks_whether_it_lives_is_answered_when_all_threads_are_taken(client: FlaskClient) -> None:
    with listening(client.application, "127.0.0.1", 0, Limits()) as (address, run):
        for server in run._servers:
            server.task_dispatcher.set_thread_count(0)
        loop = threading.Thread(target=run, args=(5,))
        loop.start()
        try:
            for path in ("livez", "healthz"):
                with urllib.request.urlopen(f"{address}{path}", timeout=60) as answer:
                    assert answer.status == 200
        finally:
            run.leave()
            loop.join(30)
            client.application.extensions[KEY].desk.left = None


def test_a_thread_that_answers_after_the_end_wakes_nobody(client: FlaskClient) -> None:
    with listening(client.application, "127.0.0.1", 0, Limits()) as (_, run):
        servers = run._servers
    others, theirs = os.pipe()  # they have the numbers of what the servers closed
    os.set_blocking(others, False)
    for server in servers:
        server.pull_trigger()
    with pytest.raises(BlockingIOError):
        os.read(others, 1)
    for number in (others, theirs):
        os.close(number)
