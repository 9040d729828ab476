"""Figures that a summary states in words, for which no field was made: "27 projects received close to EUR 40M"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from knowledge.date_grammar import find
from knowledge.questions.lexicon import words
from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.search.text import fold, stems

_NUMBER: Final = re.compile(r"\d{1,3}(?:[\s,\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_GROUPS: Final = re.compile(r"[\s,\u00a0\u202f](?=\d{3}(?!\d))")
_MONEY_AFTER: Final = re.compile(r"\s*(?:€|M€|k€|M\$|\$|euros?|millions? (?:d['’]euros|of euros|euros?))")
_MONEY_BEFORE: Final = re.compile(r"(?:EUR|AUD|USD|GBP|€|£|\$)\s*$")
_MILLIONS: Final = re.compile(r"\s*(?:M€|M\$|M\b|millions?)")
_SHARE: Final = re.compile(
    r"\b(?:pourcentage|percentage|percent|pour cent|taux|rate|rendement|yield|proportion|quelle part|what share|(?<!plus )(?<!moins )(?<!pres )de combien(?! d))\b"
)
_PEOPLE: Final = frozenset(
    key
    for word in "personne people participant gens monde volontaire volunteer attendee inscrit person expert viewer spectateur".split()
    for key in stems(word)
)
_ATTENDING: Final = frozenset(
    key
    for word in "attend watch join enrol recruit assister suivre recruter inscrire enroler venir reunir participer".split()
    for key in stems(word)
)
"""What people do of whom the number is asked."""
_SPELLED: Final = frozenset(
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante "
    "soixante cent two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty forty "
    "fifty sixty hundred".split()
)
_TIMES: Final = (("jours",), ("days",), ("mois",), ("months",), ("semaines",), ("weeks",))
TIME_ASKED: Final = re.compile(
    r"\b(?:delais?|delays?|turnaround|how many (?:days|weeks|months)|combien de (?:jours|semaines|mois)|time to)\b"
)
_GETTING: Final = re.compile(
    r"\b(?:get|receive|obtain|apply for|win|toucher?|obtenir|recevoir|avoir|demander|gagner|verse\w*|paie|pays?|paid)\b"
)
"""A sum is asked by what is done to have it ("et combien on peut toucher ?")."""
PHASE: Final = re.compile(r"\bphases? (\d)\b")
_NUMBERS: Final = {
    word: number
    for said in ("deux trois quatre cinq six sept huit neuf dix", "two three four five six seven eight nine ten")
    for number, word in enumerate(said.split(), 2)
}
_LASTING: Final = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_NUMBERS)})[ \u00a0\u202f-](?:mois|ans|ann[ée]es|months?|years?)\b", re.IGNORECASE
)
_AROUND: Final = 5
"""Words on either side of a number that say what it counts."""


class Stated(NamedTuple):
    """A number of a text, whether it is money or a share, and the words before (nearest first) and after it."""

    value: float
    money: bool
    share: bool
    before: tuple[str, ...]
    after: tuple[str, ...]


def stated_for(
    reading: Reading, view: View, summaries: Iterable[str], counted: Sequence[str], money: bool
) -> tuple[bool, float | int | None]:
    """Whether a summary (in any of its languages) states the figure asked for, and the figure; None where it is spelled out,
    to be read in the text. `counted` are the words that say what is counted, if any; `money` that an amount is asked."""
    summaries = tuple(summaries)
    for said in (counted, reading.content):
        keys = _keys(said, view)
        for summary in summaries if keys else ():
            held, value = _stated(reading, summary, keys, bool(counted), money)
            if held:
                return held, value
    return _only_sum(summaries) if not counted and reading.says(_GETTING) else (False, None)


def _only_sum(summaries: Sequence[str]) -> tuple[bool, float | int | None]:
    """The amount of money that a summary states, where it states one alone."""
    for summary in summaries:
        sums = [one.value for one in _figures(summary) if one.money]
        if len(sums) == 1:
            return True, _plain(sums[0])
    return False, None


def counts_alike(said: frozenset[str], units: frozenset[str]) -> bool:
    """Whether what is counted is what the unit of a figure says, by their stems; people are people, by whatever noun."""
    return not said.isdisjoint(units) or not (said.isdisjoint(_PEOPLE) or units.isdisjoint(_PEOPLE))


def of_phase(question: str, summaries: Iterable[str]) -> float | int | None:
    """The number that stands last before the phase asked about ("2,500 newborns in phase 1"), None where there is none."""
    asked = PHASE.search(question)
    for summary in summaries:
        for match in PHASE.finditer(summary):
            before = [] if asked is None or match[1] != asked[1] else _figures(summary[: match.start()])
            if before:
                return _plain(before[-1].value)
    return None


def lasting(text: str) -> float | int | None:
    """How long something runs, where a text says it in months or years ("42 months", "over five years"); None where it does not."""
    match = _LASTING.search(text)
    return None if match is None else _plain(float(_NUMBERS.get(match[1].lower(), match[1])))


def _keys(said: Iterable[str], view: View) -> frozenset[str]:
    keys = frozenset(key for word in said for key in view.kin(word))
    return keys | _PEOPLE if keys & (_PEOPLE | _ATTENDING) else keys


def _stated(
    reading: Reading, summary: str, keys: Collection[str], counted: bool, money: bool
) -> tuple[bool, float | int | None]:
    share = reading.says(_SHARE)
    figures = [one for one in _figures(_without_dates(summary, reading)) if share == one.share and money <= one.money]
    if counted:
        figures = [one for one in figures if one.money == money]
    figures = _of_the_sort(figures, reading.says(TIME_ASKED))
    figures = _qualified(figures, reading, keys if counted else ()) or figures
    said = {float(word) for word in reading.tokens if word.isdigit()}
    others = [one for one in figures if one.value not in said]
    if len(others) == 1 and (share or money or len(others) < len(figures)):
        return True, _plain(others[0].value)
    rarity = _rarity(others, keys)
    best = max(others, key=lambda one: _nearness(one, rarity), default=None)
    if best is not None and (_nearness(best, rarity) or money):
        return True, _plain(best.value)
    return _spelled_out(summary, keys), None


def _figures(text: str) -> list[Stated]:
    found = []
    for match in _NUMBER.finditer(text):
        value = float(_GROUPS.sub("", match.group()).replace(",", "."))
        before, after = text[: match.start()], text[match.end() : match.end() + 60]
        money = _MONEY_AFTER.match(after) is not None or _MONEY_BEFORE.search(before) is not None
        if _MILLIONS.match(after):
            value *= 1_000_000
        share = re.match(r"\s*%", after) is not None
        found.append(Stated(value, money, share, words(before)[::-1][:_AROUND], words(after)[:_AROUND]))
    return found


def _of_the_sort(figures: Sequence[Stated], in_time: bool) -> list[Stated]:
    """The figures in days or months where a delay is asked, the others where it is not; all where none is of that sort."""
    return [one for one in figures if (one.after[:1] in _TIMES) == in_time] or list(figures)


def _qualified(figures: Sequence[Stated], reading: Reading, counted: Collection[str]) -> list[Stated]:
    """The figures beside which a theme of the question stands ("results for cancer"); none where it tells nothing apart."""
    keys = {key for word in reading.words_of("theme") for key in keys_of(word)} - set(counted)
    found = [
        one for one in figures if any(not keys_of(word).isdisjoint(keys) for word in (*one.before[:3], *one.after[:4]))
    ]
    return found if len(found) < len(figures) else []


def _rarity(figures: Sequence[Stated], keys: Collection[str]) -> dict[str, float]:
    """What each word counted tells of a number: the less, the more of the numbers it stands around."""
    around = [{key for word in (*one.before, *one.after) for key in keys_of(word) if key in keys} for one in figures]
    return {key: 1 / max(1, sum(key in near for near in around)) for key in keys}


def _nearness(figure: Stated, rarity: Mapping[str, float]) -> float:
    """How many of the words counted stand around a number, the nearest and the most telling ones counting most."""
    return sum(
        max((rarity[key] for key in keys_of(word) if key in rarity), default=0.0) / place
        for near in (figure.before, figure.after)
        for place, word in enumerate(near, 1)
    )


def keys_of(word: str) -> frozenset[str]:
    return frozenset(stems(word))


def _spelled_out(text: str, keys: Collection[str]) -> bool:
    """Whether a number in words stands right before what is counted ("cinq inspecteurs")."""
    plain = fold(text).replace("-", " ").split()
    return any(
        word.strip("(«,.;:") in _SPELLED
        and any(not keys_of(other.strip(",.;:)»")).isdisjoint(keys) for other in plain[at + 1 : at + 4])
        for at, word in enumerate(plain)
    )


def _without_dates(text: str, reading: Reading) -> str:
    """A text with its dates blanked, so that their numbers are not taken for figures."""
    for found in find(text, reading.today):
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value
