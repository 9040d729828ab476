"""A fact that is pointed at among others: "celui sur le cardio", "the budget of the ERDERA one", "and in the English one?".

What is said of the one meant and what is asked of it are two parts of the question, and are read apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from knowledge.dates import Day
from knowledge.questions import restating, shown
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading, is_content
from knowledge.questions.shown import SMALL
from knowledge.questions.states import occurrences
from knowledge.questions.view import View
from knowledge.records import Record

_TELLING: Final = (
    r"(?:on|about|for|between|with|from|of|in|to|at|sur|pour|entre|avec|de|du|des|d['’]|en|au|aux|à|concernant)"
)
_END: Final = (
    r"(?=[,;:?!.]|\s+(?:il|elle|ils|elles|c['’]est|ça|ca|quand|when|what|where|who|how|is|was|did|does)\b|\s*$)"
)
_POINTING: Final = (
    re.compile(rf"\b(?:celui|celle)(?:-ci|-là|-la)?\s+(?P<said>{_TELLING}.+?){_END}", re.IGNORECASE),
    re.compile(rf"\bthe\s+one\s+(?P<said>{_TELLING}\s.+?){_END}", re.IGNORECASE),
    re.compile(r"\bthe\s+(?P<said>(?:(?!the\b|one\b)[\w+’'-]+\s+){1,4}?)one\b", re.IGNORECASE),
)
_ORDER: Final = re.compile(
    r"\b(?:\d+eme|last|derniere?|other|autre|next|suivante?|previous|precedente?|same|meme|new|nouveau|nouvelle|old|ancien|ancienne"
    r"|latest|newest|oldest|earliest|first|second)\b"
)
"""A place in what was shown, which is no description."""
_CLIPPED: Final = 5
"""Letters from which on the beginning of a word stands for it ("le cardio")."""


class Pointed(NamedTuple):
    """The two parts of a question that points at something."""

    said: Reading
    """What it says of the one it means."""
    asked: Reading
    """All else: what it asks of it."""


def pointed(reading: Reading) -> Pointed | None:
    """The parts of a question that says "the … one"; None for any other, and where "…" is a place in a row ("the second one")."""
    text = reading.asked.text
    match = next((match for pattern in _POINTING if (match := pattern.search(text))), None)
    if match is None:
        return None
    said, more = _cut(reading.reread(match["said"]))
    if _ORDER.search(said.plain) or not (said.tokens or said.found):
        return None
    return Pointed(said, reading.reread(f"{text[: match.start()]} {more} {text[match.end() :]}"))


def _cut(said: Reading) -> tuple[Reading, str]:
    """A description without the verb that asks something of the one described, and what is left ("sur la polymédication ouvre")."""
    verb = next((tag for tag in said.named("field") if tag.first > 0 and tag.last == len(said.tokens)), None)
    if verb is None or not any(map(is_content, said.tokens[: verb.first])):
        return said, ""
    return said.reread(" ".join(said.tokens[: verb.first])), " ".join(said.tokens[verb.first :])


def picked(said: Reading, view: View, pools: Iterable[Sequence[Record]]) -> Record | None:
    """The one that a description tells from the others, in the first of some groups in which it tells one."""
    for records in pools:
        if len(records) > 1 and (one := _told(said, view, records)) is not None:
            return one
    return None


def _told(said: Reading, view: View, records: Sequence[Record]) -> Record | None:
    """The one of some records of which all is so that is said; a word may be clipped, or only resemble theirs."""
    if (dated := _of_year(said, view, records)) is not None:
        return dated
    found = shown.narrowed(said, view, records)
    typed = {meant: word for word, meant in said.mended}
    words = [typed.get(word, word) for word in said.tokens if is_content(word) and word not in SMALL | ASKING_NOUNS]
    headed, held = ([one for one in records if _begins(one, words, view, heading)] for heading in (True, False))
    for among in (found, headed, held):
        if len(among) == 1:
            return among[0]
    if not found and any(said.named(topic) for topic in ("country", "body", "city")):
        return None
    return shown.likeliest(said, view, found or records)


def _of_year(said: Reading, view: View, records: Sequence[Record]) -> Record | None:
    """The one of a year, where nothing but a year is said: by its name, else by one of its days."""
    year = restating.one_year(said)
    if year is None or any(is_content(word) and not word.isdigit() for word in said.tokens):
        return None
    called = [record for record in records if str(year) in view.said(record)]
    days = [record for record in records if any(day.year == year for day in _days(record, view))]
    return called[0] if len(called) == 1 else days[0] if len(days) == 1 else None


def _days(record: Record, view: View) -> Iterable[Day]:
    return (day for spec in view.kind(record).fields for day in occurrences(record, spec.name))


def _begins(record: Record, words: Sequence[str], view: View, heading: bool) -> bool:
    """Whether a record says each of these words, or one that begins with it."""
    return bool(words) and all(
        view.holds(record, word, heading) or (len(word) >= _CLIPPED and view.begins(record, word, heading))
        for word in words
    )
