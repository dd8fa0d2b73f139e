"""The benchmark runs; how fast is no matter of a test."""

import re
import subprocess
import sys
from pathlib import Path

from kg.extract.lexicon import load_lexicon
from tests.bench.corpus import generate
from tests.bench.repeating import Sample, repeat

ROOT = Path(__file__).parents[2]
REPORT = (
    "LIMA, May 28, 2025 - Peruvian President Juan Horvat met Chilean Foreign Minister Anna Novak on Wednesday 28 May.\n"
    "Horvat last met Novak on 2 June 2011; they are to meet again on Jan. 5.\n"
)


def test_the_benchmark_prints_its_figures():
    command = [sys.executable, "-m", "tests.bench", "--articles", "20", "--profile", "--top", "5"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    for figure in ("articles/s", "MB/s", r"mapping \+ loading: [\d,]+ quads/s", "of it", "peak memory", "tottime"):
        assert re.search(figure, done.stdout), figure


def test_the_benchmark_of_extraction_prints_its_figures():
    command = [sys.executable, "-m", "tests.bench.extraction", "--articles", "3", "--rounds", "1"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    for figure in ("3 articles of [345]", r"extraction: [\d,]+ articles/s, .* MB/s", "peak memory", "spaCy"):
        assert re.search(figure, done.stdout), figure


def test_a_copy_is_another_event_on_the_same_weekday():
    sample = Sample(name="a.txt", text=REPORT, year=2025, people=("Juan Horvat", "Anna Novak"))
    (_, first), (_, second), (_, third) = repeat([sample], 3, load_lexicon().world)
    assert first == REPORT
    assert "LIMA, June 4, 2025" in second
    assert "Wednesday 4 June" in second
    assert "2 June 2011" in second
    assert "Jan. 12" in second
    for name in ("Horvat", "Novak", "Peruvian", "Chilean"):
        assert name not in second
        assert name not in third
    assert second != third


def test_the_copies_are_the_same_every_time():
    sample = Sample(name="a.txt", text=REPORT, year=2025, people=("Juan Horvat",))
    world = load_lexicon().world
    assert list(repeat([sample], 4, world)) == list(repeat([sample], 4, world))


def test_a_generated_corpus_is_the_same_every_time_and_goes_on_where_a_shorter_one_ends():
    world = load_lexicon().world
    texts = list(generate(world, 60))
    assert texts == list(generate(world, 90))[:60]
    assert texts != list(generate(world, 60, seed=2))
    words = [len(text.split()) for _, text in texts]
    assert 280 < sum(words) / len(words) < 480
    assert len({text for _, text in generate(world, 300)}) < 300, "no report was sent twice"
    assert "{" not in "".join(text for _, text in texts)


def test_the_benchmark_of_a_build_prints_its_figures(tmp_path):
    command = [sys.executable, "-m", "tests.bench.building", "--articles", "10", "20", "--folder", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=240)
    assert done.returncode == 0, done.stderr
    for figure in (
        "20 articles, [\\d,]+ quads",
        r"publishing +[\d.]+ s of processor time",
        "from 10 to 20",
        "in memory",
    ):
        assert re.search(figure, done.stdout), figure
