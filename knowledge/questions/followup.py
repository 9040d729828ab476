"""A question that leans on the one before it in the thread: "et quand ferme-t-il ?", "and the Swedish one?", "la deuxième".

What the thread is about (`Topic`) stands in for what the question leaves out: the fact, the field, or the whole question.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from knowledge.countries import find_countries
from knowledge.messages import Phrase
from knowledge.questions import attribute, lookup, phrases, progress, selection
from knowledge.questions.candidates import has_name
from knowledge.questions.describe import short_names
from knowledge.questions.evidence import asked
from knowledge.questions.form import Answer, Topic
from knowledge.questions.lexicon import Tag
from knowledge.questions.phrases import ASKING_NOUNS, PROPERTIES
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.say import choices, unknown
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "followup"
EXAMPLES = {"fr": ("Et quand ferme-t-il ?", "Et le suédois ?"), "en": ("And the second stage?", "Who signed it?")}
_AND: Final = re.compile(
    r"(?:ok |oui |yes |merci |thanks )?(?:et|and|mais|but|what about|how about|same (?:thing|question)?|pareil|idem|meme (?:chose|question)|alors|donc|puis|quid)\b"
)
_PRONOUN: Final = re.compile(
    r"\b(?:il|ils|elle|elles|celui|celle|ceux|celles|ce jour|le|la|les|lui|leur|y|en|ca|cela|dessus|dedans|it|its|they|them|their|that|this|these|those|there|"
    r"one|ones|he|she|same|meme)\b"
)
_ORDINAL: Final = re.compile(r"\b(?P<number>[1-9]|10)(?:eme)\b")
_LAST: Final = re.compile(r"\b(?:derniere?|last)\b")
_PICK: Final = re.compile(
    r"(?:(?:et|and|alors|plutot|no|non|je voulais dire|i meant?|celui|celle|the|le|la|l|number|numero|choix|option|one|ci) ?)+"
)
_WHICH: Final = re.compile(
    r"\b(?:laquelle|lequel|lesquel(?:le)?s|which (?:one|ones|of (?:them|these|those))|celle qui|celui qui|the one that)\b"
)
_WHICH_OF_ALL: Final = re.compile(
    r"(?:(?:all|toute?s|tous|list|liste|show|montre|les|the|me|moi) )*(?:which|what|quels|quelles)\b"
)
_WHAT_NEXT: Final = re.compile(
    r"(?:(?:what|when|quel|quelle|quand|is|s|est|the|la|le|l|our|notre) )*(?:next|prochain|prochaine)\b(?! (?:one|ones|etape|stage)\b)"
)
_OTHER: Final = re.compile(
    r"(?:(?:et|and|ok|mais|but|what|about|how|pour|for|quid|de) )*(?:l |the )?(?:autre|other)(?: one)?"
)
_IN_LANGUAGE: Final = {
    "fr": re.compile(r"\b(?:en francais|in french)\b"),
    "en": re.compile(r"\b(?:en anglais|in english)\b"),
}


def language_asked(reading: Reading) -> str | None:
    """The language in which the last answer is wanted again ("en anglais stp"), when nothing else is asked."""
    for lang, pattern in _IN_LANGUAGE.items():
        if pattern.search(reading.plain):
            rest = pattern.sub(" ", reading.plain).split()
            if not [word for word in rest if is_content(word) and not is_everyday(word)]:
                return lang
    return None


_ORDINALS: Final = re.compile(
    r"\b(?:premi[eè]re?s?|1(?:er|[eè]re|st)|first|deuxi[eè]me|seconde?|2(?:e|[eè]me|nd)|second|troisi[eè]me|3(?:e|[eè]me|rd)|third|quatri[eè]me|fourth"
    r"|4(?:e|[eè]me|th)|cinqui[eè]me|fifth|5(?:e|[eè]me|th)|derni[eè]re?|last)\b",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(r"\b(?:19|20)\d\d\b")


def substituted(reading: Reading) -> str | None:
    """The question before with what this one puts in its place: another country, edition or year ("et la première ?", "and in
    2024?"); None when it puts nothing, or more."""
    topic = reading.asked.topic
    if topic is None or not topic.text or len(reading.tokens) > 7 or reading.named("field"):
        return None
    if _WHICH.search(reading.plain) or any(not _ORDINAL_WORD.fullmatch(word) for word in _own(reading)):
        return None
    new, old = find_countries(reading.asked.text), find_countries(topic.text)
    if len(new) == 1 and len(old) == 1 and not reading.years and new[0].codes != old[0].codes:
        return topic.text[: old[0].start] + new[0].text + topic.text[old[0].end :]
    if new:
        return None
    for pattern in (_ORDINALS, _YEARS):
        said, before = pattern.findall(reading.asked.text), pattern.findall(topic.text)
        if len(said) == 1 and len(before) == 1:
            return pattern.sub(said[0], topic.text)
    return None


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when the question leans on the topic of its thread; None when it stands on its own."""
    topic = reading.asked.topic
    facts = tuple(view.records[name] for name in topic.facts if name in view.records) if topic else ()
    if topic is None or not facts or _stands_alone(reading):
        return None
    if len(facts) == 2 and _OTHER.fullmatch(reading.plain):
        return _beside(_again(reading, view, facts[1], topic), facts)
    if (picked := _picked(reading, facts)) is not None:
        return _beside(_again(reading, view, picked, topic), facts)
    if len(facts) > 1 and (narrowed := _narrowed(reading, view, facts)):
        return (
            _beside(_again(reading, view, narrowed[0], topic), facts)
            if len(narrowed) == 1
            else choices(reading, NAME, narrowed, "unsure.several")
        )
    if _leans(reading, view, facts[0]) and (found := _about_topic(reading, view, facts, topic)) is not None:
        return found
    if _AND.match(reading.plain) or _is_bare(reading, view):
        return _like_before(reading, view, facts, topic)
    return None


def _beside(answer: Answer, facts: tuple[Record, ...]) -> Answer:
    """The answer, its thread still about the facts that it was picked from as well ("et l'autre ?")."""
    if answer.topic is None:
        return answer
    others = tuple(record.id for record in facts if record.id not in answer.topic.facts)
    return replace(answer, topic=replace(answer.topic, facts=(*answer.topic.facts, *others)))


def _stands_alone(reading: Reading) -> bool:
    """Whether the question speaks of all records of a kind ("which calls are open?") or of what comes next, with no word that
    leans on what was said."""
    if _AND.match(reading.plain) or _WHICH.search(reading.plain):
        return False
    if _WHAT_NEXT.match(reading.plain):
        return len(reading.tokens) > 1
    several = any(reading.tokens[tag.last - 1].endswith(("s", "x")) for tag in reading.named("kind"))
    return several and _WHICH_OF_ALL.match(reading.plain) is not None


def _own(reading: Reading) -> tuple[str, ...]:
    """The words that give the question a subject of its own."""
    rest = reading.rest("field", "kind")
    return tuple(
        word
        for word in rest
        if word not in PROPERTIES and not is_everyday(word) and word not in ASKING_NOUNS and word not in _SMALL
    )


_ORDINAL_WORD: Final = re.compile(r"\d{1,2}eme")
_SMALL: Final = frozenset("il elle it they them there one ones that this celui celle ca cela et and".split())


def _leans(reading: Reading, view: View, record: Record) -> bool:
    """Whether the question has no subject of its own: only a pronoun, a field, a figure or a state is asked, or who did
    something for a body that has part in the fact in focus."""
    if set(_own(reading)) - set(reading.words_of("body")):
        return False
    if reading.named("kind") and not _PRONOUN.search(reading.plain):
        return False
    if any(reading.named(topic) for topic in ("country", "city")) or reading.years:
        return False
    bodies = reading.values("body")
    if bodies and not (
        reading.says(phrases.WHO_SIGNED) and all(has_name(record, body, reading, view) for body in bodies)
    ):
        return False
    if not reading.tokens or all(not is_content(word) or word in _SMALL for word in reading.tokens):
        return True
    asks = attribute.needed(reading, view) is not None or reading.says(progress.SO_FAR) or reading.says(progress.STANDS)
    return asks or (bool(_PRONOUN.search(reading.plain)) and len(reading.tokens) <= 10)


def _picked(reading: Reading, facts: tuple[Record, ...]) -> Record | None:
    """The fact named by its place in what was shown ("la deuxième", "the last one")."""
    match = _ORDINAL.search(reading.plain)
    fields = set(reading.words_of("field"))
    rest = " ".join(word for word in _ORDINAL.sub(" ", _LAST.sub(" ", reading.plain)).split() if word not in fields)
    if [word for word in rest.split() if is_content(word) and word not in _SMALL and not _PICK.fullmatch(word)]:
        return None
    if len(facts) > 1 and match and int(match["number"]) <= len(facts):
        return facts[int(match["number"]) - 1]
    return facts[-1] if _LAST.search(reading.plain) and len(facts) > 1 else None


def _narrowed(reading: Reading, view: View, facts: tuple[Record, ...]) -> tuple[Record, ...]:
    """Those of the facts shown that have what the question adds ("celui d'ERDERA", "laquelle est déjà atteinte ?")."""
    want = replace(selection.wanted(reading, view), kinds=(), field="")
    if want.period is None and not (want.countries or want.bodies or want.statuses or want.cities or _own(reading)):
        return ()
    if not _WHICH.search(reading.plain) and (
        len(reading.tokens) > 6 or reading.named("kind") or attribute.needed(reading, view) is not None
    ):
        return ()
    chosen = [record for record in facts if selection.fits(record, replace(want, bodies=()), view, reading.today)]
    words = [word for word in _own(reading) if word not in reading.words_of("status")]
    chosen = [record for record in chosen if all(view.holds(record, word) for word in words)]
    places = [word for word in reading.words_of("country") if is_content(word)]
    # A part of a country ("le Québec") tells more than the country.
    chosen = [record for record in chosen if any(view.holds(record, word, heading=True) for word in places)] or chosen
    return tuple(chosen) if len(chosen) < len(facts) else ()


def _again(reading: Reading, view: View, record: Record, topic: Topic) -> Answer:
    """The field asked now or before, of this record."""
    need = attribute.needed(reading, view)
    if need is not None and need.fields:
        return attribute.about(reading, view, record, need)
    return (
        attribute.repeat(reading, view, record, topic.field, before=topic.text)
        if topic.field
        else lookup.about(reading, view, record)
    )


def _about_topic(reading: Reading, view: View, facts: tuple[Record, ...], topic: Topic) -> Answer | None:
    """What is asked, of the fact in focus."""
    record = facts[0]
    lacking = [word for word in asked(reading) if word in PROPERTIES and not view.holds(record, word)]
    if lacking:
        return unknown(reading, NAME, (Phrase("unknown.word", {"words": lacking}),), (record,))
    if len(facts) > 1 and topic.form not in (attribute.NAME, lookup.NAME, progress.NAME):
        facts = tuple(record for record in facts if record.id == facts[0].id) if topic.form == "next" else facts
        if len(facts) > 1:
            return choices(reading, NAME, facts, "unsure.several")
    if progress.counts(record) and (reading.says(progress.SO_FAR) or reading.says(progress.STANDS)):
        return progress.about(reading, view, record)
    need = attribute.needed(reading, view)
    if need is None:
        fields = reading.values("field")
        if fields and topic.field:
            return attribute.repeat(reading, view, record, *fields)
        return lookup.about(reading, view, record) if attribute.WHAT_IS.search(reading.plain) else None
    return attribute.about(reading, view, record, need)


def _is_bare(reading: Reading, view: View) -> bool:
    """Whether the question is a name or a filter and nothing else."""
    if attribute.needed(reading, view) is not None:
        return False
    return len(reading.tokens) <= 5 and attribute.WHAT_IS.search(reading.plain) is None


def _like_before(reading: Reading, view: View, facts: tuple[Record, ...], topic: Topic) -> Answer | None:
    """The last question again, of another fact of the same sort ("and the Swedish one?", "same thing for All of Us?")."""
    found = lookup.resolution(_of_kind(reading, view, facts[0]), view)
    if found.band == "unknown" or not found.records:
        return None
    alike = [record for record in found.records if record.kind == facts[0].kind] or list(found.records)
    if found.band == "unsure" and len(alike) > 1:
        countries = selection.wanted(_of_kind(reading, view, facts[0]), view).countries
        fitting = [
            record
            for record in alike
            if selection.fits(record, selection.Wanted(countries=countries), view, reading.today)
        ]
        called = [record for record in fitting if any(name in reading.tokens for name in short_names(record))]
        fitting = called or fitting
        if len(fitting) != 1:
            return choices(reading, NAME, alike, "unsure.several", topic.field)
        alike = fitting
    need = attribute.needed(reading, view)
    if need is not None and need.fields:
        return attribute.about(reading, view, alike[0], need)
    return (
        attribute.repeat(reading, view, alike[0], topic.field, before=topic.text)
        if topic.field
        else lookup.about(reading, view, alike[0])
    )


def _of_kind(reading: Reading, view: View, record: Record) -> Reading:
    """The reading, with the kind of the fact before where it names none."""
    if reading.named("kind"):
        return reading
    return replace(reading, tags=(*reading.tags, Tag("kind", record.kind, len(reading.tokens), len(reading.tokens))))
