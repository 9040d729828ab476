"""The question before, with what this one puts in its place: "et la Suède ?", "and in 2020?", "les clos ?", "et la première ?".

What is named takes the place of what was named of the same sort. A question about all that fits can also be narrowed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from knowledge.questions.form import Topic
from knowledge.questions.lexicon import Tag
from knowledge.questions.phrases import ASKING_NOUNS, PROPERTIES
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.shown import SMALL
from knowledge.questions.thread import LISTS
from knowledge.questions.view import View

LONGEST: Final = 9
"""Words of the longest question that only puts something in the place of something else."""
_ORDINAL: Final = re.compile(r"\d{1,2}eme")
_YEARLY: Final = re.compile(r"([a-z]+)(?:19|20)\d\d")
_PREPOSITIONS: Final = frozenset(
    "avec with en in au aux a for pour de du des of sur about dans from the la le les l d".split()
)
_JOINING: Final = frozenset("et and mais but ou or pour for alors so donc puis".split())


_WITH_THEM: Final = re.compile(r"\b(?:avec|with|et|and) (?:eux|elles|them|lui|elle)\b")
_US: Final = frozenset("on nous notre nos we our us".split())
_KINDS: Final = frozenset(("kind", "narrower"))
_PARTIES: Final = frozenset(("country", "body"))


class _Run(NamedTuple):
    """Words next to each other that name something, and the sorts of things that they name."""

    first: int
    last: int
    sorts: frozenset[str]
    values: frozenset[str]


def restated(reading: Reading, view: View) -> str | None:
    """The question before with what this one puts in its place or adds, as folded text; None when it does neither."""
    topic = reading.asked.topic
    if topic is None or not topic.whole or len(reading.tokens) > LONGEST:
        return None
    before = reading.reread(topic.whole)
    if topic.form not in LISTS and topic.text not in ("", topic.whole) and not _only_then(before, reading, topic):
        return None  # Something else was asked since of the fact that it led to.
    merged = _merged(before, reading, topic, view) if before.asked.text != reading.asked.text else None
    # Asked once more ("pourquoi ?"), it has taken its place already.
    return merged if topic.text or merged == topic.whole else None


def _only_then(before: Reading, reading: Reading, topic: Topic) -> bool:
    """Whether no more than another period is said, after a list of what was in one ("and in April?")."""
    return bool(topic.shown and before.found and reading.found) and not any(map(is_content, reading.tokens))


def replaces(reading: Reading, view: View) -> bool:
    """Whether the question puts something in the place of what the one before named, rather than adding to it."""
    topic = reading.asked.topic
    if topic is None or restated(reading, view) is None:
        return False
    return _merged(reading.reread(topic.whole), reading, topic, view, adding=False) is not None


def added(reading: Reading, whole: str) -> str:
    """A question and what another adds to it, as folded text."""
    before = reading.reread(whole)
    periods = (one.asked.text[item.start : item.end] for one in (before, reading) for item in one.found)
    # The filter first: of two days that are named, a period is one of the first.
    return " ".join((*reading.tokens, *before.tokens, *periods))


def _merged(before: Reading, reading: Reading, topic: Topic, view: View, adding: bool | None = None) -> str | None:
    """The words of the question before, those of this one in their place. What fits nowhere is added to a question about all
    records that fit, and to no other."""
    adding = topic.form in LISTS if adding is None else adding
    own = _own_words(reading)
    if (own and not adding) or (reading.named("field") and topic.form not in LISTS):
        return None
    words: list[str] = list(before.tokens)
    joined = reading.says(_WITH_THEM)
    if joined:  # "And the English with them?": the other party is no longer us.
        words = ["" if word in _US else word for word in words]
    added: list[str] = []
    changed = False
    spots = list(_runs(before, view, kept_home=True))
    for run in _runs(reading, view, kept_home=False):
        spot = next((one for one in spots if one.sorts & run.sorts and not (joined and run.sorts & _PARTIES)), None)
        said = list(reading.tokens[run.first : run.last])
        if spot is not None and spot.values == run.values:
            continue
        if not adding and run.sorts <= _KINDS:
            return None  # Of another kind there is another question: "et le projet ?" after one about an agreement.
        if spot is None and not (adding or joined):
            return None
        changed = True
        if spot is not None:
            spots.remove(spot)
        if spot is None:
            added += [*_preposition(reading, run.first), *said]
        else:
            _put(words, spot, said)
    dated = _dated(before, reading, words, adding)
    if dated is None or not (changed or dated.changed or own):
        return None
    parts = (*words, *added, *own, dated.text)
    return " ".join(part for part in parts if part).strip()


def _put(words: list[str], spot: _Run, said: Sequence[str]) -> None:
    """Puts words in the place of others; the places left over are empty, so that those behind stay where they are."""
    words[spot.first] = " ".join(said)
    for index in range(spot.first + 1, spot.last):
        words[index] = ""


def _own_words(reading: Reading) -> tuple[str, ...]:
    """The words that name something which no tag covers."""
    rest = reading.rest("country", "body", "theme", "city", "status", "narrower", "kind", "field")
    return tuple(
        word
        for word in rest
        if not _ORDINAL.fullmatch(word)
        and not (word.isdigit() and int(word) in reading.years)
        and word not in ASKING_NOUNS
        and word not in PROPERTIES
        and word not in SMALL
        and not is_everyday(word)
    )


def _runs(reading: Reading, view: View, *, kept_home: bool) -> tuple[_Run, ...]:
    """What the question names, tags over the same words together; without the programme's own country beside another, where
    `kept_home`. An ordinal is a sort of its own."""
    tags = [tag for tag in reading.tags if tag.first < tag.last and tag.topic != "field"]
    others = {tag.value for tag in tags if tag.topic == "country"} - {view.home}
    if kept_home and others:
        tags = [tag for tag in tags if (tag.topic, tag.value) != ("country", view.home)]
    spans = {(tag.first, tag.last) for tag in tags}
    spans = {span for span in spans if not any(_inside(span, other) for other in spans)}
    runs = [_run(tags, *span) for span in sorted(spans)]
    ordinals = [index for index, word in enumerate(reading.tokens) if _ORDINAL.fullmatch(word)]
    runs += [_Run(at, at + 1, frozenset(("ordinal",)), frozenset((reading.tokens[at],))) for at in ordinals]
    return tuple(runs)


def _run(tags: Sequence[Tag], first: int, last: int) -> _Run:
    inside = [tag for tag in tags if first <= tag.first and tag.last <= last]
    return _Run(first, last, frozenset(tag.topic for tag in inside), frozenset(tag.value for tag in inside))


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _preposition(reading: Reading, at: int) -> list[str]:
    """The small word that joins an addition to what it is added to ("avec la")."""
    small: list[str] = []
    while at > 0 and reading.tokens[at - 1] in _PREPOSITIONS and reading.tokens[at - 1] not in _JOINING:
        at -= 1
        small.insert(0, reading.tokens[at])
    return small


class _Dated(NamedTuple):
    """The period of the question put together, as text, and whether it is another than before."""

    text: str
    changed: bool


def _dated(before: Reading, reading: Reading, words: list[str], adding: bool) -> _Dated | None:
    """The period or year of this question in the place of the one before, in `words` where it stands there; None where there
    is nothing that it could take the place of."""
    old = " ".join(before.asked.text[item.start : item.end] for item in before.found)
    new = " ".join(reading.asked.text[item.start : item.end] for item in reading.found)
    new = new or " ".join(str(year) for year in reading.years)
    if not new:
        return _Dated(old, changed=False)
    codes = [index for index, word in enumerate(words) if _YEARLY.fullmatch(word)]
    stated = [index for index, word in enumerate(words) if word.isdigit() and int(word) in before.years]
    year = one_year(reading)
    if year and len(codes) == 1 and not (old or stated):
        match = _YEARLY.fullmatch(words[codes[0]])
        assert match is not None
        words[codes[0]] = f"{match.group(1)}{year}"
        return _Dated("", changed=True)
    if not (old or stated or adding):
        return None
    if year and stated:
        words[stated[0]] = str(year)
    for index in stated[1:] if year else stated:
        words[index] = ""
    return _Dated("" if year and stated else new, changed=True)


def one_year(reading: Reading) -> int | None:
    """The year that the question names, where it names a year and nothing shorter."""
    if reading.years:
        return reading.years[-1]
    period = reading.period
    if period is None or period.first is None or period.last is None:
        return None
    whole = (period.first.month, period.first.day, period.last.month, period.last.day) == (1, 1, 12, 31)
    return period.first.year if whole and period.first.year == period.last.year else None
