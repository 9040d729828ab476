"""What only the summary of a fact tells, where no field holds it: "how many delegates does each country send?"."""

from __future__ import annotations

from typing import Final, NamedTuple

from knowledge.dates import Day
from knowledge.questions import figures, phrases
from knowledge.questions.needs import Need, beyond_heading
from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.records import Record

_MUCH: Final = 2
"""Words of a summary from which on a question is about what it tells."""


class Told(NamedTuple):
    """Where the answer stands, "" for the two days of the record, and the figure, where it is one: in years, or in what is
    counted."""

    field: str = ""
    value: float | None = None


def told(reading: Reading, view: View, record: Record, need: Need) -> Told | None:
    """The figure asked for, where the summary states it; None where it does not."""
    if need.sort == "duration" and _both_ends(record, view):
        return Told()
    if need.sort != "duration" and (need.sort != "amount" or not reading.says(phrases.HOW_MANY)):
        return None
    first = record.summaries.get(reading.lang, "")
    summaries = (first, *(text for text in record.summaries.values() if text != first))
    lasting = next((found for text in summaries if (found := figures.lasting(text)) is not None), None)
    if need.sort == "duration" and (lasting is not None or not reading.says(figures.TIME_ASKED)):
        return None if lasting is None else Told("summary", lasting)
    held, value = figures.stated_for(reading, view, summaries, need.counted, need.money)
    return Told("summary", value) if held else None


def spoken_of(reading: Reading, view: View, record: Record, need: Need) -> bool:
    """Whether the question says much of the record that stands in its summary alone: it is then about what the summary tells
    ("thirty-odd newborn pilots are gathered where?")."""
    return need.sort != "signed" and beyond_heading(reading, view, record) >= _MUCH


def _both_ends(record: Record, view: View) -> bool:
    """Whether a record says from when until when it runs."""
    first = record.values.get("starts") or record.values.get(view.kind(record).when)
    return isinstance(first, Day) and isinstance(record.values.get("ends"), Day)
