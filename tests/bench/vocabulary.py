"""Made-up facts and questions for the benches: seeded, in French and English, with a vocabulary that grows with the base.

Words are drawn by Zipf's law from real words of this project's lists and from composed ones (names, derived words), so that a
base of 100,000 facts holds some 130,000 words, as WordNet does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from random import Random

from knowledge.search.common import everyday
from knowledge.search.index import Document

_STARTS = "bio cardio immuno neuro onco pharma geno proteo epi meta micro trans inter hemato patho radio cyto endo chrono".split()
_MIDDLES = "gen logi metr seque cell therap diagnost plasm scop trop morph phen mut alle vect viro card derm".split()
_ENDS = "ique ie iste al aire ence ation isme eur eux ic y ist ous ment ing er ity graphy".split()
_SYLLABLES = "ba ler mon dra vi sko ren tal hu mi nor fel gar ost bri lan que zo pel tu wen ska dor lim ar ne to ri sa chi".split()


def _name(random: Random) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(random.randint(2, 4)))


def vocabulary(size: int, random: Random) -> list[str]:
    """Different words, the frequent ones first."""
    frequent = sorted(everyday().values())
    random.shuffle(frequent)
    words = dict.fromkeys(frequent[: min(len(frequent), max(1500, size // 3))])
    while len(words) < size:
        composed = random.choice(_STARTS) + random.choice(_MIDDLES) + random.choice(_ENDS)
        words[_name(random) if random.random() < 0.7 else composed] = None
        if random.random() < 0.05:
            words[f"{_name(random)[:4].upper()}{random.randint(2015, 2030)}"] = None
    return list(words)


class _Zipf:
    def __init__(self, words: Sequence[str], random: Random) -> None:
        self._words, self._random = words, random
        self._weights = list(accumulate(1.0 / (place + 2.7) for place in range(len(words))))

    def draw(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._weights, k=count)


def facts(count: int, random: Random, first: int = 0) -> list[Document]:
    """Facts with two titles, two aliases and two summaries each."""
    words = vocabulary(int(2000 + 1.3 * max(count, first)), random)
    zipf = _Zipf(words, random)
    made = []
    for number in range(first, first + count):
        rare = random.choices(words[len(words) // 4 :], k=3)
        titles = (" ".join([*zipf.draw(5), rare[0]]), " ".join([*zipf.draw(5), rare[0]]))
        aliases = (" ".join([*zipf.draw(2), rare[1]]), rare[0])
        texts = (" ".join([*zipf.draw(16), rare[2]]), " ".join([*zipf.draw(14), rare[1]]))
        made.append(Document(f"fact-{number}", titles, aliases, texts))
    return made


def questions(base: Sequence[Document], count: int, random: Random) -> list[str]:
    """Questions of 3 to 12 words taken from the facts and from everyday words, half of them with a typing mistake."""
    common = sorted(everyday().values())
    asked = []
    for _ in range(count):
        document = random.choice(base)
        source = " ".join((*document.titles, *document.aliases, document.texts[0])).split()
        chosen = random.sample(source, random.randint(2, 7)) + random.choices(common, k=random.randint(1, 5))
        if random.random() < 0.5:
            place = random.randrange(len(chosen))
            chosen[place] = mistyped(chosen[place], random)
        asked.append(" ".join(chosen))
    return asked


def mistyped(word: str, random: Random) -> str:
    """The word with one letter lost, doubled or swapped with the next."""
    if len(word) < 4:
        return word
    place = random.randrange(1, len(word) - 1)
    kind = random.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place] + word[place:]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
