"""How persons are named: titles, countries, honorifics and names, in the syntax of :mod:`kg.extract.pattern`."""

from __future__ import annotations

from typing import Final

_MODS: Final = "<the|an|former|then|visiting|acting|-|future_holder>{0,4}"
_NAT: Final = "(nat=(A|C|O|L) (‹ O ›)? <possessive|'|state_word>?)?"
_MID: Final = "mid=(<visiting|former|then|acting|-|future_holder>{0,4})"
_TITLES: Final = (
    "title=(t) elect=(-? <future_holder>)? (<to> <the>? C <and> <former> t)? "
    "((<and>|,|/|–|-)? (A|C|O)? <acting|former>? t)? ((<and>|,|/)? t)? t?"
)
_OF: Final = (
    "(<of|at|in|for> <the>? (bodynat=(A|C) <possessive|'>?)? body=(<chamber|office_of>)"
    " (<of|for> (N|<common_nouns>))?)? "
    "(<of|for|to> <the>? <leading>? (<own_state> <of> <the>?)? "
    "(owner=(A|C) (<possessive|'> <province_of>?|<province_of>))? of=(C|O|A|L|N|<common_nouns>|<own_state>)"
    " <chamber|region_kind>?"
    " (<and> <the> (N|C|L) )?)? (<to|in> <the>? posted=(C|O|S|L))?"
)
_HON: Final = "(‹ <t|N|O> ›)? <honorific|.|t|the>{0,9} (‹ <w|N> .? › )?"
_NAME: Final = "name=(N P|P|N|<L|C|S|O> N)"

PATTERNS: Final = {
    "counterpart": (
        "poss=(<his|their|the|my>|P <possessive>|C <possessive>)? mods=(<visiting|former|then|acting|an>{0,2}) "
        "(nat=(A|C|O) <possessive|'>?)? mid=(<visiting|former|then|acting>{0,2}) (title=(t))? N? mark=(<counterpart>) "
        f"(<from|in|of> <the>? of=(C|O|L))? ,? (after=(t) (t)?)? {_HON} ({_NAME})?"
    ),
    "titled-long": f"mods=({_MODS}) {_NAT} title=(t) , <N|w|A|and|,>{{1,8}} <of> <the>? of=(C) ,? {_HON} {_NAME}",
    "apposed-long": f"name=(P|N) , mods=({_MODS}) {_NAT} title=(t) , <N|w|A|and>{{1,6}} (<of> <the>? of=(C))? end=(,)",
    "counterpart-after": (
        "name=(P|N) , poss=(<his|their>) mods=(<visiting|former|then>{0,2}) (nat=(A|C) <possessive>?)? (title=(t))? "
        "mark=(<counterpart>) (<from|in|of> <the>? of=(C|O|L))? end=(,)?"
    ),
    "titled": (
        f"whose=(<whose>)? mods=({_MODS}) {_NAT} {_MID} port=(N|<common_nouns>)? <state_word>? {_TITLES} {_OF} <then>?"
        f" (, t)? ,? {_HON} {_NAME} (<of> <the>? post=(C|O|A))?"
    ),
    "apposed": (
        f"name=(P|N|<L|C> N) , whose=(<whose>)? mods=({_MODS}) {_NAT} {_MID} port=(N|w|<common_nouns>)? {_TITLES} {_OF}"
        " (‹ O ›)? end=(<,|.|–|;|›|:|and|who>|$)"
    ),
    "bracketed": f"name=(P|N) ‹ mods=({_MODS}) {_NAT} {_MID} port=(N)? {_TITLES} {_OF} ›",
    "honoured": "mods=(<the>?) hon=(<honorific|.|t>{1,8}) name=(P|N|<L|C> N) (<of> <the>? post=(C|O))?",
    "owned": "nat=(C|A|O) (<possessive|'>|<visiting>) mid=(<visiting|former|then>{0,2}) name=(P|N)",
    "demonymed": "nat=(A) name=(P)",
    "seated": "name=(P) <of> <the>? nat=(C)",
    "owned-after": "(P|R) ,? (<and>|,) <with>? <the>? nat=(C) <possessive|'> name=(N)",
    "owned-before": "nat=(C) <possessive|'> name=(N) ,? <and> <with>? (P|R|C <possessive|'> P)",
    "owned-first": "nat=(C) <possessive|'> name=(N|P) (,|,? <and>|<and>) <with>? <the>? (C|O) <possessive|'> (N|P)",
    "owned-met": (
        "(<met|meet|sat|shook|received|receive|phoned|spoke|turn_of> <with|to>?|<meeting_ing>|"
        "<talks|meeting|call|video> <with>) <the>? nat=(C) <possessive|'> name=(N|P)"
    ),
    "heading": (
        "mods=(<the>?) head=(<leader_words>) <of> <the>? bodynat=(A|C) <possessive|'>? body=(<chamber>) ,? "
        f"{_HON} {_NAME}"
    ),
    "diplomat": "mods=(<the|his|visiting>{1,2}) nat=(A|C|O) <visiting>? mark=(<diplomat>) name=(N|P)?",
    "diplomacy": f"mods=(<the>) <leader_words|t> <of> <the>? nat=(A) mark=(<diplomacy>) ,? {_HON} ({_NAME})?",
    "guest": "<the|his> <visiting>? nat=(A) <visiting>? mark=(<guest_word>)",
    "guest-alone": "<the> <visiting>? mark=(<guest_word>)",
    "guest-word": "mark=(<visiting>) <aux|be|also|verb|met|said|held|received|received_passive|called_on|modal_future>",
    "official-alone": "<the> <visiting> mark=(<adjective>)",
    "national": (
        "<the> nat=(A) <also|aux|history>{0,3} "
        "verb=(<met|held|said|verb|received|spoke|modal_future|called_on|phoned|agreed|discussed>)"
    ),
    "owned-with": (
        "<met|sat|spoke|talks|meeting|call|video> <^;|.|verb|said|with>{1,9} <with> <the>? nat=(C) <possessive|'> "
        "name=(N|P)"
    ),
    "owned-and-then": (
        "<met> <^;|.|verb|said|and>{1,9} <and> <the>? nat=(C) <possessive|'> name=(N) (<on|in|at>? T|.|<in|at> L)"
    ),
    "owned-and-with": "<and> <also|separately>? <with> <the>? nat=(C) <possessive|'> name=(N|P)",
    "of-country": "<P> <and> name=(N) <of> <the>? nat=(C)",
    "reference-two": f"mods=(<the>) {_NAT} {_MID} title=(t) <and> second=(t) <of> <the>? of=(C)",
    "reference": (
        f"mods=(<the|his|visiting|former|then|acting|both>{{0,3}}) {_NAT} {_MID} title=(t) "
        "(<of> <the>? of=(C|O|<own_state>))?"
    ),
}
