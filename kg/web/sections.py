"""What the page of a thing tells beside its own facts: for each kind its sections, each with one small question.

A question has a limit of its own, so that a page stays small whatever the graph holds; ``every`` names the saved
question that gives all of it, and its parameter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.query.naming import PREFIX_LINES
from kg.web.section_texts import (
    ANNIVERSARIES,
    AT_SUMMIT,
    ATTENDED,
    BY_YEAR,
    CONTACTS,
    COPIES,
    COUNTERPARTS,
    HERE,
    PAIRS,
    PLANS,
    SAID,
    SAID_THERE,
    SAME_PEOPLE,
    SAME_SIDES,
    SPOKEN,
    agreements,
    gatherings,
    latest,
    tenures,
)

_LIMIT: Final = re.compile(r"\bLIMIT [0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page: a heading, the question whose answer stands under it, and how that is drawn."""

    title: str
    text: str
    most: int = 20
    view: str = "table"
    every: tuple[str, str] | None = None
    note: str = ""

    def question(self, node: str) -> str:
        """The SPARQL for this thing, given in N-Triples; a row more than is shown tells that there are more."""
        return f"{PREFIX_LINES}{self.text.replace('$node', node)}\nLIMIT {self.most + 1}"

    def shared(self, node: str) -> str:
        """The same as somebody would like to change it: without the row too many."""
        return f"{PREFIX_LINES}{self.text.replace('$node', node)}\nLIMIT {self.most}\n"

    def counting(self, node: str) -> str:
        """The question how many rows there are, as ``?total``."""
        whole = _LIMIT.sub("", self.text.replace("$node", node))
        return f"{PREFIX_LINES}SELECT (COUNT(*) AS ?total) WHERE {{ {{ {whole}\n}} }}"


_LEADER: Final = (
    Section(title="Offices", text=tenures("?tenure dip:holder $node ."), most=40, view="timeline"),
    Section(
        title="Meetings and calls by year", text=BY_YEAR, most=80, view="bars", every=("meetings-per-month", "leader")
    ),
    Section(
        title="Latest meetings and calls",
        text=latest(f"?event dip:participant $node ; a ?class . {CONTACTS}"),
        view="timeline",
        every=("meetings-of-leader", "leader"),
    ),
    Section(title="Counterparts", text=COUNTERPARTS, view="network", every=("counterparts", "leader")),
    Section(
        title="Gatherings attended",
        text=gatherings("$node dip:participatedIn ?summit ."),
    ),
    Section(title="Agreements", text=agreements("?agreement dip:agreedBy $node .")),
    Section(
        title="Planned, cancelled or postponed",
        text=PLANS.replace("WHICH", "?plan dip:plannedParticipant $node ."),
        every=("planned-not-held", "leader"),
    ),
    Section(title="What sources say", text=SAID, most=12, view="quotes"),
    Section(
        title="In their own words",
        text=SPOKEN,
        view="quotes",
    ),
)  # fmt: skip

_SUMMIT: Final = (
    Section(title="Who was there", text=ATTENDED, most=60, every=("summit-attendance", "summit")),
    Section(title="Who met whom", text=PAIRS, most=300, view="matrix", every=("who-met-at-summit", "summit")),
    Section(
        title="Agreements",
        text=agreements(AT_SUMMIT),
        most=40,
    ),
    Section(
        title="Planned beside it, cancelled or postponed",
        text=PLANS.replace("WHICH", "?plan dip:onMarginsOf $node ."),
    ),
    Section(
        title="Other gatherings of the same organiser",
        text=gatherings(
            "$node dip:organizedBy ?body . ?summit dip:organizedBy ?body ; a dip:Summit . FILTER (?summit != $node)"
        ),
    ),
)

_CONTACT: Final = (
    Section(title="Agreed there", text=agreements("?agreement dip:concludedAt $node .")),
    Section(
        title="Said there",
        text=SAID_THERE,
        view="quotes",
    ),
    Section(
        title="The same people met or spoke",
        text=latest(f"$node dip:participant ?one, ?two . {SAME_PEOPLE} FILTER (?event != $node)", 10, all_of_them=True),
        most=10,
        view="timeline",
    ),
)

_COUNTRY: Final = (
    Section(
        title="Who speaks for it",
        text=tenures("?office dip:country $node ."),
        most=30,
        every=("leaders-in-office", "country"),
    ),
    Section(
        title="Latest agreements",
        text=agreements("?agreement dip:party $node ; a dip:Agreement ."),
        every=("agreements-between", "country"),
    ),
    Section(
        title="Latest meetings and calls of its leaders",
        text=latest(f"?someone dip:represents $node . ?event dip:participant ?someone ; a ?class . {CONTACTS}"),
        view="timeline",
    ),
    Section(
        title="What took place there",
        text=latest(f"{HERE} FILTER (?status = dip:held)"),
        view="timeline",
    ),
    Section(
        title="Anniversaries",
        text=ANNIVERSARIES.replace("WHICH", "?anniversary dip:party $node ."),
        view="timeline",
        every=("anniversaries", "country"),
    ),
    Section(title="Agreements that concern it", text=agreements("?agreement dip:concerns $node .")),
)

_ORGANISATION: Final = (
    Section(
        title="Its gatherings",
        text=gatherings("?summit dip:organizedBy $node ."),
        view="timeline",
    ),
    *_COUNTRY,
)

SECTIONS: Final[Mapping[str, tuple[Section, ...]]] = MappingProxyType(
    {
        "Leader": _LEADER,
        "Summit": _SUMMIT,
        "Meeting": _CONTACT,
        "PhoneCall": _CONTACT,
        "VideoCall": _CONTACT,
        "PlannedContact": (
            Section(
                title="What the same people did instead",
                text=latest(f"$node dip:plannedParticipant ?one, ?two . {SAME_PEOPLE}", 10, all_of_them=True),
                most=10,
                view="timeline",
            ),
        ),
        "Agreement": (Section(title="Other agreements between the same sides", text=agreements(SAME_SIDES)),),
        "Anniversary": (
            Section(
                title="Other anniversaries of the same event",
                text=ANNIVERSARIES.replace(
                    "WHICH",
                    "$node dip:commemorates ?past . ?anniversary dip:commemorates ?past FILTER (?anniversary != $node)",
                ),
            ),
        ),
        "CommemoratedEvent": (
            Section(
                title="Its anniversaries",
                text=ANNIVERSARIES.replace("WHICH", "?anniversary dip:commemorates $node ."),
                view="timeline",
            ),
        ),
        "Country": _COUNTRY,
        "Organization": _ORGANISATION,
        "Place": (
            Section(
                title="What took place here",
                text=latest("?event dip:place $node ; dip:status ?status .", 40),
                most=40,
                view="timeline",
            ),
        ),
        "Office": (Section(title="Who held it", text=tenures("?tenure dip:office $node ."), most=60, view="timeline"),),
        "Topic": (Section(title="Agreements on it", text=agreements("?agreement dip:topic $node ."), most=40),),
        "Article": (Section(title="Copies of it: one witness with it", text=COPIES),),
    }
)  # fmt: skip
