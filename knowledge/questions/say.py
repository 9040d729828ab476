"""Puts what was found into messages: cards, listings, choices, and the honest sentences when nothing fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from knowledge.dates import Day
from knowledge.field_types import TYPES
from knowledge.kinds import FieldSpec
from knowledge.messages import Action, Actions, Card, Item, Link, Listing, Message, Note, Part, Phrase, Row, Say, Text
from knowledge.questions.form import Answer, Band, Topic
from knowledge.questions.reading import Reading
from knowledge.questions.resolve import Resolution
from knowledge.questions.view import View
from knowledge.records import Record

SHOWN = 10
CHOICES = 3


def card(record: Record, view: View) -> Card:
    """The fact with the fields that its kind shows, its source, and the caution of its note."""
    kind = view.kind(record)
    rows = []
    for name in kind.card:
        spec = kind.field(name)
        value = record.values.get(name)
        if spec is not None and value not in (None, "", ()):
            rows.append(Row(spec.labels, shown(spec, value, view)))
    status = kind.field("status")
    return Card(
        record_id=record.id,
        kind=kind.labels,
        title=record.titles,
        summary=record.summaries,
        rows=tuple(rows),
        status=status.choices.get(record.status) if status else None,
        source=Link(record.source.title, record.source.url),
        source_date=record.source.verified_on or record.source.accessed,
        other_sources=tuple(Link(source.title, source.url) for source in record.other_sources),
        note=record.note,
        programme=record.programme,
    )


def shown(spec: FieldSpec, value: Any, view: View) -> Any:
    """A value as a card shows it: countries and choices by their names, the rest as it is."""
    if spec.type == "places":
        return [view.places.get(code, {"en": code}) for code in value]
    if spec.type == "choice":
        return spec.choices.get(value, {"en": value})
    if spec.type == "reference":
        return [view.records[name].titles for name in value if name in view.records]
    return list(value) if isinstance(value, tuple) else value


def plain(spec: FieldSpec, value: Any) -> str | float | int | None:
    """A value for machines: ISO date, number or text."""
    return TYPES[spec.type].plain(value)


def precision(value: Any) -> tuple[Part, ...]:
    """The remark that a day is known to the month or the year only."""
    if isinstance(value, Day) and value.grain != "day":
        return (Note(Phrase(f"answer.{value.grain}_only")),)
    return ()


def reply(
    reading: Reading,
    form: str,
    band: Band,
    parts: Iterable[Part],
    facts: Sequence[Record] = (),
    field: str = "",
    **more: Any,
) -> Answer:
    """An answer about facts, with the topic that its thread will be about."""
    ids = tuple(record.id for record in facts)
    return Answer(
        band=band,
        form=form,
        lang=reading.lang,
        message=Message(tuple(parts)),
        facts=ids,
        field=field,
        topic=Topic(ids[:25], field, form, reading.lang, reading.asked.text) if ids else None,
        **more,
    )


def item(record: Record, detail: Phrase | None = None) -> Item:
    return Item(record.id, record.titles, detail)


def dated_item(record: Record, field: str, view: View) -> Item:
    """A line of a listing with the day that the question is about."""
    spec, value = view.spec(record, field), record.values.get(field)
    if spec is None or value is None:
        return item(record)
    return item(record, Phrase("list.detail", {"label": spec.labels, "value": value}))


def listing(items: Sequence[Item]) -> tuple[Part, ...]:
    """At most SHOWN lines, and how many more there are."""
    parts: list[Part] = [Listing(tuple(items[:SHOWN]), len(items))]
    if len(items) > SHOWN:
        parts.append(Note(Phrase("answer.more", {"count": len(items) - SHOWN})))
    return tuple(parts)


def choose(record: Record) -> Action:
    return Action("choose", record.titles, record.id)


def choices(
    reading: Reading, form: str, records: Sequence[Record], lead: str = "unsure.lead", field: str = ""
) -> Answer:
    """Offers records to click instead of guessing among them."""
    shown_records = records if lead == "unsure.several" else records[:CHOICES]
    parts = (Say(Phrase(lead)), Actions(tuple(choose(record) for record in shown_records[:5])))
    return reply(reading, form, "unsure", parts, records, field)


def undecided(reading: Reading, form: str, resolution: Resolution, field: str = "") -> Answer:
    """A choice, or what is missing, where no one fact is sure."""
    if resolution.band == "unsure":
        return choices(
            reading, form, resolution.records, "unsure.several" if resolution.several else "unsure.lead", field
        )
    # As it was typed: what a word was taken for is of no help to who typed another.
    typed = {meant: word for word, meant in reading.mended}
    words = [typed.get(word, word) for word in resolution.missing]
    missing = (Phrase("unknown.word", {"words": words}),) if words else ()
    return unknown(reading, form, missing, resolution.records)


def unknown(
    reading: Reading,
    form: str,
    missing: Sequence[Phrase] = (),
    near: Sequence[Record] = (),
    understood: Sequence[Part] = (),
) -> Answer:
    """ "I have no record": what is missing, how the question was `understood`, and the nearest facts named without asserting
    them."""
    parts: list[Part] = [Say(Phrase("unknown.lead"), strong=True), *(Say(phrase) for phrase in missing), *understood]
    if near:
        parts += [Say(Phrase("unknown.near")), Actions(tuple(choose(record) for record in near[:CHOICES]))]
    parts.append(Note(Phrase("unknown.ask_coordinator")))
    return reply(reading, form, "unknown", parts, near)


def kinds_text(kinds: Sequence[str], view: View) -> Text:
    """The plural names of kinds, joined: what a list is a list of."""
    if not kinds:
        return {"fr": "faits", "en": "facts"}
    return {
        lang: (" et " if lang == "fr" else " and ").join(view.kinds[kind].plurals.get(lang, kind) for kind in kinds)
        for lang in ("fr", "en")
    }
