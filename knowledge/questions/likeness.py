"""The last question again, of another fact of the same sort: "and the Swedish one?", "pareil pour All of Us"."""

from __future__ import annotations

from dataclasses import replace

from knowledge.questions import (
    attribute,
    filters,
    focus,
    lookup,
    needs,
    selection,
    thread,
)
from knowledge.questions.describe import named, short_names
from knowledge.questions.form import Answer, Topic
from knowledge.questions.lexicon import Tag
from knowledge.questions.phrases import PROPERTIES
from knowledge.questions.reading import Reading, is_content
from knowledge.questions.resolve import resolve
from knowledge.questions.say import choices
from knowledge.questions.shown import SMALL
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "followup"


def is_bare(reading: Reading, view: View) -> bool:
    """Whether the question is a name or a filter and nothing else."""
    if needs.needed(reading, view) is not None:
        return False
    asks = attribute.WHAT_IS.search(reading.plain) or not {"quel", "quelle", "quels", "quelles", "which"}.isdisjoint(
        reading.tokens
    )
    return len(reading.tokens) <= 5 and not asks


def like_before(reading: Reading, view: View, facts: tuple[Record, ...], topic: Topic) -> Answer | None:
    """The last question again, of another fact of the same sort ("and the Swedish one?", "same thing for All of Us?")."""

    def holds(record: Record) -> bool:
        return record.kind == facts[0].kind and (not topic.field or record.values.get(topic.field) is not None)

    found = resolve(_of_kind(reading, view, facts[0], only=True), view, holds)
    if found.band != "sure" or found.records[0].kind != facts[0].kind:
        found = resolve(_of_kind(reading, view, facts[0]), view, holds)
    if found.band == "unknown" or not found.records:
        return None
    alike = [record for record in found.records if record.kind == facts[0].kind] or list(found.records)
    worded = _worded(reading, view, facts[0], [one.record for one in found.candidates])
    if found.band == "unsure" and len(alike) > 1:
        fitting = _fitting(reading, view, facts[0], alike)
        fitting = [record for record in fitting if record.values.get(topic.field)] or fitting
        one = fitting[0] if len(fitting) == 1 else thread.closest(fitting or alike, facts[0])
        if one is None or one.kind != facts[0].kind:
            one = worded
        if one is None:
            return choices(reading, NAME, alike, "unsure.several", topic.field)
        alike = [one]
    if alike[0].id == facts[0].id:
        alike = [worded or _named(reading, view, topic) or facts[0]]
    if alike[0].id == facts[0].id:  # It is described, not another: its card says what it is asked.
        return lookup.about(reading, view, facts[0])
    return focus.again(reading, view, alike[0], topic)


def _named(reading: Reading, view: View, topic: Topic) -> Record | None:
    """The one record that bears the name said and holds what was asked before, of whatever sort it is."""
    called = [one for one in named(reading, view, PROPERTIES) if one.values.get(topic.field) is not None]
    return called[0] if len(called) == 1 else None


def _worded(reading: Reading, view: View, focus: Record, records: list[Record]) -> Record | None:
    """The one of the sort of the fact in focus that says all that the question says in its title, as that one does not ("and Quebec?")."""
    said = [word for word in reading.tokens if is_content(word) and word not in SMALL]
    if not said or all(view.holds(focus, word, heading=True) for word in said):
        return None
    titled = [one for one in records if all(view.holds(one, word, heading=True) for word in said)]
    titled = [one for one in titled if one.kind == focus.kind]
    return titled[0] if len(titled) == 1 else None


def _fitting(reading: Reading, view: View, focus: Record, alike: list[Record]) -> list[Record]:
    """Those of the records that the question may mean which are of the country it names, or are called what it says."""
    countries = filters.wanted(_of_kind(reading, view, focus), view).countries
    fitting = [
        record for record in alike if selection.fits(record, filters.Wanted(countries=countries), view, reading.today)
    ]
    called = [record for record in fitting if any(name in reading.tokens for name in short_names(record))]
    # An alias may be the name of another ("B1MG"): titles tell which one bears it.
    said = reading.content
    titled = [record for record in called if all(word in thread.telling(record) for word in said)]
    return titled or called or fitting


def _of_kind(reading: Reading, view: View, record: Record, only: bool = False) -> Reading:
    """The reading, with the kind of the fact before where it names none, or in the place of any that it names (`only`)."""
    if only:
        reading = replace(reading, tags=tuple(tag for tag in reading.tags if tag.topic not in ("kind", "narrower")))
    if reading.named("kind"):
        return reading
    return replace(reading, tags=(*reading.tags, Tag("kind", record.kind, len(reading.tokens), len(reading.tokens))))
