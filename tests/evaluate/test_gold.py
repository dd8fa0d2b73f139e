"""Gold standards from disk."""

import json
from pathlib import Path

import pytest

from kg.errors import ArticleError, SeedError
from kg.evaluate.gold import CLUSTERS, Sources, item_article, read_clusters, read_gold
from kg.model.date import PartialDate
from kg.model.text import Article

HERE = Path(__file__).parent.parent
TEXTS = {"samples": HERE.parent / "seeds" / "articles"}
LEADERS = [{"name": "Anna Novak", "office": "Prime Minister", "country": "SVN"}]
CONTACT = {
    "kind": "meeting", "status": "held", "format": "bilateral", "participants": ["Anna Novak", "Juris Kalns"],
    "date": "2024-04", "earliest": "2024-04-01", "latest": "2024-04-09", "place": "Riga", "summit": None,
    "duration": None,
}  # fmt: skip


def read(path: Path) -> Article:
    return Article(id=path.stem, path=str(path), text=path.read_text(encoding="utf-8"), paragraphs=())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "riga.txt").write_text("They met.", encoding="utf-8")
    gold = {"constructions": ["list"], "article": {}, "leaders": LEADERS, "contacts": [CONTACT]}
    (tmp_path / "riga.json").write_text(json.dumps(gold), encoding="utf-8")
    return tmp_path


def test_a_report_has_its_text_beside_its_facts(folder: Path) -> None:
    [gold] = read_gold(folder, Sources(read=read))
    assert (gold.name, gold.constructions) == ("riga", ("list",))
    [contact] = gold.expected.contacts
    assert contact.participants[0].country == "SVN"
    assert contact.when.date == PartialDate(year=2024, month=4)
    assert isinstance(gold.source, Article)
    assert gold.source.text == "They met."


def test_texts_may_stand_in_another_folder(folder: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (folder / "riga.txt").rename(texts / "riga.txt")
    assert len(read_gold(folder / "riga.json", Sources(read=read, texts=texts))) == 1
    with pytest.raises(SeedError, match="its text is missing"):
        read_gold(folder, Sources(read=read))


def test_a_file_that_is_no_article_is_kept_with_its_reason(folder: Path) -> None:
    [gold] = read_gold(folder, Sources(read=lambda path: ArticleError(str(path), "empty")))
    assert isinstance(gold.source, ArticleError)


def test_a_misspelt_field_of_a_fact_is_told(folder: Path) -> None:
    gold = {"contacts": [{**CONTACT, "plase": "Riga"}]}
    (folder / "riga.json").write_text(json.dumps(gold), encoding="utf-8")
    with pytest.raises(SeedError, match=r"contacts/0/plase: unknown key"):
        read_gold(folder, Sources(read=read))


def test_labels_are_joined_with_their_items_and_chosen_by_set(tmp_path: Path) -> None:
    labels, items = tmp_path / "labels.jsonl", tmp_path / "items.jsonl"
    rows = [{"id": "i1", "set": "tuned", "leaders": LEADERS}, {"id": "i2", "set": "sealed", "contacts": [CONTACT]}]
    labels.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    told = [{"id": key, "date": "2025-01-02", "text": "Novak meets Kalns.", "category": "x"} for key in ("i1", "i2")]
    items.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    assert [gold.name for gold in read_gold(labels, Sources(read=read, items=items))] == ["i1", "i2"]
    [gold] = read_gold(labels, Sources(read=read, items=items, part="sealed"))
    assert gold.paraphrased
    assert isinstance(gold.source, Article)
    assert gold.source.published == "2025-01-02"
    with pytest.raises(SeedError, match="need the file of their items"):
        read_gold(labels, Sources(read=read))


def test_a_label_without_its_item_is_told_by_line(tmp_path: Path) -> None:
    labels, items = tmp_path / "labels.jsonl", tmp_path / "items.jsonl"
    labels.write_text('\n{"id": "i1"}\n', encoding="utf-8")
    items.write_text("", encoding="utf-8")
    with pytest.raises(SeedError, match=r"labels.jsonl:2: no item 'i1'"):
        read_gold(labels, Sources(read=read, items=items))


def test_the_paragraphs_of_an_item_keep_their_offsets() -> None:
    article = item_article("i1", "2025-01-02", "One.\r\n\nTwo. \n")
    assert [article.text[p.begin : p.end] for p in article.paragraphs] == ["One.", "Two."]


def test_clusters_name_contacts_by_report_and_position(tmp_path: Path) -> None:
    assert read_clusters(tmp_path) == ()
    (tmp_path / "clusters.json").write_text('[["riga#0", "seven#1"]]', encoding="utf-8")
    assert read_clusters(tmp_path) == (frozenset({("riga", 0), ("seven", 1)}),)
    (tmp_path / "clusters.json").write_text('[["riga"]]', encoding="utf-8")
    with pytest.raises(SeedError, match="report#position"):
        read_clusters(tmp_path)


FOLDERS = sorted(folder for folder in (HERE / "articles").iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_expected_fact_of_the_repository_is_of_its_form(folder: Path) -> None:
    golds = read_gold(folder, Sources(read=read, texts=TEXTS.get(folder.name)))
    assert len(golds) == len([file for file in folder.glob("*.json") if file.name != CLUSTERS])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_contact_of_a_cluster_is_in_its_report_and_in_no_other_cluster(folder: Path) -> None:
    golds = read_gold(folder, Sources(read=read, texts=TEXTS.get(folder.name)))
    told = {(gold.name, number) for gold in golds for number in range(len(gold.expected.contacts))}
    marks = [mark for cluster in read_clusters(folder) for mark in cluster]
    assert set(marks) <= told
    assert len(marks) == len(set(marks))
