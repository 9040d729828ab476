"""One field of one fact: "quand ferme JTC2024 ?", "who signed the Swedish memorandum?", "où ?", "combien ?"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from knowledge.dates import Day
from knowledge.messages import Part, Phrase, Say
from knowledge.questions import bearers, pace, phrases, progress, quantities, summaries
from knowledge.questions.form import Answer
from knowledge.questions.itself import is_asked_for
from knowledge.questions.needs import TYPES, Need, dropped, fields_for, holds, needed, really_named, words_of_fields
from knowledge.questions.reading import Reading, is_content
from knowledge.questions.resolve import Resolution, resolve
from knowledge.questions.say import card, choices, plain, precision, reply, shown, undecided, unknown
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "attribute"
EXAMPLES = {
    "fr": ("Quand ferme JTC2024 ?", "Qui a signé le MoU suédois ?", "Où était la première conférence ICPerMed ?"),
    "en": ("When did B1MG end?", "What is the budget of JTC2026?", "What time is the deadline of CARMEN2026?"),
}
_REACHED: Final = re.compile(
    r"\b(?:atteint(?:e|s)?|reach(?:ed)?|hit|pass(?:ed)?|past|franchi[st]?|depasse|depassees?|met|achieved?)\b"
)
_TO_BE: Final = re.compile(
    r"\b(?:pour (?:quand|quel(?:le)?)|by (?:when|what|which)|devai\w+|doi(?:t|vent)|supposed|should|must|to be|prevue?s?|planned)\b"
)
WHAT_IS: Final = re.compile(r"\b(?:est (?:ce )?quoi|quoi|what|who|qui|comment|how|pourquoi|why)\b")
_WHICH_DAY: Final = re.compile(r"\b(?:quel jour|what day|which day|exact (?:day|date)|(?:jour|date) exacte?)\b")


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when the question asks for a sort of value that kinds declare fields for."""
    need = needed(reading, view)
    if need is None:
        return None
    found = resolution(reading, view)
    bearer = (
        bearers.of_relatives(found, need, view)
        or bearers.of_year(found, reading, need, view)
        or (pace.counted_by_the_year(reading, view, found.records) if need.sort == "amount" else None)
    )
    if bearer is not None:
        return about(reading, view, bearer, need)
    if found.band == "sure" and (several := bearers.of_body(found.records[0], reading, view, need)):
        return choices(reading, NAME, several, "unsure.several", need.fields[0])
    if found.band == "sure":
        return about(reading, view, found.records[0], need)
    if found.band == "unknown" and (several := bearers.of_any(reading, view, need)):
        return choices(reading, NAME, several, "unsure.several", need.fields[0])
    field = next((spec.name for record in found.records[:1] for spec in fields_for(record, need, view)), "")
    return undecided(reading, NAME, found, field)


def resolution(reading: Reading, view: View) -> Resolution:
    """Which fact is meant, those that have what is asked before those that do not."""
    need = needed(reading, view) or Need("", ())
    return resolve(reading, view, lambda record: _may_hold(record, need, view), dropped(reading, view))


def _may_hold(record: Record, need: Need, view: View) -> bool:
    """Whether a record has what is asked, or, where the day is asked on which something was concluded, the day on which it was made
    known."""
    came_to_be = need.sort == "when" and "signed" in need.fields and "announced" not in need.fields
    return holds(record, need, view) or (came_to_be and any(record.values.get(name) for name in _CAME_TO_BE))


def about(reading: Reading, view: View, record: Record, need: Need) -> Answer:
    """The value asked of this record, or the plain statement that it is not recorded."""
    fields = fields_for(record, need, view)
    if need.sort == "when" and (reached := _reached(reading, reading, record, aimed=bool(fields))):
        return reached_on(reading, view, record, reached)
    if not fields and (own := _by_its_name(reading, view, record, need)) is not None:
        return about(reading, view, record, own)
    if not fields and (heir := _heir(record, need, view)) is not None:
        return about(reading, view, heir, need)
    if not fields and is_asked_for(reading, record):
        return lookup_card(reading, view, record)
    if not fields:
        return _told(reading, view, record, need) or _not_held(reading, view, record, need)
    spec = fields[0]
    if spec.type == "quantity":
        return progress.about(reading, view, record)
    value = record.values[spec.name]
    if _finer_day_asked(reading, value):
        only = Phrase("unknown.only_so_near", {"day": value, "title": record.titles})
        return unknown(reading, NAME, (only,), (record,))
    parts: list[Part] = [
        Say(
            Phrase("answer.value", {"label": spec.labels, "value": shown(spec, value, view), "title": record.titles}),
            strong=True,
        ),
        *precision(value),
        card(record, view),
    ]
    return reply(reading, NAME, "sure", parts, (record,), spec.name, value=plain(spec, value))


def _reached(asked: Reading, reading: Reading, record: Record, *, aimed: bool) -> Day | None:
    """The day on which a figure of this record was observed, where one `asked` when it was reached, and not when it should be."""
    if not asked.says(_REACHED) or asked.says(_TO_BE):
        return None
    return quantities.reached(reading, record, aimed)


def lookup_card(reading: Reading, view: View, record: Record, field: str = "", value: float | None = None) -> Answer:
    """The record itself, where its own words are the answer; `value` is what they tell."""
    parts: tuple[Part, ...] = (Say(Phrase("answer.about", {"title": record.titles}), strong=True), card(record, view))
    return reply(reading, NAME, "sure", parts, (record,), field, value=value)


def _finer_day_asked(reading: Reading, value: object) -> bool:
    """Whether the very day is asked, and no more than the month or the year is known."""
    return isinstance(value, Day) and value.grain != "day" and reading.says(_WHICH_DAY)


def _heir(record: Record, need: Need, view: View) -> Record | None:
    """The one related record of the same kind that holds the day asked ("renewed"), where this one cannot. The kind's own day
    ("signed") is each record's own affair."""
    named = [field for field in need.fields if field != view.kind(record).when]
    if need.sort != "when" or not named:
        return None
    related = [view.records[name] for name in record.values.get("related", ()) if name in view.records]
    holding = [
        other for other in related if other.kind == record.kind and any(other.values.get(field) for field in named)
    ]
    return holding[0] if len(holding) == 1 else None


def _by_its_name(reading: Reading, view: View, record: Record, need: Need) -> Need | None:
    """The kind's own day, where the field named is what the record itself is: a renewal has no day "renewed" beside its own."""
    words = [word for _, said in need.said for word in said if is_content(word)]
    own = view.kind(record).when
    if need.sort != "when" or not words or own in need.fields or not record.values.get(own):
        return None
    return Need("when", ()) if all(view.holds(record, word, heading=True) for word in words) else None


def _was_general(reading: Reading, view: View, before: str) -> bool:
    """Whether the question before asked for a day without naming which."""
    need = needed(reading.reread(before), view) if before else None
    return need is not None and not need.fields


def reached_on(reading: Reading, view: View, record: Record, reached: Day) -> Answer:
    """The day on which a figure was observed."""
    lead = Say(Phrase("answer.value_only", {"value": reached}), strong=True)
    parts = (lead, *precision(reached), card(record, view))
    return reply(reading, NAME, "sure", parts, (record,), "quantity", value=str(reached))


def named_value(reading: Reading, view: View, record: Record) -> Answer | None:
    """The field that the question names beside the record, where the record holds it ("start month, EU-Africa PerMed")."""
    for sort, types in TYPES.items():
        need = Need(sort, reading.values("field"), (), False, words_of_fields(reading))
        named = really_named(record, need, view)
        fields = tuple(spec for spec in fields_for(record, need, view) if spec.name in named and spec.type in types)
        if fields and fields[0].name not in _BACKGROUND:
            return about(reading, view, record, need._replace(fields=(fields[0].name,)))
    if quantities.counts(record) and reading.says(progress.AIMS) and len(reading.tokens) <= 12:
        return progress.about(reading, view, record)
    return None


_CAME_TO_BE: Final = frozenset(("announced", "signed"))
"""Days of which another fact may hold only the other: when it was made known, when it was concluded."""
_BACKGROUND: Final = frozenset(("location",))
"""Fields whose words are too ordinary to ask for them by themselves."""


def repeat(reading: Reading, view: View, record: Record, *fields: str, before: str = "") -> Answer:
    """The value of a field asked before, of another record; its figure as the question before wanted it."""
    for name in fields:
        spec = view.spec(record, name)
        if spec is not None and spec.type == "quantity" and quantities.counts(record):
            asked = reading.reread(before) if before else reading
            if asked.says(phrases.WHEN) and (reached := _reached(asked, reading, record, aimed=True)):
                return reached_on(reading, view, record, reached)
            return progress.about(reading, view, record, before)
        if (
            spec is not None
            and spec.type == "day"
            and record.values.get(name) is None
            and (_was_general(reading, view, before) or name in _CAME_TO_BE)
        ):
            return about(reading, view, record, Need("when", ()))
        if spec is not None:
            sort = next((sort for sort, types in TYPES.items() if spec.type in types), "when")
            return about(reading, view, record, Need(sort, (name,)))
    types = {spec.type for kind in view.kinds.values() for name in fields if (spec := kind.field(name)) is not None}
    sort = next((sort for sort, own in TYPES.items() if types & set(own)), "when")
    return about(reading, view, record, Need(sort, fields))


def _not_held(reading: Reading, view: View, record: Record, need: Need) -> Answer:
    label = next(
        (spec.labels for field in need.fields if (spec := view.spec(record, field))),
        None,
    )
    phrase = (
        Phrase("unknown.field", {"label": label, "title": record.titles})
        if label
        else Phrase(f"unknown.no_{need.sort}", {"title": record.titles})
    )
    specs = (view.spec(record, name) for name in need.fields)
    asked = next((spec.name for spec in specs if spec is not None and spec.type in TYPES.get(need.sort, ())), "")
    return replace(unknown(reading, NAME, (phrase,), (record,)), field=asked)  # "And the other one?" asks it again.


def _told(reading: Reading, view: View, record: Record, need: Need) -> Answer | None:
    """What the summary tells in the place of a field; the figure that the record counts, where the question speaks of that."""
    if (told := summaries.told(reading, view, record, need)) is not None:
        return lookup_card(reading, view, record, *told)
    if not summaries.spoken_of(reading, view, record, need):
        return None
    counted = quantities.counted_in(record)
    if need.sort == "amount" and counted is not None and counted[1].value is not None and not need.money:
        return progress.about(reading, view, record)
    return lookup_card(reading, view, record)
