"""The comparison tells answers apart that differ, and no others."""

from __future__ import annotations

import pytest
import rdflib

from tests.w3c.compare import same, same_cells, same_once_or_more
from tests.w3c.results import XSD, Table, Term, literal, read

ONE, ONE_POINT = literal("1", f"{XSD}integer"), literal("1.0", f"{XSD}decimal")
A, B, C = (Term("bnode", name) for name in "abc")


def table(*rows: dict[str, Term]) -> Table:
    return Table(frozenset({"x", "y"}), rows)


def test_an_answer_is_itself() -> None:
    assert same(table(), table())
    assert same(table({"x": ONE}, {}), table({}, {"x": ONE}))
    assert not same(table({"x": ONE}), table({"y": ONE}))
    assert not same(table({"x": ONE}), table({"x": ONE}, {"x": ONE}))
    assert not same(table(), True)
    assert not same(table(), Table(frozenset("x"), ()))


def test_order_counts_where_the_query_gives_one() -> None:
    forth, back = table({"x": ONE}, {"x": A}), table({"x": A}, {"x": ONE})
    assert same(forth, back)
    assert not same(forth, back, order=True)
    assert same(forth, Table(back.columns, back.rows, has_order=False), order=True)


def test_blank_nodes_are_paired_one_to_one() -> None:
    assert same(table({"x": A, "y": B}, {"x": B, "y": C}), table({"x": C, "y": A}, {"x": A, "y": B}))
    assert not same(table({"x": A, "y": A}), table({"x": A, "y": B}))
    assert not same(table({"x": A, "y": B}), table({"x": A, "y": A}))
    assert not same(table({"x": A, "y": B}, {"x": B, "y": A}), table({"x": A, "y": B}, {"x": B, "y": C}))
    assert not same(table({"x": A}), table({"x": ONE}))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (literal("2", f"{XSD}decimal"), literal("2.00", f"{XSD}decimal"), True),
        (literal("1e2", f"{XSD}double"), literal("100.0", f"{XSD}double"), True),
        (ONE, ONE_POINT, False),
        (literal("01"), literal("1"), False),
        (literal("a", language="EN"), literal("a", language="en"), True),
        (literal("a", language="en"), literal("a"), False),
    ],
)
def test_a_computed_number_may_have_any_form_of_its_value(one: Term, other: Term, *, expected: bool) -> None:
    assert same(table({"x": one}), table({"x": other})) is expected


def test_a_number_of_the_data_keeps_its_form() -> None:
    two = literal("2.00", f"{XSD}decimal")
    assert not same(table({"x": two._replace(value="2")}), table({"x": two}), given={two})


def test_a_reduced_answer_has_each_solution_once_or_more() -> None:
    thrice = table({"x": ONE}, {"x": ONE}, {"x": ONE_POINT})
    assert same_once_or_more(table({"x": ONE}, {"x": ONE_POINT}), thrice)
    assert not same_once_or_more(table({"x": ONE}), thrice)
    assert not same_once_or_more(thrice, table({"x": ONE}, {"x": ONE_POINT}))


def test_the_columns_of_csv_may_stand_in_any_order() -> None:
    assert same_cells((["x", "y"], [["1", "_:a"]]), (["y", "x"], [["_:b", "1"]]))
    assert not same_cells((["x", "y"], [["1", "2"]]), (["y", "x"], [["1", "2"]]))


def test_graphs_are_compared_up_to_blank_nodes_and_with_the_forms_of_numbers() -> None:
    def graph(text: str) -> rdflib.Graph:
        found = read(text.encode(), "text/turtle")
        assert isinstance(found, rdflib.Graph)
        return found

    number = f'"%s"^^<{XSD}integer>'
    assert same(graph(f"_:a <x:p> _:b , {number % '01'} ."), graph(f"_:c <x:p> {number % '01'} , _:d ."))
    assert not same(graph("_:a <x:p> _:b ."), graph("_:a <x:p> _:a ."))
    assert not same(graph(f"_:a <x:p> {number % '01'} ."), graph(f"_:a <x:p> {number % '1'} ."))


@pytest.mark.parametrize(
    ("media", "written"),
    [
        (
            "application/sparql-results+json",
            """{"head": {"vars": ["x", "y"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1",
              "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}, {"x": {"type": "bnode", "value": "b"}}]}}""",
        ),
        (
            "application/sparql-results+xml",
            """<sparql xmlns="http://www.w3.org/2005/sparql-results#">
              <head><variable name="x"/><variable name="y"/></head>
              <results>
                <result>
                  <binding name="x">
                    <literal datatype="http://www.w3.org/2001/XMLSchema#integer">1</literal>
                  </binding>
                </result>
                <result><binding name="x"><bnode>b</bnode></binding></result>
              </results></sparql>""",
        ),
        ("text/tab-separated-values", "?x\t?y\n1\t\n_:b\t\n"),
    ],
)
def test_every_format_is_read_as_the_same_answer(media: str, written: str) -> None:
    assert same(read(written.encode(), media), table({"x": ONE}, {"x": A}))
