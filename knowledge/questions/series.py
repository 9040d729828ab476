"""Records that form a series: their titles begin alike ("Aim of the watch: …", "Activity: …")."""

from __future__ import annotations

from typing import Final

from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.records import Record

_NUMBERS: Final = range(2, 13)


def of_number(reading: Reading, view: View) -> tuple[Record, ...]:
    """The series that the question names by all the words its titles begin with, or others for the same, and that has as many
    records as the question says ("the four activities"); of several, that of most words."""
    number = next((int(word) for word in reading.tokens if word.isdigit() and int(word) in _NUMBERS), 0)
    said = frozenset[str]().union(*(view.kin(word) for word in reading.tokens))
    fitting = [
        (len(head), records)
        for head, records in view.series.items()
        if len(records) == number and all(not view.kin(word).isdisjoint(said) for word in head)
    ]
    return max(fitting, key=lambda one: one[0], default=(0, ()))[1]
