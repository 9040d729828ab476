"""What is asked of the fact that the thread has in focus: another field, its figure, who did something, or the same again."""

from __future__ import annotations

from typing import Final

from knowledge.dates import Day
from knowledge.messages import Phrase
from knowledge.questions import attribute, cues, figures, lookup, needs, phrases, progress, quantities, shown
from knowledge.questions.describe import head
from knowledge.questions.evidence import asked
from knowledge.questions.form import Answer, Topic
from knowledge.questions.phrases import PROPERTIES
from knowledge.questions.reading import Reading, is_content
from knowledge.questions.say import choices, unknown
from knowledge.questions.shown import SMALL
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "followup"


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
    if quantities.counts(record) and _asks_how_far(reading, record, need, view):
        return progress.about(reading, view, record)
    if need is None:
        return _without_need(reading, view, record, topic)
    asks_again = need.sort == "when" and set(need.fields) <= {topic.field}
    if asks_again and (told := _day_told(reading, record, topic)):
        return attribute.reached_on(reading, view, record, told)
    return attribute.about(reading, view, record, need)


def _without_need(reading: Reading, view: View, record: Record, topic: Topic) -> Answer | None:
    """What is asked of the fact in focus by no word of asking: a phase, who, a field named in passing, or the fact itself."""
    if quantities.counts(record) and reading.says(figures.PHASE):
        return progress.about(reading, view, record)
    if cues.WHO.fullmatch(reading.plain) and (_has_people(record, view) or not _has_others(record)):
        return attribute.about(reading, view, record, needs.Need("signed", ()))
    if done := _done_by_somebody(reading, view, record):
        return unknown(reading, NAME, (Phrase("unknown.word", {"words": done}),), (record,))
    if cues.SOMEBODY.match(reading.plain):
        return lookup.about(reading, view, record)
    fields = reading.values("field")
    if fields and (topic.field or any(record.values.get(name) is not None for name in fields)):
        return attribute.repeat(reading, view, record, *fields)
    itself = attribute.WHAT_IS.search(reading.plain) or cues.STILL.search(reading.plain) or reading.named("status")
    return lookup.about(reading, view, record) if itself else None


def _day_told(reading: Reading, record: Record, topic: Topic) -> Day | None:
    """The day of the figure that the thread was just told ("when was that?"); None where it was told none, or an aim."""
    held = quantities.counted_in(record)
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


def _has_people(record: Record, view: View) -> bool:
    """Whether records of this kind are signed by people."""
    return any(spec.type == "people" for spec in view.kind(record).fields)


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
        return all(progress.AIMS.fullmatch(word) or quantities.counts_in(record, (word,)) for word in counted)
    if any(is_content(word) for word in reading.tokens if not word.isdigit()):
        return False
    if need is not None and need.sort == "where":
        return not needs.holds(record, need, view)
    return need is None and bool(reading.found or reading.years)


def asked_of(reading: Reading, view: View, record: Record) -> Answer:
    """What is asked of a record, else the record itself."""
    need = needs.needed(reading, view)
    if need is not None and needs.holds(record, need, view):
        return attribute.about(reading, view, record, need)
    days = (
        [name for name in need.fields if _is_day(view, record, name)]
        if need is not None and need.sort == "when"
        else []
    )
    # Signed or announced: one may stand for the other.
    if days and (again := attribute.repeat(reading, view, record, *days)).band == "sure":
        return again
    if quantities.counts(record) and (reading.says(progress.SO_FAR) or reading.says(progress.STANDS)):
        return progress.about(reading, view, record)
    return lookup.about(reading, view, record)


def _is_day(view: View, record: Record, field: str) -> bool:
    spec = view.spec(record, field)
    return spec is not None and spec.type == "day"
