"""A file of sources, and what is read in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.model.text import Article
from kg.read import read_articles


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, str | bytes], list[Article | ArticleError]]:
    """What a file of this name and content holds."""

    def reading(name: str, content: str | bytes) -> list[Article | ArticleError]:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_articles(file, is_place={"Paris", "Arden"}.__contains__))

    return reading
