"""Exports in pieces: whatever the size of the pieces, the same bytes."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from kg.store.streams import LegalXml, Lines
from kg.store.xml import legal_xml


@given(st.lists(st.binary(max_size=9)), st.integers(1, 7))
def test_lines_are_read_as_a_file(pieces: list[bytes], room: int) -> None:
    lines = [piece + b"\n" for piece in pieces]
    with io.BufferedReader(Lines(iter(lines)), room) as file:
        assert file.read() == b"".join(lines)


@given(st.lists(st.sampled_from(["a", "é", "\ufffe", "\uffff", "\uff41", "\x07", "😀"]), max_size=9), st.integers(1, 5))
def test_xml_is_mended_wherever_it_is_cut(characters: list[str], size: int) -> None:
    content = "".join(characters).encode()
    sink = io.BytesIO()
    legal = LegalXml(sink)
    for begin in range(0, len(content), size):
        legal.write(content[begin : begin + size])
    legal.finish()
    assert sink.getvalue() == legal_xml(content)
