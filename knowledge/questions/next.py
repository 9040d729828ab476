"""What comes next and what came last: "prochaine échéance maladies rares ?", "which call closed most recently?"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from knowledge.dates import Day
from knowledge.fields import Recurrence
from knowledge.kinds import Kind
from knowledge.messages import Part, Phrase, Say
from knowledge.questions import filters, order, selection
from knowledge.questions.form import Answer
from knowledge.questions.listing import asks_for_several
from knowledge.questions.reading import Reading
from knowledge.questions.resolve import resolve
from knowledge.questions.say import card, dated_item, listing, precision, reply, unknown
from knowledge.questions.states import occurrences, state
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import stems

NAME = "next"
EXAMPLES = {
    "fr": ("Prochaine échéance maladies rares ?", "Quel est le dernier accord signé ?"),
    "en": ("What is the next event?", "Which call closed most recently?"),
}
_MANY: Final = re.compile(
    r"\b(?:next|upcoming|last|latest|prochaine?s?|derniere?s?|derniers?) (\d{1,2})\b|\b(\d{1,2}) (?:next|upcoming|last|latest|most recent|prochaine?s?|derniere?s?|derniers?)\b"
)
"""How many are asked for: "the next three", "les deux dernières"."""
_HOW_MANY: Final = re.compile(r"\b(?:(?<!le )combien|how many|how much)\b")
_SEVERAL: Final = re.compile(
    r"\b(?:prochaine?s (?:echeances|dates|deadlines|clotures|jalons)|(?:next|upcoming) (?:deadlines|dates|milestones|closings))\b"
)
_HAND_IN: Final = re.compile(
    r"\b(?:rendre|depot|deposer|soumettre|soumission|submi\w+|due|apply|hand in|candidat\w+|delai|tard)\b"
)
_ORDER_WORDS: Final = frozenset(
    key
    for word in (
        "prochain prochaine next upcoming venir vient arrive arrivent coming come comes up suivant suivante bientot soon soonest earliest futur "
        "future dernier derniere last latest most recent recently recemment vient viennent just juste newest echeance deadline date limite "
        "cloture closing cutoff jalon milestone etape step calendrier calendar agenda programme due still yet encore deja passe passee passed "
        "closed ended happened not yet opened took fermer ferme clore 1eme happen happens rester restent reste remain remains left avoir rendre plus out sorti sortie ready depasse echu atteint proche near timetable timeline schedule ensuite devant ahead diary"
    ).split()
    for key in stems(word)
)


class Happening(NamedTuple):
    """One day of one record."""

    day: Day
    record: Record
    field: str


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when an order in time is asked of a kind, a sort of date, or one record's dates."""
    if reading.says(_HOW_MANY):
        return None
    way = order.asked(reading)
    if not any(way) or not (reading.named("kind") or reading.named("field") or reading.says(order.STEP)):
        return None
    want = filters.wanted(reading, view)
    fields = _fields(reading, view, want)
    want = _of_kinds(want, view, reading, fields)
    asked = selection.content(reading, view)
    many = next((int(number) for match in _MANY.finditer(reading.plain) for number in match.groups() if number), 0)
    said = {str(many)} if many else set()
    asked = replace(
        asked,
        required=tuple(word for word in asked.required if word not in said and not _ORDER_WORDS & set(stems(word))),
    )
    chosen = selection.select(view, reading, want, asked)
    if not chosen and asked.required and not reading.named("kind"):
        chosen = selection.select(view, reading, filters.Wanted(), asked)
        fields = ()
    several = reading.says(_SEVERAL) or (asks_for_several(reading, view) and not _of_one(reading))
    if many > 1:
        return _several(reading, view, want, chosen, fields, not way.ahead, many)
    if (way.ahead or way.past) and several:
        return _several(reading, view, want, chosen, fields, way.past)
    return _single(reading, view, chosen, fields, way.ahead, want)


def _fields(reading: Reading, view: View, want: filters.Wanted) -> tuple[str, ...]:
    """The day field looked at, where one was named that is not a deadline in general (any of which may come next)."""
    kinds = [view.kinds[name] for name in want.kinds or view.kinds]
    named = [field for field in reading.values("field") if any(_is_day(kind, field) for kind in kinds)]
    if filters.second_stage(reading):
        return ("full_proposal_deadline",)
    if not named or any(field in kind.next for field in named for kind in kinds if _any_deadline(reading, field)):
        return ()
    return (named[0],)


def _any_deadline(reading: Reading, field: str) -> bool:
    """Whether the words that name a field stand for any deadline ("échéance", "à rendre"), not for that one ("ferme")."""
    spans = [" ".join(reading.tokens[tag.first : tag.last]) for tag in reading.named("field") if tag.value == field]
    return all(order.STEP.search(span) or _HAND_IN.search(span) for span in spans)


def _is_day(kind: Kind, field: str) -> bool:
    spec = kind.field(field)
    return spec is not None and spec.type in ("day", "recurrence")


def _of_one(reading: Reading) -> bool:
    """Whether one thing is next ("the next deadline on calls"), not several ("the next calls")."""
    match = re.search(r"\b(?:next|prochaine?)\b (\w+)", reading.plain)
    plural = {word for tag in reading.named("kind") if tag.plural for word in reading.tokens[tag.first : tag.last]}
    return match is not None and match.group(1) not in plural


def _of_kinds(want: filters.Wanted, view: View, reading: Reading, fields: tuple[str, ...]) -> filters.Wanted:
    if want.kinds or (reading.says(order.STEP) and not fields and (want.bodies or want.countries)):
        return replace(want, statuses=(), period=None)
    if fields:
        kinds = tuple(name for name, kind in view.kinds.items() if kind.field(fields[0]))
    else:
        kinds = tuple(name for name, kind in view.kinds.items() if kind.open)
    return replace(want, kinds=kinds, statuses=(), period=None)


def _happenings(
    records: tuple[Record, ...], view: View, fields: tuple[str, ...], today: date, ahead: bool
) -> list[Happening]:
    """The days looked at. Looking back counts what happened on the kind's own day; a return that never came is no event."""
    found = []
    for record in records:
        kind = view.kind(record)
        if len(records) == 1 and not fields:
            names: tuple[str, ...] = tuple(spec.name for spec in kind.fields if spec.type in ("day", "recurrence"))
        else:
            usual = kind.next if ahead and kind.next else (kind.when,) if kind.when else kind.next
            names = tuple(name for name in fields if kind.field(name)) or usual
        names = tuple(name for name in names if ahead or not isinstance(record.values.get(name), Recurrence))
        found += [Happening(day, record, name) for name in names for day in occurrences(record, name)]
    return found


def _single(
    reading: Reading,
    view: View,
    chosen: tuple[Record, ...],
    fields: tuple[str, ...],
    ahead: bool,
    want: filters.Wanted,
) -> Answer | None:
    happenings = _happenings(chosen, view, fields, reading.today, ahead)
    if ahead:
        happenings = [item for item in happenings if item.day.last >= reading.today]
        best = min(happenings, key=lambda item: (item.day.last, item.record.id), default=None)
    else:
        happenings = [item for item in happenings if item.day.first <= reading.today]
        best = max(happenings, key=lambda item: (item.day.first, item.record.id), default=None)
    if best is None:
        if not reading.named("kind") and not reading.named("field"):
            return None
        if resolve(reading, view).band == "sure":
            return None
        key = "answer.next_none" if ahead else "answer.last_none"
        return unknown(reading, NAME, (Phrase(key, {"what": selection.what(want, view)}),))
    spec = view.spec(best.record, best.field)
    tied = {
        item.record.id: item.record for item in happenings if item.day == best.day and item.record.id != best.record.id
    }
    parts: list[Part] = [
        Say(
            Phrase(
                "answer.value", {"label": spec.labels if spec else {}, "value": best.day, "title": best.record.titles}
            ),
            strong=True,
        ),
        *precision(best.day),
        card(best.record, view),
    ]
    facts = (best.record, *tied.values())
    if tied:
        parts += listing([dated_item(record, best.field, view) for record in facts])
    return reply(reading, NAME, "sure", parts, facts, best.field, value=str(best.day))


def _several(
    reading: Reading,
    view: View,
    want: filters.Wanted,
    chosen: tuple[Record, ...],
    fields: tuple[str, ...],
    past: bool,
    most: int = 0,
) -> Answer:
    """All that lie ahead, or, for a deadline already passed, all that lie behind; only the `most` nearest where so many are
    asked for."""
    kept: dict[str, Happening] = {}
    for item in sorted(_happenings(chosen, view, fields, reading.today, not past), key=lambda item: item.day.first):
        kind = view.kind(item.record)
        inside = item.day.last < reading.today if past else item.day.last >= reading.today
        inside = inside and (reading.period is None or reading.period.touches(item.day))
        already_open = (
            kind.open is not None
            and not (past or fields or (most and reading.says(order.STEP)))
            and state(item.record, kind, reading.today) == "open"
        )
        if inside and not already_open:
            if past and most:
                kept.pop(item.record.id, None)
            kept.setdefault(item.record.id, item)
    if most:
        nearest = [*kept.values()][:most] if not past else [*kept.values()][-most:][::-1]
        kept = {item.record.id: item for item in nearest}
    records = tuple(item.record for item in kept.values())
    if not records:
        return unknown(reading, NAME, (Phrase("unknown.none_match", {"what": selection.what(want, view)}),))
    parts: list[Part] = [
        Say(
            Phrase("answer.list", {"count": len(records), "what": selection.what(want, view, len(records))}),
            strong=True,
        ),
        *listing([dated_item(item.record, item.field, view) for item in kept.values()]),
    ]
    ids = tuple(record.id for record in records)
    return reply(reading, NAME, "sure", parts, records, set=ids, count=len(ids))
