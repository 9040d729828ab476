"""The like of the fact in focus elsewhere: "do we have something like that in France?", "il y a un équivalent au Danemark ?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.messages import Phrase
from knowledge.questions import lookup, programme
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.say import choices, kinds_text, unknown
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "followup"
_LIKE: Final = re.compile(
    r"\b(?:(?:something|anything|things?|one|programmes?|programs?) (?:like (?:it|that|this)|similar|comparable|of (?:the|that) (?:sort|kind))|(?:the |an? )?(?:same|similar|comparable) (?:thing|one)|equivalents?|counterparts?"
    r"|(?:quelque chose|un truc|des trucs|un projet|une chose) (?:comme ca|comme cela|de (?:pareil|semblable|similaire|comparable|ce genre|du genre|meme))|(?:le|la|du) meme (?:chose|genre)?|homologues?|pareil)\b"
)


def answer(reading: Reading, view: View, focus: Record) -> Answer | None:
    """Answers where something like the fact in focus is asked for in a country: the one of its kind with most in common."""
    countries = set(reading.values("country")) or ({view.home} if programme.is_spoken_of(reading) else set())
    if not reading.says(_LIKE) or not countries or reading.named("body") or len(reading.tokens) > 14:
        return None
    there = [
        record
        for record in view.records.values()
        if record.id != focus.id and record.kind == focus.kind and countries <= set(record.values.get("countries", ()))
    ]
    alike = [record for record in there if set(record.themes) & set(focus.themes)]
    if alike:
        return lookup.about(reading, view, _likest(alike, focus, view))
    near = [record for record in there if view.heading(record) & view.heading(focus)]
    if near:
        return choices(reading, NAME, near)
    none = Phrase("unknown.none_match", {"what": kinds_text((focus.kind,), view)})
    return unknown(reading, NAME, (none,), (focus,))


def _likest(records: Sequence[Record], focus: Record, view: View) -> Record:
    """The one with most themes and words of the title in common with the fact in focus, then the one most like its text."""

    def common(record: Record) -> int:
        return len(set(record.themes) & set(focus.themes)) + len(view.heading(record) & view.heading(focus))

    most = max(map(common, records))
    best = [record for record in records if common(record) == most]
    text = " ".join((*focus.titles.values(), *focus.summaries.values()))
    hits = view.index.search(text, limit=1, among=[record.id for record in best])
    return view.records[hits[0].id] if hits else best[0]
