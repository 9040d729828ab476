"""How far something is: "où en est le million de génomes ?", "how many participants so far?", "combien vise FinnGen ?"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from knowledge.dates import Period
from knowledge.fields import Progress, Quantity
from knowledge.messages import Part, Phrase, Say, Text
from knowledge.questions import figures, pace, quantities, selection
from knowledge.questions.filters import Wanted
from knowledge.questions.form import Answer
from knowledge.questions.lexicon import keys, words
from knowledge.questions.reading import Reading
from knowledge.questions.resolve import Resolution, resolve
from knowledge.questions.say import card, precision, reply, undecided, unknown
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import QUESTION_WORDS, stems

NAME = "progress"
EXAMPLES = {
    "fr": ("Où en est FinnGen ?", "Combien de participants FinnGen a-t-il recrutés à ce jour ?"),
    "en": ("How many volunteers has Our Future Health recruited so far?", "Where does FinnGen stand?"),
}
STANDS: Final = re.compile(
    r"\b(?:en (?:est|sont|sommes) ou|ou en (?:est|sont|sommes|etait)|en est (?:ou|on|il|elle)|en (?:est|sont|sommes) (?:on|ils|elles|nous|a)|rendus? (?:a|ou)|avancement|progression|avance|how far"
    r"|where (?:do|does|are|is) (?:\w+ ){1,8}(?:stand|at)|status of|progress|state of play|point sur)\b"
)
SO_FAR: Final = re.compile(
    r"\b(?:a ce jour|jusqu ici|ici a present|a present|pour l? ?instant|so far|to date|up to now|as of now|by now|yet|now|currently|actuellement|maintenant|deja|already"
    r"|derniere?s? (?:point|pointage|chiffre|decompte|fois|nouvelles)|(?:latest|last) (?:figure|count|number|point)|at last count"
    r"|(?:has|have|had) (?:\w+ ){0,7}(?:collected|reached|sequenced|enrolled|recruited|gone|validated|returned|opened|included|got|spent|invested|launched)"
    r"|(?:have|had|has) been|ont ete|exist(?:s|ent|e)?|a t on|avait on|avait deja|sur les \w+ (?:prevu|prevue|attendu|annonce)e?s?|inclus|incluses?|enrolees?|recrutees?|sequencees?|preleve(?:e|ment)?s?|collected|enrolled|recruited|rendus|remis"
    r"|(?:a|ont) (?:t (?:il|elle|on|ils|elles) )?(?:deja )?(?:lance|inclus|recrute|sequence|valide|rendu|enrole|reuni|atteint|investi|depense|depasse|franchi|mis)e?s?|(?:on|nous) (?:en )?(?:a|avons) combien|(?:ils|elles|il|elle) en (?:a|ont|est|sont)(?: a)? combien|en (?:a|ont|avons) (?:\w+ ){1,4}combien|combien (?:\w+ ){0,2}en (?:a|ont|avons) \w+|y en a(?: t il)?|how many (?:of them )?are there|en vrai|en realite|reellement|really|actually|au final|finalement|in the end|(?:we|they|it) (?:have|got|are|is) (?:at|got))\b"
)
AIMS: Final = re.compile(
    r"\b(?:vise(?:nt|r|e|es)?|visait|objectif|cible|but|target(?:s|ed|ing)?|goal|aim(?:s|ed|ing)?|ambition|wants?|wanted|veut|veulent|voulait|meant|plan(?:s|ned)? to|foreseen|foresaw|envisag\w+|prevoi(?:t|ent)|prevoyait"
    r"|prevus?|prevues?|devait|doit|devaient|doivent|devra|must|supposed|expect(?:s|ed)?|attend(?:u|us|ait)?|should|suppose|goal|out of how many|sur combien|hopes?|espere|promises?|promised|promise?s?|annonc\w+|announced?|pledged?)\b"
)
_SHARE: Final = re.compile(r"\b(?:de combien|pourcentage|pour cent|percentage|per cent|percent|by how much)\b")
"""A share or a growth is asked, which no target counts."""
_HOW_MANY: Final = re.compile(r"\b(?:combien|how many|how much|number|nombre|chiffre|figure|part|share)\b")


class Figure(NamedTuple):
    """A number of a fact: a point observed on a day, or the target (`point` None)."""

    value: float
    unit: Text
    point: Progress | None = None


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when a state or a figure is asked of a fact that counts something."""
    bare = len(reading.tokens) <= 8 and QUESTION_WORDS.isdisjoint(reading.tokens)
    stands, so_far = reading.says(STANDS), reading.says(SO_FAR) and (bare or reading.says(_HOW_MANY))
    aims = reading.says(AIMS) and reading.says(_HOW_MANY)
    if not (stands or so_far or aims) or reading.says(_SHARE):
        return None
    if aims and (one := _aimed_at(reading, view)) is not None:
        return about(reading, view, one)
    found = resolution(reading, view)
    if (one := pace.counted_by_the_year(reading, view, found.records)) is not None:
        return about(reading, view, one)
    if found.band == "unsure":
        return undecided(reading, NAME, found, "quantity")
    if found.band == "unknown" or not quantities.counts(found.records[0]):
        return None
    return about(reading, view, found.records[0])


def _aimed_at(reading: Reading, view: View) -> Record | None:
    """The one target in the very unit that is counted, of the bodies and countries named, due in the period named ("how many
    platforms were foreseen by 2025?")."""
    counted = {key for word in quantities.counted_nouns(reading) for key in stems(word)}
    counted |= {
        key for tag in reading.named("kind") for word in reading.tokens[tag.first : tag.last] for key in stems(word)
    }
    anywhere = Wanted(countries=reading.values("country"), bodies=reading.values("body"))
    found = []
    for record in view.records.values():
        held = quantities.counted_in(record)
        if held is None or held[1].value is None or not selection.fits(record, anywhere, view, reading.today):
            continue
        due = held[1].by
        if (
            keys(held[1].unit.values()) & counted
            and due is not None
            and reading.period is not None
            and reading.period.touches(due)
        ):
            found.append(record)
    return found[0] if len(found) == 1 else None


def resolution(reading: Reading, view: View) -> Resolution:
    """Which fact is meant, those that count something before those that do not."""
    return resolve(reading, view, quantities.counts)


def figure(reading: Reading, quantity: Quantity) -> Figure | None:
    """The number that is asked: the point of the period named, the target, or the last point. None when it is not held."""
    today = Period(reading.today, reading.today)
    dated = reading.period if reading.period != today else None
    years = set(reading.years)
    aimed = reading.says(AIMS) and not reading.says(STANDS)
    due_then = dated is not None and quantity.by is not None and dated.touches(quantity.by)
    if aimed and due_then and quantity.value is not None:
        return Figure(quantity.value, quantity.unit)
    for point in reversed(quantity.progress):
        if (dated is not None and dated.touches(point.date)) or point.date.year in years:
            return Figure(point.value, quantity.progress_unit or quantity.unit, point)
    if (dated is not None and dated.first and dated.last) or years:
        due = due_then or (quantity.by is not None and quantity.by.year in years)
        if quantity.progress and not due and not reading.says(AIMS):
            return None
    observed, target = keys(quantity.progress_unit.values()), keys(quantity.unit.values())
    counted = {key for word in reading.tokens for key in stems(word)}
    so_far = (
        reading.says(SO_FAR)
        or reading.says(STANDS)
        or reading.period == today
        or (bool((observed - target) & counted) and not reading.says(AIMS))
    )
    if quantity.value is not None and (
        not so_far or (reading.says(AIMS) and not reading.says(STANDS) and not quantity.progress)
    ):
        return Figure(quantity.value, quantity.unit)
    if quantity.progress:
        last = quantity.progress[-1]
        return Figure(last.value, quantity.progress_unit or quantity.unit, last)
    return None


def about(reading: Reading, view: View, record: Record, before: str = "") -> Answer:
    """The figure asked of this record, with its day and its share of the target; or that none is recorded. `before` is the
    question that this one repeats, of which it takes over whether the target or the last point is wanted."""
    held = quantities.counted_in(record)
    assert held is not None
    name, quantity = held
    if _other_phase(reading, quantity) and (stated := figures.of_phase(reading.plain, record.summaries.values())):
        lead = Say(Phrase("answer.about", {"title": record.titles}), strong=True)
        return reply(reading, NAME, "sure", (lead, card(record, view)), (record,), "summary", value=stated)
    again = bool(before) and not reading.says(AIMS)
    wanted = replace(reading, plain=f"{reading.plain} {' '.join(words(before))}") if again else reading
    found = figure(wanted, quantity)
    if found is None and reading.says(STANDS) and not reading.says(_HOW_MANY) and quantity.value is not None:
        parts: list[Part] = [
            Say(Phrase("answer.no_progress", {"title": record.titles}), strong=True),
            Say(Phrase("answer.target_only", {"value": quantity.value, "unit": quantity.unit})),
            card(record, view),
        ]
        return reply(reading, NAME, "sure", parts, (record,), name)
    if found is None:
        none = Phrase("answer.no_progress", {"title": record.titles})
        return replace(unknown(reading, NAME, (none,), (record,)), field=name)
    parts = [Say(_said(found, quantity), strong=True)]
    if found.point is not None:
        parts += precision(found.point.date)
    parts.append(card(record, view))
    return reply(reading, NAME, "sure", parts, (record,), name, value=_plain(found.value))


def _other_phase(reading: Reading, quantity: Quantity) -> bool:
    """Whether another phase is asked about than the one that the figure is of."""
    asked = figures.PHASE.search(reading.plain)
    own = [match[1] for text in quantity.unit.values() if (match := figures.PHASE.search(text)) is not None]
    return asked is not None and bool(own) and asked[1] not in own


def _said(found: Figure, quantity: Quantity) -> Phrase:
    if found.point is None:
        return Phrase("answer.target_only", {"value": found.value, "unit": found.unit})
    share = None if not quantity.value or quantity.progress_unit else found.value / quantity.value
    arguments = {"value": found.value, "unit": found.unit, "date": found.point.date}
    if share is None:
        return Phrase("answer.progress_no_share", arguments)
    return Phrase("answer.progress", {**arguments, "share": share, "target": quantity.value})


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value
