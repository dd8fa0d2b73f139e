"""A disk without room: the write is refused with its reason, reading goes on, and writing too once there is room."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.store.generation import current, publish, verify

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-that-nobody-guesses"
pytestmark = [pytest.mark.server, pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for a small disk")]

# In a process of its own: the limit, or the disk, is its whole world.
_TRY = """
import resource, sys, tempfile
from pathlib import Path
from kg.config import Limits
from kg.engine.answer import Question
from kg.engine.pool import Pool
from kg.engine.writer import Writer
from kg.engine.written import StoreFull, Syntax, Upload
from kg.store.generation import current, publish, verify

root, limited = Path(sys.argv[1]), sys.argv[2] == "limited"
limits = Limits(workers=1, update_seconds=30)
ballast = root.parent / "ballast"
ballast.write_bytes(bytes(8_000_000))
publish(root, [])
text = "".join(f'<a:s{n}> <a:p> "{n:0200}" .\\n' for n in range(40_000))
document = Path(sys.argv[3]) / "large.ttl"
document.write_text(text)
if limited:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
with Writer(root, limits) as writer, Pool(root, limits) as pool:
    def count():
        return pool.run(Question(text="SELECT * { GRAPH ?g { ?s ?p ?o } }", format=None)).read().count(b'"s":')
    writer.update("INSERT DATA { GRAPH <a:mine> { <a:x> <a:y> 1 } }")
    assert count() == 1
    parts = "".join(f'<a:s{n}> <a:p> "{n:0200}" .' for n in range(8_000))
    refused = 0
    for number in range(20):
        try:
            writer.update(f"INSERT DATA {{ GRAPH <a:large{number}> {{ {parts} }} }}")
        except StoreFull as error:
            refused += 1
            assert "full" in str(error), error
            break
    assert refused, "the disk never was full"
    try:
        writer.put("a:upload", Upload(file=document, syntax=Syntax.TURTLE, base="a:b"))
    except StoreFull:
        pass
    else:
        raise SystemExit("forty thousand triples found room where eight thousand did not")
    seen = count()
    assert seen == 1 + 8_000 * number, (seen, number)
    ballast.unlink()
    writer.update("INSERT DATA { GRAPH <a:mine> { <a:x> <a:y> 2 } }")
    assert count() == seen + 1
    verify(current(root))
    assert not list((root / "generations").glob("*.part"))
print("sound")
"""


def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    done = run([], tmp_path / "store", "limited", tmp_path)
    assert done.stdout.endswith("sound\n"), done.stderr


def test_a_disk_without_room_is_told_and_reading_goes_on(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    within = ["unshare", "-Urm", "sh", "-c", f'mount -t tmpfs -o size=32m none {disk} && exec "$@"', "sh"]
    if subprocess.run([*within, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this platform gives nobody a disk of his own")
    done = run(within, disk / "store", "small", tmp_path)
    assert done.stdout.endswith("sound\n"), done.stderr


def test_a_body_that_finds_no_room_on_its_way_in_is_told_so(tmp_path: Path) -> None:
    publish(tmp_path / "store", [])
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000)); from kg.cli import main; "
    command = [sys.executable, "-c", f"{limit} main()", "serve", "--update", "--workers", "1", "--port", "0"]
    environment = {"PATH": "/usr/bin:/bin", "KG_TOKEN": TOKEN}
    with subprocess.Popen(
        [*command, "--store", str(tmp_path / "store")], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://([^/]+)/", server.stdout.readline())
            assert found
            status, told = put(found[1], b"<a:s> <a:p> 1 .\n" * 100_000)
            assert status == 507
            assert b"the disk is full" in told
            assert put(found[1], b"<a:s> <a:p> 1 .\n")[0] == 201
        finally:
            server.terminate()


def put(address: str, document: bytes) -> tuple[int, bytes]:
    line = http.client.HTTPConnection(address, timeout=60)
    try:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
        line.request("PUT", "/store?graph=a:g", document, headers)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def run(within: list[str], store: Path, how: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [*within, sys.executable, "-c", _TRY, str(store), how, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)


@pytest.mark.parametrize("room", [20_000, 1_000_000, 2_500_000])
def test_a_build_that_finds_no_room_says_so_and_the_graph_before_it_stays(tmp_path: Path, room: int) -> None:
    root, sheet = tmp_path / "store", ROOT / "tests" / "sheets" / "lake_summit.toml"
    before = publish(root, [])
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room})); from kg.cli import main; "
    command = [sys.executable, "-c", f"{limit} main()", "build", str(sheet), "--store", str(root)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 1, done.stderr
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert current(root) == before
    verify(before)
    assert [entry.name for entry in (root / "generations").iterdir()] == [str(before.number)]
    assert not list(root.glob("build.*"))
