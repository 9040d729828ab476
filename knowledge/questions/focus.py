"""What is asked of the fact that the thread has in focus: another field, its figure, who did something, or the same again."""

from __future__ import annotations

from typing import Final

from knowledge.dates import Day
from knowledge.messages import Phrase
from knowledge.questions import (
    attribute,
    cues,
    figures,
    filters,
    lookup,
    needs,
    phrases,
    progress,
    shown,
)
from knowledge.questions.describe import head, spoken
from knowledge.questions.evidence import asked
from knowledge.questions.form import Answer, Topic
from knowledge.questions.phrases import PROPERTIES
from knowledge.questions.reading import Reading, is_content
from knowledge.questions.say import choices, unknown
from knowledge.questions.shown import SMALL
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "followup"


def leans(reading: Reading, view: View, record: Record) -> bool:
    """Whether the question has no subject of its own: only a pronoun, a field, a figure or a state is asked."""
    if any(another(reading, view, record) for another in (_names_another, _another_one, _described_otherwise)):
        return False
    if _counts_of_it(reading, view, record) or _asks_who(reading):
        return True
    own = set(cues.own(reading)) - set(reading.words_of("body"))
    need = needs.needed(reading, view)
    if own and not progress.counts_in(record, tuple(own)):
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
    if any(reading.named(topic) for topic in ("country", "city", "body")) or (dated and not progress.counts(record)):
        return False
    if not reading.tokens or all(not is_content(word) or word in SMALL for word in reading.tokens):
        return True
    asks = need is not None or reading.says(progress.SO_FAR) or reading.says(progress.STANDS)
    asks = asks or (bool(reading.named("field")) and not shown.own_words(reading))
    return asks or (bool(cues.PRONOUN.search(reading.plain)) and len(reading.tokens) <= 10)


def _asks_who(reading: Reading) -> bool:
    """Whether no more is asked than who does something ("qui coordonne ?", "who offers it?")."""
    if not cues.SOMEBODY.match(reading.plain) or len(reading.tokens) > 4:
        return False
    return not any(map(reading.named, ("country", "city", "body", "kind"))) and not (reading.years or reading.found)


def _counts_of_it(reading: Reading, view: View, record: Record) -> bool:
    """Whether a number is asked of what a pronoun stands for, and nothing else is named ("elle a réuni combien de participants ?")."""
    need = needs.needed(reading, view)
    if need is None or need.sort != "amount" or not cues.SUBJECT.match(reading.plain):
        return False
    dated = bool(reading.years or reading.found) and not progress.counts(record)
    return not dated and not any(reading.named(topic) for topic in ("country", "city", "body", "kind"))


def _by_its_kind(reading: Reading, record: Record) -> bool:
    """Whether the fact is called by its kind alone ("when did the call open?")."""
    return any(
        tag.value == record.kind and not tag.plural and tag.first > 0 and reading.tokens[tag.first - 1] in _DEFINITE
        for tag in reading.named("kind")
    )


_DEFINITE: Final = frozenset("the this that ce cet cette le la l its son sa".split())


def _another_one(reading: Reading, view: View, record: Record) -> bool:
    """Whether "the … one" is said with words that this record does not hold ("the digital tools one")."""
    said = [word for word in reading.rest("field", "kind") if word not in SMALL and word not in PROPERTIES]
    one = cues.THE_ONE_THAT.match(reading.plain) is not None and cues.THE_ONE.search(reading.plain) is not None
    return one and any(not view.holds(record, word) for word in said)


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
_LEADING: Final = frozenset(
    "behind derriere coordonne coordonnait coordinates coordinated pilote pilotait porte portait mene menait runs ran leads led manages managed gere gerait "
    "organise organisait organises organised organizes organized offers offered propose proposait hosts hosted".split()
)
"""What the bodies do that a card names."""
_NOT_REPEATED: Final = frozenset(("source", "summary"))


def again(reading: Reading, view: View, record: Record, topic: Topic) -> Answer:
    """What is asked now of this record, else the field asked before, else the record itself."""
    need = None if _only_tells_which(reading, view, record, topic) else needs.needed(reading, view)
    spec = view.spec(record, topic.field)
    bare_day = need is not None and need.sort == "when" and not need.fields and spec is not None and spec.type == "day"
    named = need is not None and needs.names_field(record, need, view)
    if need is not None and not bare_day and (named or needs.holds(record, need, view) or not topic.field):
        return attribute.about(reading, view, record, need)
    if cues.WHO.fullmatch(reading.plain):
        return attribute.about(reading, view, record, needs.Need("signed", ()))
    return (
        attribute.repeat(reading, view, record, topic.field, before=topic.text)
        if topic.field and topic.field not in _NOT_REPEATED
        else lookup.about(reading, view, record)
    )


def _only_tells_which(reading: Reading, view: View, record: Record, topic: Topic) -> bool:
    """Whether the words that would name a field only tell of which fact the same is asked again ("since the start")."""
    if not topic.field or any(reading.says(cue) for cue in (phrases.WHEN, phrases.WHERE, phrases.HOW_MANY)):
        return False
    fields = [name for name in reading.values("field") if record.values.get(name) is not None]
    said = [word for word in reading.tokens if is_content(word) and word not in SMALL]
    return not fields and bool(said) and all(view.holds(record, word, heading=True) for word in said)


def about(reading: Reading, view: View, facts: tuple[Record, ...], topic: Topic) -> Answer | None:
    """What is asked, of the fact in focus."""
    record = facts[0]
    lacking = [word for word in asked(reading) if word in PROPERTIES and not view.holds(record, word)]
    if lacking:
        return unknown(reading, NAME, (Phrase("unknown.word", {"words": lacking}),), (record,))
    need = needs.needed(reading, view)
    if len(facts) > 1 and topic.form not in (attribute.NAME, lookup.NAME, progress.NAME):
        facts = facts[:1] if topic.form == "next" else facts
        if len(facts) > 1 and need is not None and need.fields and cues.THEY.search(reading.plain):
            return shown.listed(reading, view, facts, need.fields[0])
        if len(facts) > 1:
            return choices(reading, NAME, facts, "unsure.several")
    if progress.counts(record) and _asks_how_far(reading, record, need, view):
        return progress.about(reading, view, record)
    if need is None:
        return _without_need(reading, view, record, topic)
    asks_again = need.sort == "when" and set(need.fields) <= {topic.field}
    if asks_again and (told := _day_told(reading, record, topic)):
        return attribute.reached_on(reading, view, record, told)
    return attribute.about(reading, view, record, need)


def _without_need(reading: Reading, view: View, record: Record, topic: Topic) -> Answer | None:
    """What is asked of the fact in focus by no word of asking: a phase, who, a field named in passing, or the fact itself."""
    if progress.counts(record) and reading.says(figures.PHASE):
        return progress.about(reading, view, record)
    if cues.WHO.fullmatch(reading.plain):
        return attribute.about(reading, view, record, needs.Need("signed", ()))
    if done := _done_by_somebody(reading, view, record):
        return unknown(reading, NAME, (Phrase("unknown.word", {"words": done}),), (record,))
    if cues.SOMEBODY.match(reading.plain):
        return lookup.about(reading, view, record)
    fields = reading.values("field")
    if fields and (topic.field or any(record.values.get(name) is not None for name in fields)):
        return attribute.repeat(reading, view, record, *fields)
    itself = attribute.WHAT_IS.search(reading.plain) or cues.STILL.search(reading.plain)
    return lookup.about(reading, view, record) if itself else None


def _day_told(reading: Reading, record: Record, topic: Topic) -> Day | None:
    """The day of the figure that the thread was just told ("when was that?"); None where it was told none, or an aim."""
    held = progress.counted_in(record)
    if held is None or topic.field != held[0] or topic.form != progress.NAME or not topic.text:
        return None
    told = progress.figure(reading.reread(topic.text), held[1])
    return told.point.date if told is not None and told.point is not None else None


def _done_by_somebody(reading: Reading, view: View, record: Record) -> list[str]:
    """What somebody is asked to have done ("who runs it?"), where the record does not speak of it."""
    if not reading.tokens or not cues.SOMEBODY.match(reading.plain):
        return []
    told = _LEADING if _has_others(record) else frozenset[str]()
    said = [word for word in reading.tokens if is_content(word) and word not in SMALL and word not in told]
    return [word for word in said if not view.holds(record, word)]


def _has_others(record: Record) -> bool:
    """Whether a record names bodies besides itself, of which its card tells."""
    own = {*record.aliases, *map(head, record.titles.values())}
    return any(name not in own for name in record.values.get("organisations", ()))


def _asks_how_far(reading: Reading, record: Record, need: needs.Need | None, view: View) -> bool:
    """Whether a figure is asked of a fact that counts: how far it is, what it aims at, or what it was at a time."""
    if reading.says(progress.SO_FAR) or reading.says(progress.STANDS):
        return True
    if reading.says(progress.AIMS) and (need is None or (need.sort == "amount" and not need.money)):
        counted = need.counted if need is not None else ()
        return all(progress.AIMS.fullmatch(word) or progress.counts_in(record, (word,)) for word in counted)
    if any(is_content(word) for word in reading.tokens if not word.isdigit()):
        return False
    if need is not None and need.sort == "where":
        return not needs.holds(record, need, view)
    return need is None and bool(reading.found or reading.years)
