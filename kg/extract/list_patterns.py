"""How lists of people and countries, and plural references, are worded, in the syntax of :mod:`kg.extract.pattern`."""

from __future__ import annotations

from typing import Final

PATTERNS: Final = {
    "list": "<P|R> (<P|R>|, <P|R>){0,8} ,? <and> (, <separately|also> <also>? ,)? (<visiting> ,)? <P|R>",
    "list-with": "<P|R> (, <with> <P|R>){0,8} ,? <and> <separately|also>? <with> <P|R>",
    "list-and-list": "<P|R> ,? <and> <the|his|their|two|three|four|visiting|leading|adjective|A|O>{1,5} Q",
    "each-of": "<separately|both> <of> (<them>|<the>? <A|leading>? <two|three>? <plural|sides>|<the> <two|three>)",
    "list-of-lists": "<P|R> (, <P|R>){0,8} <and> <P|R> (, <P|R>){1,8} ,? <and> <P|R>",
    "list-by": "<P|R> ,? <and> <also|separately>? <by> <P|R>",
    "list-followed": "<P|R> ,? <followed_by> <P|R>",
    "list-semicolon": "<P|R> (; <P|R>){1,8} ; <and> <P|R>",
    "list-entries": "<P> <P|;|,>{1,17}",
    "list-and-others": "<P|R> (, <P|R>){1,8} ,? <and>",
    "list-included": "<P|R|Q> (<P|R|Q>|, <P|R|Q>|<and> <P|R|Q>|, <and> <P|R|Q>){1,12}",
    "headline-list": "<P> , <P>",
    "joined": "P <-|–|/> P",
    "nationals": "<the|his|their>? <A|C> (, <A|C>){0,4} ,? <and> <A|C> what=(<plural|counterpart>)",
    "holders": "<the> what=(<plural>) <of> (D|C)",
    "peers": "<his|their> what=(<counterpart>) <from|in|of> (D|C)",
    "countries": "<C|O|L> (, <C|O|L>|, <the> <C|O|L>){0,8} ,? <and> <the>? <C|O|L>",
    "headline-countries": "<C|L> , <C|L>",
    "countries-acting": "<C|L> , <C|L> <to|also>? <signed|agreed|upgraded|meet|held>",
    "countries-joined": "<C|L> <-|–> <C|L>",
    "demonyms-joined": "A <-|–> A",
    "those": "<the|both>{0,2} num=(<two|three|four>) <A|leading|visiting|adjective|both>{0,2} what=(<plural|sides>)?",
    "both": "<both> <A|leading|visiting>{0,2} what=(<plural|sides>)",
    "the-leaders": "<the> <A|leading|visiting>{0,1} what=(<plural|sides>)",
    "they": "what=(<they>)",
    "both-of-them": "what=(<both>) <also|aux>{0,2} <agreed|pledged|affirmed|reaffirmed>",
}
ORDER: Final = (
    "nationals", "each-of", "list-of-lists", "list", "list-with", "list-by", "list-followed", "list-semicolon",
    "list-entries", "list-and-list", "list-and-others", "list-included", "joined", "countries", "holders", "peers",
    "countries-acting", "countries-joined", "demonyms-joined", "headline-list", "headline-countries",
    "those", "both", "the-leaders",
    "they", "both-of-them",
)  # fmt: skip
