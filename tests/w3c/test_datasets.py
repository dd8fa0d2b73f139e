"""Every query of the suites over graphs that the protocol names, in a store that holds the data of all of them."""

from __future__ import annotations

import pytest

from tests.w3c.asking import everything, protocol_graphs
from tests.w3c.endpoint import Endpoint
from tests.w3c.manifests import Case, Kind, each
from tests.w3c.test_queries import answer, judge

pytestmark = pytest.mark.server


@each(Kind.QUERY)
def test_a_query_over_named_graphs_is_answered_as_the_standard_says(case: Case, endpoint: Endpoint) -> None:
    endpoint.hold(everything())
    judge(case, [answer(case, endpoint, protocol_graphs(case))])
