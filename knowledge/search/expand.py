"""What a question asks for: one slot per word, and for each slot the words of the base that may stand for it.

A slot's alternatives carry a likeness from 0 to 1: the word itself 1, its other forms less, a corrected spelling, a word of
the glossary, a look-alike less again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from knowledge.search.common import is_common
from knowledge.search.frequent import frequent, likeliest
from knowledge.search.kinship import Kinship
from knowledge.search.lexicon import Lexicon, importance
from knowledge.search.pairs import translations
from knowledge.search.spelling import Near, Spelling
from knowledge.search.text import Token, fold, stems, tokens, words

FORM: Final = 0.93
GLOSSARY: Final = 0.85
TRANSLATED: Final = 0.7
JOINED: Final = 0.95
SPLIT: Final = 0.7
COUNTED: Final = 0.6
"""Likeness of "3" and "third"."""
_LIKE: Final = 0.8
_SLIP: Final = 0.13
_LIKELY: Final = 0.8
"""Cost of one likely slip: a word of the base that near is taken to be meant."""
_COMMON: Final = 0.35
_ELSEWHERE: Final = 0.1
"""What it costs that a word meant is not one of the base."""
_FARTHEST: Final = 1.8
_PER_LETTER: Final = 0.25
"""The dearest mistakes that are put right for the encoder: at most, and for each letter."""
MOST_SLOTS: Final = 24
_REMEMBERED: Final = 4096


@dataclass
class Slot:
    """One word asked for: as typed and folded, its weight (rarity times importance), and its alternatives.

    `meant` is how the base spells it, when that is not as typed: accents restored, a mistake corrected.
    """

    typed: str
    plain: str
    weight: float
    importance: float
    place: int
    known: bool
    alternatives: dict[int, float] = field(default_factory=dict)
    meant: str = ""

    def copied(self, place: int) -> Slot:
        """A slot of one's own for the same word, at another place."""
        return Slot(
            *(
                self.typed,
                self.plain,
                self.weight,
                self.importance,
                place,
                self.known,
                {**self.alternatives},
                self.meant,
            )
        )

    def offer(self, word: int, likeness: float) -> None:
        if likeness > self.alternatives.get(word, 0.0):
            self.alternatives[word] = likeness


class Vocabulary(NamedTuple):
    """What expansion needs of the base. `remembered` keeps what words stand for while no document comes or goes."""

    lexicon: Lexicon
    spelling: Spelling
    kinship: Kinship
    documents: int
    language: str | None = None
    remembered: dict[tuple[Token, str | None], Slot] | None = None


Phrase = tuple[str, ...]


def glossary_of(groups: Sequence[tuple[str, ...]]) -> dict[str, list[tuple[Phrase, list[Phrase]]]]:
    """Groups of equivalent phrases, by the first word of each phrase: the phrase and its equivalents."""
    result: dict[str, list[tuple[Phrase, list[Phrase]]]] = {}
    for group in groups:
        phrases = list(dict.fromkeys(filter(None, (words(phrase) for phrase in group))))
        for phrase in phrases:
            others = [other for other in phrases if other != phrase]
            for key in stems(phrase[0]):
                result.setdefault(key, []).append((phrase, others))
    return result


def expand(
    found: Sequence[Token],
    base: Vocabulary,
    glossary: Mapping[str, Sequence[tuple[Phrase, Sequence[Phrase]]]] | None = None,
) -> list[Slot]:
    """The slots of a question, given as its tokens, in order."""
    asked = _asked(found, base.lexicon)[:MOST_SLOTS]
    base.kinship.prepare(
        [(token.plain, _known(token, base.lexicon)) for token in asked if importance(token.plain) >= 0.5]
    )
    slots = [_remembered(token, base) for token in asked]
    _join_neighbours(slots, base)
    if glossary:
        _offer_equivalents(slots, base, glossary)
    return slots


def _asked(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Without the whole of a code that the base does not hold in one piece when it holds a part; each word once."""
    parts = {token.place for token in found if token.part and lexicon.number(token.plain) is not None}
    seen: set[str] = set()
    result = []
    for token in found:
        if not token.part and token.place in parts and lexicon.number(token.plain) is None:
            continue
        if token.plain not in seen:
            seen.add(token.plain)
            result.append(token)
    return result


def _known(token: Token, lexicon: Lexicon) -> bool:
    """Whether a living document holds the word or a form of it."""
    frequency = lexicon.frequency.all
    return any(frequency[number] > 0 for number in lexicon.forms(token.plain, token.accented))


def _remembered(token: Token, base: Vocabulary) -> Slot:
    """The slot of a word, looked up once while the base stays as it is: a slot of one's own, for it may be added to."""
    if base.remembered is None:
        return _slot(token, base)
    key = token._replace(place=0), base.language
    slot = base.remembered.get(key)
    if slot is None:
        if len(base.remembered) >= _REMEMBERED:
            base.remembered.clear()
        slot = base.remembered[key] = _slot(token, base)
    return slot.copied(token.place)


def _slot(token: Token, base: Vocabulary) -> Slot:
    lexicon = base.lexicon
    own = lexicon.number(token.plain)
    alternatives: dict[int, float] = {}
    forms = lexicon.forms(token.plain, token.accented)
    frequency = lexicon.frequency.all
    known = any(frequency[number] > 0 for number in forms)
    held = int(sum(frequency[number] for number in forms))
    weight_of_kind = importance(token.plain) * (0.5 if token.part else 1.0)
    slot = Slot(token.typed, token.plain, 0.0, weight_of_kind, token.place, known, alternatives)
    for number in forms:
        slot.offer(number, 1.0 if number == own else FORM)
    if weight_of_kind >= 0.5:
        near = [] if known else base.spelling.near(token.plain, 4)
        slot.meant = _meant(token, own, known, near, base)
        _offer_similar(slot, near, base)
        if not known and alternatives:
            held = int(max(frequency[number] * likeness for number, likeness in alternatives.items()))
    slot.weight = lexicon.rarity(held, base.documents) * weight_of_kind
    return slot


def _meant(token: Token, own: int | None, known: bool, found: Sequence[Near], base: Vocabulary) -> str:
    """The spelling to give the encoder: accents as in the base or the language, a mistake mended; "" when as typed."""
    plain, lexicon = token.plain, base.lexicon
    if known and token.accented != plain:
        return ""
    usual = frequent(base.language).get(plain)
    if own is not None and known:
        spelling = lexicon.spelling(own)
    elif known or usual or is_common(plain):
        spelling = usual.spelling if usual and token.accented == plain else token.accented
    else:
        near = [(one.cost, one.word) for one in found]
        if (not near or min(near)[0] > _LIKELY) and (other := likeliest(plain, base.language)):
            near.append((other[0] + _ELSEWHERE, other[1]))
        if not near or min(near)[0] > min(_FARTHEST, _PER_LETTER * len(plain)):
            return ""
        best = min(near)[1]
        number = lexicon.number(best)
        spelling = frequent(None)[best].spelling if number is None else lexicon.spelling(number)
    return "" if spelling == token.accented else spelling


def _offer_similar(slot: Slot, found: Sequence[Near], base: Vocabulary) -> None:
    plain, lexicon = slot.plain, base.lexicon
    if plain[:1].isdigit():
        other = plain.removesuffix("eme") if plain.endswith("eme") else f"{plain}eme"
        if (number := lexicon.number(other)) is not None:
            slot.offer(number, COUNTED)
        return
    trust = 1.0 if not slot.known else 0.85
    if not slot.known:
        doubt = _COMMON if is_common(plain) else 1.0
        for near in found:
            number = lexicon.number(near.word)
            if number is not None and lexicon.frequency.all[number] > 0:
                likeness = max(0.3, 1.0 - _SLIP * near.cost - 0.5 * near.cost / len(plain)) * doubt
                for form in lexicon.forms(near.word):
                    slot.offer(form, likeness if form == number else likeness * FORM)
        _offer_halves(slot, lexicon)
    for other in dict.fromkeys((*translations(plain), *translations(fold(slot.meant)))):
        for form in lexicon.forms(other):
            slot.offer(form, TRANSLATED * trust)
    for number, dice in base.kinship.like(plain, slot.known):
        slot.offer(number, _LIKE * dice * trust)


def _offer_halves(slot: Slot, lexicon: Lexicon) -> None:
    """A word written in one piece that the base holds in two (eppermed: ep permed)."""
    word = slot.plain
    for cut in range(2, len(word) - 1):
        left, right = lexicon.number(word[:cut]), lexicon.number(word[cut:])
        if left is not None and right is not None and max(cut, len(word) - cut) >= 4:
            slot.offer(left, SPLIT)
            slot.offer(right, SPLIT)


def _offer_equivalents(
    slots: list[Slot], base: Vocabulary, glossary: Mapping[str, Sequence[tuple[Phrase, Sequence[Phrase]]]]
) -> None:
    """Where a phrase of the glossary is asked for, each of its words may be any word of an equivalent phrase."""
    keys = [set(stems(slot.plain)) for slot in slots]
    for start in range(len(slots)):
        entries = {id(entry): entry for key in sorted(keys[start]) for entry in glossary.get(key, ())}
        for phrase, others in entries.values():
            end = start + len(phrase)
            if end > len(slots) or not all(
                held & set(stems(word)) for held, word in zip(keys[start:end], phrase, strict=True)
            ):
                continue
            for other in others:
                likeness = GLOSSARY if len(other) <= len(phrase) else GLOSSARY * (len(phrase) / len(other)) ** 0.25
                for word in other:
                    for form in base.lexicon.forms(word):
                        for asked in slots[start:end]:
                            if importance(word) >= asked.importance:
                                asked.offer(form, likeness)


def _join_neighbours(slots: list[Slot], base: Vocabulary) -> None:
    """Two words that the base holds in one piece (ep permed: eppermed)."""
    for left, right in pairwise(slots):
        number = base.lexicon.number(left.plain + right.plain)
        if number is not None and right.place == left.place + 1 and base.lexicon.frequency.all[number] > 0:
            left.offer(number, JOINED)
            right.offer(number, JOINED)


def brief(text: str, slots: Sequence[Slot], most: int) -> str:
    """A question in at most so many characters: its lightest words left out, the last of them first."""
    if len(text) <= most:
        return text
    kept = text.split()
    weights = {slot.typed: slot.weight for slot in slots}
    length = sum(map(len, kept)) + len(kept) - 1
    weighed = [max((weights.get(token.typed, 0.0) for token in tokens(word)), default=0.0) for word in kept]
    for place in sorted(range(len(kept)), key=lambda place: (weighed[place], -place))[:-1]:
        if length <= most:
            break
        length -= len(kept[place]) + 1
        kept[place] = ""
    return " ".join(filter(None, kept))


def corrected(text: str, slots: Sequence[Slot]) -> str:
    """The question as the base would spell it: accents restored and mistakes corrected, the rest as typed."""
    meant = {slot.typed: slot.meant for slot in slots if slot.meant}
    if not meant:
        return text
    pattern = "|".join(re.escape(typed) for typed in sorted(meant, key=len, reverse=True))
    return re.sub(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", lambda match: meant[match.group()], text)
