"""Source files to articles and records: one module per format; nothing guessed, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.errors import ArticleError
from kg.model.text import Article
from kg.read.formats import concluded
from kg.read.historian import Journey
from kg.read.items import NOT_OURS, items_of, read_item
from kg.read.plain import read_text
from kg.read.remote import Location
from kg.read.told import taken_back
from kg.read.under import files_under

__all__ = ["Source", "read_articles", "read_sources", "read_text", "taken_back"]

Source = Article | Journey
"""What a file may hold: a news article, or records of visits and travels, each a source by itself."""


def read_articles(path: Location, *, is_place: Callable[[str], bool]) -> Iterator[Article | ArticleError]:
    """Every article of a file or, in the order of their paths, of all files in a folder.

    A file or an item in it that is no article comes out as its error; hidden files and fact sheets do not come out.
    """
    for file in files_under(path):
        for found in _in_file(file, is_place, None):
            if isinstance(found, Journey):
                yield ArticleError(str(file), "records of journeys, no article")
                break
            refusal = taken_back(found) if isinstance(found, Article) else None
            yield refusal or found


def read_sources(
    path: Location, *, is_place: Callable[[str], bool], name: str | None = None
) -> Iterator[Source | ArticleError]:
    """Every article and every record of a file or of all files in a folder, as :func:`read_articles` does.

    What its publisher takes back comes out too, without text, for it takes back what came before.
    ``name`` is what the file is called where its path does not say it: that of standard input.
    """
    for file in files_under(path):
        yield from _in_file(file, is_place, name)


def _in_file(
    file: Location | ArticleError, is_place: Callable[[str], bool], name: str | None
) -> Iterator[Source | ArticleError]:
    if isinstance(file, ArticleError):
        yield file
    elif file.suffix.lower() not in NOT_OURS:
        for item in items_of(file, name):
            if isinstance(item, ArticleError):
                yield item
            else:
                yield from (concluded(found, is_place) for found in read_item(item, is_place))
