"""Whether a question speaks of the fact that its thread has in focus: it names no other, and asks something of one."""

from __future__ import annotations

from typing import Final

from knowledge.questions import cues, filters, needs, pointing, progress, quantities, shown
from knowledge.questions.describe import spoken
from knowledge.questions.phrases import PROPERTIES
from knowledge.questions.reading import Reading, is_content
from knowledge.questions.shown import SMALL
from knowledge.questions.view import View
from knowledge.records import Record

_SHORT: Final = 3
"""Words of a question that is a state and no more ("déjà atteint ?")."""


def leans(reading: Reading, view: View, record: Record) -> bool:
    """Whether the question has no subject of its own: only a pronoun, a field, a figure or a state is asked."""
    if any(another(reading, view, record) for another in (_names_another, _another_one, _described_otherwise)):
        return False
    if _counts_of_it(reading, view, record) or _asks_who(reading):
        return True
    own = set(cues.own(reading)) - set(reading.words_of("body"))
    need = needs.needed(reading, view)
    if own and not quantities.counts_in(record, tuple(own)):
        return False
    if reading.named("kind") and not cues.PRONOUN.search(reading.plain) and not _by_its_kind(reading, record):
        return False
    if (kinds := filters.asks_for_kind(reading)) and record.kind not in kinds:
        return False
    if any(is_content(word) and not view.holds(record, word) for word in reading.words_of("theme")):
        return False
    dated = (
        reading.years or (reading.found and not reading.tokens) or (reading.found and cues.AND.fullmatch(reading.plain))
    )
    if any(reading.named(topic) for topic in ("country", "city", "body")) or (dated and not quantities.counts(record)):
        return False
    if not reading.tokens or all(not is_content(word) or word in SMALL for word in reading.tokens):
        return True
    asks = need is not None or reading.says(progress.SO_FAR) or reading.says(progress.STANDS)
    asks = asks or (bool(reading.named("field")) and not shown.own_words(reading))
    asks = asks or (bool(reading.named("status")) and len(reading.tokens) <= _SHORT)
    return asks or (bool(cues.PRONOUN.search(reading.plain)) and len(reading.tokens) <= 10)


def _asks_who(reading: Reading) -> bool:
    """Whether no more is asked than who does something ("qui coordonne ?", "who offers it?")."""
    if not cues.SOMEBODY.match(reading.plain) or len(reading.tokens) > 4:
        return False
    return not any(map(reading.named, ("country", "city", "body", "kind"))) and not (reading.years or reading.found)


def _counts_of_it(reading: Reading, view: View, record: Record) -> bool:
    """Whether a number is asked of what a pronoun stands for, and nothing else is named ("elle a réuni combien de participants ?")."""
    need = needs.needed(reading, view)
    rate = reading.says(cues.RATE)  # "Combien de réunions par an ?" counts no records.
    its = cues.SUBJECT.match(reading.plain) or cues.ITS.search(reading.plain)
    if need is None or need.sort != "amount" or not (rate or its) or (reading.named("kind") and not rate):
        return False
    dated = bool(reading.years or reading.found) and not quantities.counts(record)
    parties = (word for sort in ("country", "city", "body") for word in reading.words_of(sort))
    return not dated and all(view.holds(record, word) for word in parties)


def _by_its_kind(reading: Reading, record: Record) -> bool:
    """Whether the fact is called by its kind alone ("when did the call open?")."""
    return any(
        tag.value == record.kind and not tag.plural and tag.first > 0 and reading.tokens[tag.first - 1] in _DEFINITE
        for tag in reading.named("kind")
    )


_DEFINITE: Final = frozenset("the this that ce cet cette le la l its son sa".split())


def _another_one(reading: Reading, view: View, record: Record) -> bool:
    """Whether "the … one" is said with words that this record does not hold ("the digital tools one")."""
    point = pointing.pointed(reading)
    said = point.said.rest("field", "kind") if point is not None else ()
    return any(not view.holds(record, word) for word in said if word not in SMALL and word not in PROPERTIES)


def _names_another(reading: Reading, view: View, record: Record) -> bool:
    """Whether the question says a name made of small words that another record bears ("All of Us")."""
    said = spoken(reading)
    return any(f" {name} " in said and record.id not in bearers for name, bearers in view.small_names.items())


def _described_otherwise(reading: Reading, view: View, record: Record) -> bool:
    """Whether a kind is named with a word that this record does not hold ("the patients forum", "le projet avec l'Afrique")."""
    fields = reading.words_of("field")
    for tag in reading.named("kind"):
        after = [word for word in reading.tokens[tag.last : tag.last + 3] if word not in _ARTICLES]
        joined = reading.tokens[tag.last : tag.last + 1] and reading.tokens[tag.last] in _JOINING
        beside = (*reading.tokens[max(0, tag.first - 1) : tag.first], *(after[1:2] if joined else ()))
        said = [word for word in beside if is_content(word) and word not in SMALL and word not in fields]
        if any(not view.holds(record, word) and word not in PROPERTIES for word in said):
            return True
    return False


_ARTICLES: Final = frozenset("le la les l the".split())
_JOINING: Final = frozenset("de du des d sur avec on about with of".split())
