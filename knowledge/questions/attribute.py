"""One field of one fact: "quand ferme JTC2024 ?", "who signed the Swedish memorandum?", "où ?", "combien ?"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from knowledge.dates import Day
from knowledge.kinds import FieldSpec
from knowledge.messages import Part, Phrase, Say
from knowledge.questions import figures, phrases, progress, selection
from knowledge.questions.form import Answer
from knowledge.questions.lexicon import words
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading
from knowledge.questions.resolve import Resolution, resolve
from knowledge.questions.say import card, choices, plain, precision, reply, shown, undecided, unknown
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import QUESTION_WORDS, stems

NAME = "attribute"
EXAMPLES = {
    "fr": ("Quand ferme JTC2024 ?", "Qui a signé le MoU suédois ?", "Où était la première conférence ICPerMed ?"),
    "en": ("When did B1MG end?", "What is the budget of JTC2026?", "What time is the deadline of CARMEN2026?"),
}
_TYPES: Final = {
    "when": ("day", "recurrence"),
    "time": ("hour",),
    "where": ("text",),
    "amount": ("money", "quantity"),
    "signed": ("people",),
    "identifier": ("line",),
    "duration": ("duration",),
}


_REACHED: Final = re.compile(
    r"\b(?:atteint(?:e|s)?|reach(?:ed)?|hit|pass(?:ed)?|past|franchi[st]?|depasse|depassees?|met|achieved?)\b"
)
WHAT_IS: Final = re.compile(r"\b(?:est (?:ce )?quoi|quoi|what|who|qui|comment|how|pourquoi|why)\b")


_WHICH_DAY: Final = re.compile(r"\b(?:quel jour|what day|which day|exact (?:day|date)|(?:jour|date) exacte?)\b")
_DUE: Final = re.compile(
    r"\b(?:by (?:which|what)|d ici|pour (?:quand|quelle)|for (?:which|what|when)|meant to|supposed to|promise[sd]?|promis(?:e|es)?|censee?s?)\b"
)
_SUBORDINATE: Final = re.compile(
    r"^((?:what|which|how|who|where|combien|de combien|quel|quelle|qui)\b.*?) (?:(?:when|where) (?=(?:it|they|he|she|we|you|i|the|this|that|our|its|their)\b)|quand (?=(?:il|ils|elle|elles|on|le|la|les|l|nous|ce|cette)\b))"
)
"""A "when" that asks nothing: "what rate were they to reach when they were announced"."""
_FROM: Final = re.compile(
    r"\b(?:a partir (?:de|d) (?:quand|quel(?:le)?)|des quand|des quel(?:le)?|from (?:when|what|which)|as of (?:when|what|which)|starting (?:when|from when))\b"
)
_UNTIL: Final = re.compile(r"\bjusqu|\buntil\b|\btill\b", re.IGNORECASE)


_BEGINNINGS: Final = frozenset(("opens", "starts"))
_TARGET: Final = "target_date"


class Need(NamedTuple):
    """What is asked of a fact: a sort of value, and the fields named, if any."""

    sort: str
    fields: tuple[str, ...]
    counted: tuple[str, ...] = ()
    money: bool = False
    said: tuple[tuple[str, tuple[str, ...]], ...] = ()


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when the question asks for a sort of value that kinds declare fields for."""
    need = needed(reading, view)
    if need is None:
        return None
    found = resolution(reading, view)
    if found.band == "sure":
        return about(reading, view, found.records[0], need)
    if found.band == "unknown" and (bearers := _bearers(reading, view, need)):
        return choices(reading, NAME, bearers, "unsure.several", need.fields[0])
    field = next((spec.name for record in found.records[:1] for spec in _fields(record, need, view)), "")
    return undecided(reading, NAME, found, field)


def _bearers(reading: Reading, view: View, need: Need) -> tuple[Record, ...]:
    """The records that hold the field asked for, the latest first, where nothing says of which it is asked ("the info day?")."""
    said = set(reading.rest("field")) - phrases.ASKING_NOUNS
    if said or not need.fields or reading.tags != reading.named("field") or reading.found or reading.years:
        return ()
    field = need.fields[0]
    held = [record for record in view.records.values() if isinstance(record.values.get(field), Day)]
    return tuple(sorted(held, key=lambda record: (record.values[field].first, record.id), reverse=True))


def resolution(reading: Reading, view: View) -> Resolution:
    """Which fact is meant, those that have what is asked before those that do not."""
    need = needed(reading, view) or Need("", ())
    return resolve(reading, view, lambda record: bool(_fields(record, need, view)), dropped(reading, view))


def about(reading: Reading, view: View, record: Record, need: Need) -> Answer:
    """The value asked of this record, or the plain statement that it is not recorded."""
    fields = _fields(record, need, view)
    if not fields and need.sort == "when" and reading.says(_REACHED) and (reached := progress.last_day(record)):
        return reached_on(reading, view, record, reached)
    if not fields and (heir := _heir(record, need, view)) is not None:
        return about(reading, view, heir, need)
    if not fields and _is_so(reading, record):
        return lookup_card(reading, view, record)
    if not fields:
        return _from_summary(reading, view, record, need) or _not_held(reading, view, record, need)
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


_AUXILIARIES: Final = frozenset("a ont avons avez avait has have had been ete est was were is are".split())


def _is_so(reading: Reading, record: Record) -> bool:
    """Whether no more is asked than that a record is in the state that it is in ("on a signé avec le Danemark ?")."""
    return (
        not reading.says(phrases.WHEN)
        and ASKING_NOUNS.isdisjoint(reading.tokens)
        and any(
            tag.value == record.status and tag.first > 0 and reading.tokens[tag.first - 1] in _AUXILIARIES
            for tag in reading.named("status")
        )
    )


def lookup_card(reading: Reading, view: View, record: Record) -> Answer:
    """The record itself."""
    parts: tuple[Part, ...] = (Say(Phrase("answer.about", {"title": record.titles}), strong=True), card(record, view))
    return reply(reading, NAME, "sure", parts, (record,))


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
    for sort, types in _TYPES.items():
        need = Need(sort, reading.values("field"), (), False, _said(reading))
        named = _really_named(record, need, view)
        fields = tuple(spec for spec in _fields(record, need, view) if spec.name in named and spec.type in types)
        if fields and fields[0].name not in _BACKGROUND:
            return about(reading, view, record, need._replace(fields=(fields[0].name,)))
    if progress.counts(record) and reading.says(progress.AIMS) and len(reading.tokens) <= 12:
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
        if spec is not None and spec.type == "quantity" and progress.counts(record):
            return progress.about(reading, view, record, before)
        if (
            spec is not None
            and spec.type == "day"
            and record.values.get(name) is None
            and (_was_general(reading, view, before) or name in _CAME_TO_BE)
        ):
            return about(reading, view, record, Need("when", ()))
        if spec is not None:
            sort = next((sort for sort, types in _TYPES.items() if spec.type in types), "when")
            return about(reading, view, record, Need(sort, (name,)))
    types = {spec.type for kind in view.kinds.values() for name in fields if (spec := kind.field(name)) is not None}
    sort = next((sort for sort, own in _TYPES.items() if types & set(own)), "when")
    return about(reading, view, record, Need(sort, fields))


def needed(reading: Reading, view: View) -> Need | None:
    """What is asked, by the words of asking first, then by the fields named."""
    need = _needed(reading, view)
    return need._replace(said=_said(reading)) if need is not None else None


def _said(reading: Reading) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words by which each field is named."""
    return tuple({tag.value: reading.tokens[tag.first : tag.last] for tag in reading.named("field")}.items())


def _needed(reading: Reading, view: View) -> Need | None:
    spans = sorted(reading.named("field"), key=lambda tag: (tag.first - tag.last, tag.first))
    fields = tuple(dict.fromkeys(tag.value for tag in spans))
    if _UNTIL.search(reading.asked.text):
        # "Open until when?" asks for the end of what has been opened.
        named = tuple(field for field in fields if field not in _BEGINNINGS)
        fields = (*named, "ends", "closes", "target_date", *(field for field in fields if field in _BEGINNINGS))
    if reading.says(_FROM) and not {"opens", "starts"} & set(fields[:1]):
        fields = ("opens", "starts", *fields)
    if reading.says(_DUE) and not fields:
        fields = (_TARGET,)
    if selection.second_stage(reading):
        fields = ("full_proposal_deadline",)
    if reading.says(phrases.WHAT_TIME):
        return Need("time", fields)
    if reading.says(phrases.WHO_SIGNED):
        return Need("signed", fields)
    if reading.says(phrases.HOW_LONG) and not (reading.named("kind") and reading.says(_TO_RETURN)):
        return Need("duration", fields)
    if phrases.WHEN.search(_SUBORDINATE.sub(r"\1 ", reading.plain)):
        return Need("when", fields)
    if phrases.WHERE.search(_SUBORDINATE.sub(r"\1 ", reading.plain)) and not reading.says(progress.STANDS):
        return Need("where", fields)
    if (reading.says(phrases.HOW_MANY) or reading.says(phrases.BUDGET)) and not _asks_who(reading):
        counted = progress.counted_nouns(reading)
        money = reading.says(phrases.MONEY) and (not counted or phrases.MONEY.search(" ".join(counted)) is not None)
        return Need("amount", fields, () if money else counted, money)
    return _keyword(reading, view, fields)


def _asks_who(reading: Reading) -> bool:
    """Whether the question asks for a person or a body before it asks how many."""
    match = re.match(r"(?:(?:who|qui)\b|(?:which|quel|quelle)\b)", reading.plain)
    starts = [found.start() for cue in (phrases.HOW_MANY, phrases.BUDGET) if (found := cue.search(reading.plain))]
    return match is not None and min(starts, default=99) > 25


_TO_RETURN: Final = re.compile(r"\b(?:delai|median|rendu|turnaround|return)\b")
_OF: Final = frozenset(("of", "de", "du", "des", "for"))


def _keyword(reading: Reading, view: View, fields: tuple[str, ...]) -> Need | None:
    """A field named without a verb ("JTC2022 closing", "DOI of the Lancet paper")."""
    opening = any(
        tag.first == 0 and tag.last < len(reading.tokens) and reading.tokens[tag.last] in _OF
        for tag in reading.named("field")
    )
    if not opening and (len(reading.tokens) > 7 or not QUESTION_WORDS.isdisjoint(reading.tokens)):
        return None
    types = {spec.type for kind in view.kinds.values() for field in fields if (spec := kind.field(field))}
    for sort, wanted in _TYPES.items():
        if types & set(wanted):
            return Need(sort, fields)
    return None


def _fields(record: Record, need: Need, view: View) -> tuple[FieldSpec, ...]:
    """The fields of a record that answer, the best first: those named, else for a bare "when" or "how much" the main one."""
    kind = view.kind(record)
    held = [
        spec
        for spec in kind.fields
        if record.values.get(spec.name) not in (None, "", ()) and spec.type in _TYPES.get(need.sort, ())
    ]
    fields = _really_named(record, need, view)
    named = [spec for spec in held if spec.name in fields]
    if need.sort == "duration":
        return tuple(named)
    if need.sort in ("time", "where", "signed"):
        return tuple(held)
    if need.sort == "amount":
        return _amounts(record, held, need, view)
    if named:
        order = {name: index for index, name in enumerate(fields)}
        return tuple(sorted(named, key=lambda spec: order[spec.name]))
    days_named = any(
        (spec := other.field(field)) is not None and spec.type == "day"
        for other in view.kinds.values()
        for field in fields
    )
    if (kind.when in kind.next and not any(kind.field(field) for field in fields)) or fields == (_TARGET,):
        days_named = False
    if days_named or need.sort == "identifier":
        return ()
    main = [spec for spec in held if spec.name == kind.when]
    return tuple(main or held)


def _really_named(record: Record, need: Need, view: View) -> tuple[str, ...]:
    """The fields named, without those that the kind has not and whose words are part of the record's own name ("génome" in the
    title of a genome centre)."""
    said, kind = dict(need.said), view.kind(record)
    return tuple(
        field
        for field in need.fields
        if kind.field(field) or not all(view.holds(record, word, heading=True) for word in said.get(field, ("",)))
    )


def dropped(reading: Reading, view: View) -> frozenset[str]:
    """Words that ask for a field, unless some record is called so: they are not looked for."""
    covered = {index for tag in reading.named("field") for index in range(tag.first, tag.last)}
    others = {index for tag in reading.tags if tag.topic != "field" for index in range(tag.first, tag.last)}
    words_left = (reading.tokens[index] for index in covered - others)
    return frozenset(word for word in words_left if view.headings.isdisjoint(stems(word)))


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
    return unknown(reading, NAME, (phrase,), (record,))


def _amounts(record: Record, held: list[FieldSpec], need: Need, view: View) -> tuple[FieldSpec, ...]:
    """Money where money is asked, a figure where the question counts what the figure counts or names nothing else."""
    if need.counted:
        held = [spec for spec in held if spec.type == "quantity" and _counts(record, spec, need.counted, view)]
    elif need.money:
        held = sorted(held, key=lambda spec: spec.type != "money")
        held = [spec for spec in held if spec.type == "money" or _is_money(record, spec)]
    return tuple(held)


def _counts(record: Record, spec: FieldSpec, counted: tuple[str, ...], view: View) -> bool:
    quantity = record.values[spec.name]
    units = (*quantity.unit.values(), *quantity.progress_unit.values())
    keys = {key for unit in units for word in words(unit) for key in stems(word)}
    return any(keys & view.kin(word) for word in counted)


def holds(record: Record, need: Need, view: View) -> bool:
    """Whether a record has a field that answers."""
    return bool(_fields(record, need, view))


def names_field(record: Record, need: Need, view: View) -> bool:
    """Whether a field is asked by its name, in words that are no part of the record's own."""
    return bool(_really_named(record, need, view))


def _is_money(record: Record, spec: FieldSpec) -> bool:
    return any("euro" in unit for unit in record.values[spec.name].unit.values())


def _from_summary(reading: Reading, view: View, record: Record, need: Need) -> Answer | None:
    """The summary, where it states the figure asked for."""
    if need.sort == "duration" and _both_ends(record):
        return _whole(reading, view, record)
    if need.sort != "duration" and (need.sort != "amount" or not reading.says(phrases.HOW_MANY)):
        return None
    first = record.summaries.get(reading.lang, "")
    summaries = (first, *(text for text in record.summaries.values() if text != first))
    if need.sort == "duration":
        lasting = next((found for text in summaries if (found := figures.lasting(text)) is not None), None)
        return None if lasting is None else _whole(reading, view, record, "summary", lasting)
    held, value = figures.stated_for(reading, view, summaries, need.counted, need.money)
    if not held:
        return None
    return _whole(reading, view, record, "summary", value)


def _both_ends(record: Record) -> bool:
    """Whether a record says from when until when it runs."""
    return isinstance(record.values.get("starts"), Day) and isinstance(record.values.get("ends"), Day)


def _whole(reading: Reading, view: View, record: Record, field: str = "", value: float | None = None) -> Answer:
    """The card, where its own words are the answer."""
    parts: tuple[Part, ...] = (Say(Phrase("answer.about", {"title": record.titles}), strong=True), card(record, view))
    return reply(reading, NAME, "sure", parts, (record,), field, value=value)
