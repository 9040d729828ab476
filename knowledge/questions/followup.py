"""A question that leans on the one before it in the thread: "et quand ferme-t-il ?", "and the Swedish one?", "la deuxième".

What the thread is about (`Topic`) stands in for what the question leaves out: the fact, the field, or the whole question.
"""

from __future__ import annotations

from knowledge.questions import (
    among,
    attribute,
    beside,
    counterparts,
    cues,
    focus,
    leaning,
    likeness,
    lookup,
    needs,
    partners,
    phrases,
    relations,
    restating,
    shown,
    sides,
    thread,
)
from knowledge.questions.describe import are_linked
from knowledge.questions.form import Answer, Topic
from knowledge.questions.reading import Reading
from knowledge.questions.shown import WHICH
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import words

NAME = "followup"
EXAMPLES = {"fr": ("Et quand ferme-t-il ?", "Et le suédois ?"), "en": ("And the second stage?", "Who signed it?")}


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when the question leans on the topic of its thread; None when it stands on its own."""
    topic = reading.asked.topic
    if topic is None or cues.stands_alone(reading):
        return None
    facts = thread.facts_of(topic.facts, view)
    listed = thread.facts_of(topic.shown, view) or (relations.counted(reading, view, facts[0]) if facts else ())
    found = among.answer(reading, view, topic, facts, listed)
    if found is not None or not facts:
        return found
    restates = _may_restate(reading, topic) and restating.restated(reading, view) is not None
    replaces = restates and restating.replaces(reading, view)
    if (found := _of_its_kin(reading, view, topic, facts)) is not None:
        return found
    which = shown.asks_which(reading)
    if (which or cues.THE_ONE.search(reading.plain) or not replaces) and (
        found := among.some(reading, view, topic, facts, listed)
    ):
        return found
    if replaces and (cues.AND.match(reading.plain) or topic.form in thread.LISTS):
        return None
    if which and len(facts) > 1 and topic.form in thread.LISTS and among.narrows(reading, view):
        return shown.none_of(reading, view, facts)
    return _of_focus(reading, view, topic, facts, restates=restates)


def _of_its_kin(reading: Reading, view: View, topic: Topic, facts: tuple[Record, ...]) -> Answer | None:
    """What is asked of the sides of the fact in focus, of its like elsewhere, or of what it has to do with."""
    found = sides.answer(reading, view, topic, facts[0]) or counterparts.answer(reading, view, facts[0])
    if found is not None or (shown.asks_which(reading) and len(facts) > 1):
        return found
    return relations.answer(reading, view, topic, facts[0]) or beside.asked_for(reading, view, topic, facts[0])


def _of_focus(
    reading: Reading, view: View, topic: Topic, facts: tuple[Record, ...], *, restates: bool
) -> Answer | None:
    """What is asked of the fact in focus, of what stands beside it, or of another of its sort."""
    if leaning.leans(reading, view, facts[0]) and (found := focus.about(reading, view, facts, topic)) is not None:
        beneath = beside.answer(reading, view, topic, facts[0]) if found.band == "unknown" else None
        return beneath or found
    if (
        _only_another_party(reading, view, facts[0])
        and (like := likeness.like_before(reading, view, facts, topic)) is not None
        and like.band == "sure"
    ):
        return like
    if restates or cues.asks_of_its_own(reading, view):
        return None
    if not (cues.AND.match(reading.plain) or likeness.is_bare(reading, view)):
        return None
    same_kind = cues.ONES.search(reading.plain) is not None
    named = None if same_kind else beside.answer(reading, view, topic, facts[0], by_name=True)
    return named or likeness.like_before(reading, view, facts, topic)


def _only_another_party(reading: Reading, view: View, focus: Record) -> bool:
    """Whether the same is asked of another country or body, in words that the fact in focus has too ("et l'Allemagne, elle a rejoint
    quand ?")."""
    parties = {*reading.words_of("country"), *reading.words_of("body")}
    said = [word for word in cues.own(reading) if word not in parties]
    return bool(cues.AND.match(reading.plain) and parties) and all(view.holds(focus, word) for word in said)


def restated(reading: Reading, view: View) -> str | None:
    """The question before with what this one puts in its place, where this one can be nothing else."""
    topic = reading.asked.topic
    if topic is None or cues.stands_alone(reading) or not _may_restate(reading, topic):
        return None
    return restating.restated(reading, view)


def _may_restate(reading: Reading, topic: Topic) -> bool:
    """Whether a question is put as one that leans on another: it opens with "and", asks which, or is very short, and asks
    nothing of its own."""
    if any(reading.says(cue) for cue in (phrases.WHEN, phrases.WHERE, phrases.WHAT_TIME, phrases.WHO_SIGNED)):
        return False
    if topic.form in thread.LISTS and topic.form != "next":
        if cues.AND.match(reading.plain) or WHICH.search(reading.plain) or cues.ONES.search(reading.plain):
            return True
        bare = attribute.WHAT_IS.search(reading.plain) is None and len(reading.tokens) <= 5
        return bare and not (cues.own(reading) or reading.named("kind") or reading.named("field"))
    return attribute.WHAT_IS.search(reading.plain) is None


def _is_called_so(record: Record, reading: Reading, view: View) -> bool:
    """Whether the title of a record says what was done ("when were the two made public?": "First two platforms announced")."""
    specs = (kind.field(name) for kind in view.kinds.values() for name in reading.values("field"))
    labels = {word for spec in specs if spec is not None for label in spec.labels.values() for word in words(label)}
    return any(view.holds(record, word, heading=True) for word in labels)


def _same_of_another(found: Answer, reading: Reading, view: View, topic: Topic, before: Record) -> bool:
    """Whether a question led to another fact of the sort and asks nothing, so that it asks the same as before ("et les Anglais
    avec Our Future Health ?")."""
    asks = needs.needed(reading, view) is not None or attribute.WHAT_IS.search(reading.plain)
    if (
        found.band != "sure"
        or found.form != lookup.NAME
        or not topic.field
        or asks
        or not cues.AND.match(reading.plain)
    ):
        return False
    other = view.records.get(found.facts[0])
    return other is not None and other.kind == before.kind and other.values.get(topic.field) is not None


def narrowing(found: Answer, reading: Reading) -> str:
    """The question before and the filter that this one adds, where a list was narrowed by it: "et en mars ?" may follow."""
    topic = reading.asked.topic
    fewer = topic is not None and found.set is not None and len(found.set) < len(topic.facts)
    return restating.added(reading, topic.whole) if topic is not None and topic.whole and fewer else ""


def settled(found: Answer, reading: Reading, view: View) -> Answer:
    """An answer that leaves a choice, with the choice made where one of the facts alone has to do with what the thread is
    about and the question leans on it."""
    topic = reading.asked.topic
    facts = thread.facts_of(topic.facts[:1], view) if topic is not None else ()
    if topic is not None and facts and _same_of_another(found, reading, view, topic, facts[0]):
        return focus.again(reading, view, view.records[found.facts[0]], topic)
    if topic is None or found.band not in ("unsure", "unknown") or not facts or cues.stands_alone(reading):
        return found
    if (named := beside.answer(reading, view, topic, facts[0])) is not None:
        return named
    another = found.band == "unknown" and cues.ONES.search(reading.plain) is not None
    if cues.AND.match(reading.plain) and (another or cues.asks_of_its_own(reading, view)):
        like = likeness.like_before(reading, view, facts, topic)
        return like if like is not None and like.band == "sure" else found
    if found.band == "unknown":
        return found
    offered = thread.facts_of(found.facts, view)
    leaning = cues.AND.match(reading.plain) or cues.PRONOUN.search(reading.plain) or partners.both_said(reading)
    if not leaning and len(reading.tokens) > 5:
        return found
    linked: list[Record] = []
    for focus_then in (facts[0], *thread.facts_of((topic.before,), view)):
        linked = linked or [record for record in offered if are_linked(record, focus_then)]
    if partners.both_said(reading):
        linked = [record for record in linked if _is_called_so(record, reading, view)] or linked
    one = linked[0] if len(linked) == 1 or (linked[:1] == list(offered[:1]) and partners.both_said(reading)) else None
    if one is None:
        one = thread.closest(offered, facts[0], lead=1 if cues.AND.match(reading.plain) else 2)
    if one is None:
        return found
    return (
        focus.again(reading, view, one, topic) if cues.AND.match(reading.plain) else focus.asked_of(reading, view, one)
    )
