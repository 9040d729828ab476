"""Where a fact comes from and how old it is: "d'où tu sors ça ?", "is it still up to date?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.messages import Link, Note, Part, Phrase, Say
from knowledge.questions import thread
from knowledge.questions.form import Answer
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.resolve import resolve
from knowledge.questions.say import item, listing, reply, undecided, unknown
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "source"
EXAMPLES = {
    "fr": ("Quelle est la source pour le MoU danois ?",),
    "en": ("What is the source for the Danish memorandum?",),
}
_ASKED: Final = re.compile(
    r"\b(?:(?:d )?ou (?:tu|vous|as tu|avez vous|est ce que (?:tu|vous)) (?:le |l )?(?:as |avez )?(?:sors|sortez|trouve|trouvez|tires|tirez|pris|tiens|tenez|lu)|d ou (?:ca|cela) (?:sort|vient)|ou (?:ca|cela) (?:sort|vient)|d ou (?:provient|viennent|sortent)|ou vient (?:ca|cela|cette|ce|l) ?(?:info\w*|chiffre|date)?"
    r"|(?:quelle|ta|votre|la|une|tes|vos|donne(?:z)?(?: moi| nous)? la|quelles|les) (?:est (?:la|ta|votre) )?sources?|sources? (?:de|du|pour|for|of|please)|(?:what|which|your|the|any|what s|give me the) (?:is (?:the|your) )?sources?"
    r"|where (?:did you (?:get|find|read)|do you (?:get|have)|does (?:this|that|it) come from|is (?:this|that|it) from)|says who|who (?:says|said|told|claims)|qui (?:te |vous |l |le )*(?:a |ont )?(?:dit|affirme|pretend)(?: (?:ca|cela))?|how do you know|comment (?:tu |vous )?(?:le )?(?:sais|savez)"
    r"|(?:encore|toujours) (?:a jour|valable|d actualite|actualite|vrai|valide)|(?<!mis )(?<!mise )(?<!mises )a jour|d actualite"
    r"|(?:still|is it|is that|is this) (?:up to date|valid|true|current|official|accurate|correct|right|reliable|confirmed)|up to date|out of date|outdated|perimee?s?|obsolete|(?:date|info\w*|c|ca) ?(?:est (?:elle|il|ce))? (?:officielle?|fiable|confirmee?|verifiee?)|officielle?|how (?:old|recent|fresh) is (?:this|that|it|the (?:info\w*|figure|data))|quel age a|as of when"
    r"|(?:last|derniere) (?:checked|verified|confirmed|verification)|(?:when|quand) .*(?:verified|checked|verifiee?))\b"
)
_DOUBTED: Final = re.compile(
    r"(?:(?:et|and|but|mais|euh|ah|oh|hmm?|vraiment|really|ok) )*(?:sources?|(?:la |the )?references? de (?:ca|cela)|(?:are )?you (?:really |quite )?(?:sure|certain)|(?:tu|vous) (?:en )?(?:es|etes) (?:vraiment |bien )?(?:surs?|sures?|certaine?s?)|sure?(?: de (?:toi|ca|vous))?|(?:est )?(?:est )?(?:bien )?(?:vrai|sur|fiable|officiel|confirme|verifie|exact)(?: (?:ca|cela))?|ah bon|serieux|seriously|for real|really|vraiment|no way|on est sur|can i (?:trust|quote) (?:that|this|it)|je peux (?:le |la )?citer|proof|preuve|une preuve|any proof|prove it)(?: (?:about|of|de) (?:that|this|it|ca|cela|toi))?"
)


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers with the source of the fact named, or of those that the thread is about."""
    topic = reading.asked.topic
    known = thread.facts_of(topic.facts, view) if topic is not None else ()
    doubted = bool(known) and _DOUBTED.fullmatch(reading.plain) is not None
    if not (doubted or _ASKED.search(reading.folded)):
        return None
    if known and (doubted or not _names(reading)):
        return (
            about(reading, known[0])
            if len(known) == 1 or known[0].id not in topic_list(reading)
            else several(reading, known)
        )
    found = resolve(reading, view)
    if found.band == "sure":
        return about(reading, found.records[0])
    if known:
        return about(reading, known[0])
    if not _names(reading):
        return unknown(reading, NAME, (Phrase("source.of_what"),))
    return undecided(reading, NAME, found) if found.band == "unsure" else None


def topic_list(reading: Reading) -> tuple[str, ...]:
    """The facts that the last answer of the thread listed."""
    topic = reading.asked.topic
    return topic.shown if topic is not None and topic.form in thread.LISTS - {"next"} else ()


def _names(reading: Reading) -> bool:
    """Whether the question says of what the source is asked."""
    rest = _ASKED.sub(" ", reading.plain if reading.says(_ASKED) else reading.folded).split()
    return any(is_content(word) and not is_everyday(word) and word not in ASKING_NOUNS for word in rest)


def several(reading: Reading, records: Sequence[Record]) -> Answer:
    """Facts that were listed, each with its source."""
    lines = [
        item(record, Phrase("source.short", {"title": Link(record.source.title, record.source.url)}))
        for record in records
    ]
    ids = tuple(record.id for record in records)
    lead = Say(Phrase("source.several", {"count": len(records)}), strong=True)
    return reply(reading, NAME, "sure", (lead, *listing(lines)), records, "source", set=ids, count=len(ids))


def about(reading: Reading, record: Record) -> Answer:
    """The sources of a fact, the day they were read, and whether a person has confirmed it since."""
    source = record.source
    read_on = source.verified_on or source.accessed
    link = Link(source.title, source.url)
    lead = (
        Phrase("source.link", {"title": link, "date": read_on})
        if read_on
        else Phrase("source.link_undated", {"title": link})
    )
    parts: list[Part] = [Say(Phrase("answer.about", {"title": record.titles}), strong=True), Say(lead)]
    parts += [Say(Phrase("source.also", {"title": Link(other.title, other.url)})) for other in record.other_sources]
    if record.programme:
        parts.append(Note(Phrase("source.programme")))
    if record.note:
        parts.append(Note(Phrase("source.note", {"note": record.note})))
    if source.verified_on is None:
        parts.append(Note(Phrase("source.unverified")))
    return reply(reading, NAME, "sure", parts, (record,), "source", value=source.url or source.title)
