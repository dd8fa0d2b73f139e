"""Times in a sentence, what they mean on the day it was printed, and how long things lasted."""

from kg.extract.time.duration import Duration, find_durations, measures_time
from kg.extract.time.expression import TimeExpression, TimeKind
from kg.extract.time.resolve import resolve
from kg.extract.time.scan import find_times, opens_time
from kg.extract.time.step import step
from kg.extract.time.words import parts_of, words_of_tokens

__all__ = [
    "Duration",
    "TimeExpression",
    "TimeKind",
    "find_durations",
    "find_times",
    "measures_time",
    "opens_time",
    "parts_of",
    "resolve",
    "step",
    "words_of_tokens",
]
