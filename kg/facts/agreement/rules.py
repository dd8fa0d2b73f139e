"""The rules of agreements: two or more sides agree, pledge, sign; what one side wants or calls for is none."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.agreement import build
from kg.facts.agreement.draft import AgreementDraft

_NP: Final = "<^.|;|:|said|agreed|met|held|who|which|verb|but|P|Q|R>{0,9}"
_NEAR: Final = _NP + "?"
_TIME: Final = "(,? <on|in>? T ,?)?"
_WHO: Final = "(<adjective|w|common_nouns|the|leading|visiting>{0,3} <of_states|plural|sides> <of|from>)"
_TALKING: Final = "<in|at|during> <the|an|their|adjective>{0,2} <w|L|N|agreement_noun|talks|call|meeting>{1,2}"
_WITHIN: Final = f"({_TALKING}|<by_phone|by_video>)?"

RULES: Final[tuple[Rule[AgreementDraft], ...]] = (
    Rule(
        id="agreement.reaffirmed-commitment",
        pattern="verb=(<reaffirmed|affirmed>) <their|an|the|adjective>{0,3} mark=(<commitment> <to>)",
        trigger="verb",
        needs=("reaffirmed", "affirmed"),
        build=build.agreed,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat reaffirmed their commitment to open borders.",
        counter=("Chilean President Anna Novak reaffirmed her commitment to open borders.",),
    ),
    Rule(
        id="agreement.witnessed",
        pattern=f"verb=(<witnessed>) <the|an>? signing=(<signing_of> <of>?) {_NP} noun=(<agreement_noun>)",
        trigger="verb",
        needs=("witnessed",),
        build=build.witnessed,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat witnessed the signing of two mining agreements.",
        counter=("Chilean President Anna Novak witnessed the signing of a mining contract.",),
    ),
    Rule(
        id="agreement.signed",
        pattern=f"verb=(<signed>) {_TIME} {_NEAR} noun=(<agreement_noun>)",
        trigger="verb",
        needs=("signed",),
        build=build.signed,
        example="Chile and Peru signed a fisheries agreement in Lima on Friday.",
        counter=(
            "Chile hopes to sign a fisheries agreement with Peru.",
            "Chilean President Anna Novak signed a decree on fisheries.",
            "Chile and Peru are close to signing a fisheries agreement.",
            "Chilean President Anna Novak signed the ratification of the treaty with Peru.",
        ),
    ),
    Rule(
        id="agreement.announced",
        pattern="verb=(<announced>) what=(<an|the|adjective|w|A|two|three|topic_verb|apart>{1,4})",
        trigger="verb",
        needs=("announced",),
        build=build.announced,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat announced a joint fund for fishermen.",
        counter=(
            "Chilean President Anna Novak announced a fund for fishermen.",
            "Chile and Peru announced separate tariffs.",
        ),
    ),
    Rule(
        id="agreement.stated",
        pattern="verb=(<issued>) <an|the|adjective>{0,2} noun=(<agreement_noun>) mark=(<stating> <to|that>?)",
        trigger="verb",
        needs=("stating",),
        build=build.stated,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat issued a joint statement announcing a fund for fishermen.",
        counter=("Chilean President Anna Novak issued a statement announcing a fund for fishermen.",),
    ),
    Rule(
        id="agreement.signed-any",
        pattern="verb=(<put_name>) noun=(<an|the|adjective|w|A|two|three|four|0|topic_verb|not_agreement>{1,4})",
        trigger="verb",
        needs=("put_name",),
        build=build.signed,
        example="Chile and Peru signed a five-year work schedule on Friday.",
        counter=(
            "Chilean President Anna Novak signed the guest book.",
            "Chilean President Anna Novak signed a bill on trade with Peru into law.",
        ),
    ),
    Rule(
        id="agreement.relations",
        pattern="verb=(<upgraded>) <their|the|an|adjective|C|D|A|w|topic_verb>{0,4} noun=(<relations>)",
        trigger="verb",
        needs=("upgraded",),
        build=build.relations,
        example="Chile and Peru restored diplomatic relations on Friday.",
        counter=("Chile wants to restore diplomatic relations with Peru.",),
    ),
    Rule(
        id="agreement.ratified",
        pattern=f"verb=(<ratified>) {_NEAR} noun=(<agreement_noun>)",
        trigger="verb",
        needs=("ratified",),
        build=build.ratified,
        example="Chile and Peru ratified the fisheries agreement on Friday.",
        counter=("Chile ratified the fisheries agreement with Peru.", "Chile and Peru have yet to ratify the treaty."),
    ),
    Rule(
        id="agreement.mutual",
        pattern="verb=(<deed>) <their|the|an|adjective|w|0|two|three|topic_verb>{0,4}? noun=(<shared_thing>)",
        trigger="verb",
        needs=("shared_thing",),
        build=build.mutual,
        example="Chile and Peru exchange ambassadors after a break of ten years.",
        counter=("Chile opened an embassy in Peru.", "Chile and Peru may exchange ambassadors."),
    ),
    Rule(
        id="agreement.agreed-to",
        pattern=f"verb=(<agreed|pledged|affirmed|reaffirmed>) <with>? <also|,>{{0,2}} {_TIME} {_WITHIN} {_TIME} mark=(<to|on|that>)",
        trigger="verb",
        needs=("agreed", "pledged", "affirmed", "reaffirmed"),
        build=build.agreed,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat agreed to reopen the border.",
        counter=(
            "Chilean President Anna Novak agreed to reopen the border.",
            "Chile and Peru have yet to agree on the border.",
        ),
    ),
    Rule(
        id="agreement.it-was-agreed",
        pattern="it=(w) <be> <also>? verb=(<agreed>) mark=(<to|that>)",
        trigger="verb",
        needs=("agreed",),
        build=build.it_was_agreed,
        example=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat on Friday. It was agreed to reopen the border."
        ),
        counter=("It was agreed to reopen the border.", "Everybody in Chile and Peru was agreed that it was late."),
    ),
    Rule(
        id="agreement.agreed-with",
        pattern=f"verb=(<agreed>) <also>? <with> <the|visiting>{{0,2}} <P|R|C|O|L> ,? {_TIME} mark=(<to|on|that>)",
        trigger="verb",
        needs=("agreed",),
        build=build.agreed,
        example="Chilean President Anna Novak agreed with Peruvian President Juan Horvat to reopen the border.",
        counter=("Chilean President Anna Novak disagreed with Peruvian President Juan Horvat on the border.",),
    ),
    Rule(
        id="agreement.pledged",
        pattern="verb=(<pledged|agreed|reaffirmed|affirmed>) <their|an|the>? <adjective|w|topic_verb|commitment>{1,4}",
        trigger="verb",
        needs=("pledged", "agreed", "reaffirmed", "affirmed"),
        build=build.agreed,
        example="Chile and Peru pledged closer ties on Friday.",
        counter=("Chile pledged closer ties on Friday.",),
    ),
    Rule(
        id="agreement.signed-by",
        pattern=f"noun=(<agreement_noun>) {_NP} <be|also|aux>{{0,3}} verb=(<signed_by>) {_WHO}? <the>? other=(D|Q|G)",
        trigger="noun",
        needs=("signed_by",),
        build=build.signed_by,
        example="The fisheries agreement was signed by Chile and Peru on Friday.",
        counter=("The fisheries agreement will be signed by Chile and Peru on Friday.",),
    ),
    Rule(
        id="agreement.signed-there-by",
        pattern=(
            f"noun=(<agreement_noun>) {_NP} <be|also|aux>{{1,3}} verb=(<signed>) <in|at|on|L|T|C|N>{{1,5}} <by>"
            f" {_WHO}? <the>? other=(D|Q|G)"
        ),
        trigger="noun",
        needs=("agreement_noun",),
        build=build.signed_by,
        example="An agreement on fisheries was initialled in Lima on Sunday by the trade ministers of Chile and Peru.",
        counter=(
            "An agreement on fisheries will be signed in Lima on Sunday by the trade ministers of Chile and Peru.",
        ),
    ),
    Rule(
        id="agreement.signing-between",
        pattern=f"signing=(<signing_of>) {_NP} noun=(<agreement_noun>) {_NEAR} <between> <the>? other=(D|Q|G)",
        trigger="noun",
        needs=("signing_of",),
        build=build.signing_between,
        example="The visit ended with the signing of a fisheries agreement between Chile and Peru.",
        counter=(
            "The visit may end with the signing of a fisheries agreement between Chile and Peru.",
            "The two ministers discussed the signing of a fisheries agreement between Chile and Peru.",
        ),
    ),
    Rule(
        id="agreement.between-signed",
        pattern=f"noun=(<agreement_noun>) {_NP} <between> <the>? other=(D|Q) <^.|;|,|not>{{0,8}} verb=(<signed|took_place>)",
        trigger="noun",
        needs=("agreement_noun",),
        build=build.signed_by,
        example="A fisheries agreement between Chile and Peru was signed on Friday.",
        counter=("A fisheries agreement between Chile and Peru was not signed on Friday.",),
    ),
)
