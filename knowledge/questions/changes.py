"""What is new: "quoi de neuf au Danemark ?", "what happened since Monday?", "what changed last week?"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from knowledge.dates import Day, Period
from knowledge.messages import Note, Part, Phrase, Say
from knowledge.questions import filters, selection
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.say import item, listing, reply, unknown
from knowledge.questions.states import occurrences
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "changes"
EXAMPLES = {
    "fr": ("Quoi de neuf au Danemark ?", "Qu'est-ce qui a changé depuis lundi ?"),
    "en": ("What's new in Sweden?", "What changed since Monday?"),
}
RECENT: Final = timedelta(days=730)
"""How far back "new" reaches when no period is named."""
_WEEKLY: Final = re.compile(
    r"\b(?:resume\w*|bilan|recap\w*|point|summar\w+|review|digest)\b(?: \w+){0,3} (?:semaine|week)\b"
)
"""Asks for the last seven days."""
_ASKED: Final = re.compile(
    r"\b(?:quoi de (?:neuf|nouveau)|du nouveau|des nouvelles|(?:any|the latest|latest) news|nouveautes|what s new|what new(?= (?:in|at|with|from|on|about|since|for|this|today)\b|$)|whats new|what is new|anything new|rien de neuf|quelles nouvelles|what (?:has )?(?:changed|happened)"
    r"|quelque chose de (?:neuf|nouveau)|(?:y a t il|il y a) (?:eu )?du (?:neuf|nouveau)|(?:did|has|have) (?:anything|something|it|things) (?:been )?(?:changed?|happened?|moved?|updated)|any (?:updates?|changes|developments)|des (?:changements|mises a jour)"
    r"|(?:a|ont) (?:change|bouge)|week in review|(?:did|have) (?:i|we) miss(?:ed)?|what i missed|(?:ai|avons) (?:je |nous )?(?:manque|rate|loupe))\b|"
    + _WEEKLY.pattern
)


def answer(reading: Reading, view: View) -> Answer | None:
    """Lists the facts that were changed in the base, and those whose dates lie, in the period named or lately."""
    if not _ASKED.search(reading.folded):
        return None
    today = reading.today
    named = reading.period
    if named is None and _WEEKLY.search(reading.folded):
        named = Period(today - timedelta(days=7), today)
    period = Period(
        (named.first if named else None) or today - RECENT, min((named.last if named else None) or today, today)
    )
    want = replace(filters.wanted(reading, view), period=None, statuses=(), field="")
    about = [record for record in view.records.values() if selection.fits(record, want, view, today)]
    dated = [(day, record) for record in about if (day := _latest(record, period, view)) is not None]
    touched = [
        (day, view.records[name]) for name, day in view.touched.items() if period.holds(day) and name in view.records
    ]
    found: dict[str, tuple[Day, Record]] = {}
    for day, record in sorted(
        (*dated, *((d, r) for d, r in touched if r in about)), key=lambda pair: pair[0].last, reverse=True
    ):
        found.setdefault(record.id, (day, record))
    if not found:
        return unknown(reading, NAME, (Phrase("changes.none", {"period": period}),))
    lines = [item(record, Phrase("list.day", {"day": day})) for day, record in found.values()]
    parts: list[Part] = [
        Say(Phrase("changes.lead", {"count": len(lines)}), strong=True),
        *listing(lines),
        Note(Phrase("answer.period", {"period": period})),
    ]
    records = tuple(record for _, record in found.values())
    ids = tuple(record.id for record in records)
    return reply(reading, NAME, "sure", parts, records, set=ids, count=len(ids))


def _latest(record: Record, period: Period, view: View) -> Day | None:
    """The last of a record's days that lies in the period."""
    days = [day for spec in view.kind(record).fields for day in occurrences(record, spec.name) if period.holds(day)]
    return max(days, key=lambda day: day.last, default=None)
