"""What a thread is about, from one answer to the next: the fact in focus, those shown beside it, the question that was whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from knowledge.questions.describe import are_linked, head, main_one, named, same_thing
from knowledge.questions.form import Answer, Topic
from knowledge.questions.phrases import PROPERTIES
from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import fold, words

MOST: Final = 25
"""Facts of a thread that are kept."""
LISTS: Final = frozenset(("list", "count", "changes", "next"))
"""Forms that speak of all records that fit: what is added to such a question narrows it."""
_NAMING: Final = ("country", "body", "kind", "city")


def facts_of(ids: Iterable[str], view: View) -> tuple[Record, ...]:
    """The records of a topic that are still there."""
    return tuple(view.records[name] for name in ids if name in view.records)


def pair(topic: Topic, view: View) -> tuple[Record, ...]:
    """The two facts that "the two of them" speaks of: those shown where they are two, else the last two in focus."""
    both: tuple[str, ...] = topic.shown if len(topic.shown) == 2 else topic.facts if len(topic.facts) == 2 else ()
    both = both or (topic.before, *topic.facts[:1])
    found = facts_of(both, view)
    return found if len(found) == 2 else ()


def kept(answer: Answer, reading: Reading, view: View, *, leaning: bool, whole: str = "", text: str = "") -> Answer:
    """The answer with what its thread is about from now on. `leaning`: the question leant on the thread; `whole` is the
    question as it reads without the thread, where it could be put so, `text` what stands for it from now on, if not itself."""
    old = reading.asked.topic or Topic()
    if answer.band == "chat":
        return answer
    if answer.band == "unknown" and not leaning and _strays(reading, old):
        return replace(answer, topic=replace(old, text=reading.asked.text, lang=answer.lang))
    facts = answer.facts[:MOST] if answer.band != "unknown" or leaning else _named(reading, view)
    topic = Topic(
        facts=facts,
        field=answer.field,
        form=answer.form,
        lang=answer.lang,
        text=text or reading.asked.text,
        whole=whole or (old.whole if leaning else reading.asked.text),
        shown=_shown(answer, facts, old, leaning),
        before=_before(old, facts, view),
    )
    return replace(answer, topic=topic)


def _named(reading: Reading, view: View) -> tuple[str, ...]:
    """The one fact that a question without an answer calls by its name ("qui préside ICPerMed ?")."""
    found = named(reading, view, PROPERTIES)
    one = found[0] if len(found) == 1 else main_one(found) if same_thing(found, view) else None
    return (one.id,) if one is not None else ()


def _before(old: Topic, facts: Sequence[str], view: View) -> str:
    """The fact that was in focus before the one that is now."""
    last = old.facts[0] if len(old.facts) == 1 and old.facts != tuple(facts[:1]) else old.before
    return last if last in view.records else ""


def _strays(reading: Reading, old: Topic) -> bool:
    """Whether a question without an answer names nothing that the base is organised by: the thread goes on after it."""
    return bool(old.facts) and not any(reading.named(topic) for topic in _NAMING)


def _shown(answer: Answer, facts: Sequence[str], old: Topic, leaning: bool) -> tuple[str, ...]:
    if answer.form in LISTS - {"next"} or answer.set is not None or len(facts) > 1:
        return tuple(facts)
    return old.shown if leaning and (answer.band == "unknown" or set(facts) <= set(old.shown)) else ()


def closest(records: Sequence[Record], focus: Record, lead: int = 1) -> Record | None:
    """The one of several records that has most to do with the one in focus: linked to it, else with most words and parties in
    common, `lead` more than the next; None when two of them have as much."""
    linked = [record for record in records if are_linked(record, focus)]
    pool = linked or records
    own = telling(focus)
    alike = {record.id: len(own & telling(record)) for record in pool}
    most = max(alike.values(), default=0)
    best = [record for record in pool if alike[record.id] > most - lead]
    return best[0] if len(best) == 1 and (most or linked) else None


def linked_to(record: Record, view: View) -> tuple[Record, ...]:
    """The records related to one, by its own word or by theirs."""
    return tuple(other for other in view.records.values() if other.id != record.id and are_linked(other, record))


def telling(record: Record) -> frozenset[str]:
    """The words of a record's titles, and who and where it is about."""
    title = (word for text in record.titles.values() for word in words(text) if len(word) > 1)
    return frozenset((*title, *record.values.get("organisations", ()), *record.values.get("countries", ())))


def body_of(record: Record, view: View, *, itself: bool = False) -> str | None:
    """The key of the body that a record is about; None where it is about none that others name. `itself`: the record is the
    body, and not only a part of one."""
    if not view.kind(record).bodies:
        return None
    own = {fold(text) for text in (*record.aliases, *map(head, record.titles.values()))}
    if not own & view.bodies.keys() and not itself:
        own |= {fold(name) for name in record.values.get("organisations", ())[:1]}
    return next((key for key, names in view.bodies.items() if own & names), None)
