"""The table of cases asked of another server: ``python -m tests.web.protocol.against http://127.0.0.1:7878/``.

It asks at ``/query`` and ``/store``, where Oxigraph's own server answers, and prints each case that is answered
otherwise than by ours, with what the table notes of it. Load it first with what :func:`write_data` writes:
``--write FILE`` writes those N-Quads.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph as ox

from tests.web.protocol.cases import CASES, Case
from tests.web.protocol.test_table import SAMPLE, named_graphs, told


def write_data(target: Path) -> None:
    quads = [*ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE), *named_graphs()]
    ox.serialize(quads, target, format=ox.RdfFormat.N_QUADS)


def differences(address: str, case: Case) -> list[str]:
    """What the server at this address answers otherwise than ours does: status, headers, body."""
    request = case.request.replace(b"/sparql", b"/query", 1)
    try:
        status, response, body = told(address, request, request.partition(b" ")[0].decode("latin-1"))
    except (OSError, ValueError) as error:
        return [f"0 {type(error).__name__}"]
    found = [str(status)] if status != case.status else []
    if status == case.status and status < 400:
        for name, expected in case.headers.items():
            given = response.getheader(name)
            if (given is None) if expected is ... else given != expected:
                found.append(f"{name}: {given}")
        if case.body not in body:
            found.append("another body")
    return found


def main() -> None:
    if sys.argv[1] == "--write":
        write_data(Path(sys.argv[2]))
        return
    same = 0
    for case in CASES:
        found = differences(sys.argv[1], case)
        same += not found
        if found:
            noted = f"{case.native[0]}: {case.native[1]}" if case.native else "NOT NOTED"
            print(f"{case} | ours {case.status} | {'; '.join(found)} | {noted}")
        elif case.native and case.native[0] != case.status:
            print(f"{case} | alike, NOTED as {case.native[0]}")
    print(f"{same} of {len(CASES)} alike")


if __name__ == "__main__":
    main()
