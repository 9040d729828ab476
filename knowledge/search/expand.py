"""What a question asks for: one slot per word, and for each slot the words of the base that may stand for it.

A slot's alternatives carry a likeness from 0 to 1: the word itself 1, its other forms less, a corrected spelling, a word of
the glossary, a look-alike less again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from knowledge.search.common import is_common
from knowledge.search.equivalents import Glossary, offer_equivalents
from knowledge.search.frequent import frequent, likeliest
from knowledge.search.kinship import Kinship
from knowledge.search.lexicon import Lexicon, importance
from knowledge.search.pairs import translations
from knowledge.search.slot import Slot
from knowledge.search.spelling import Near, Spelling
from knowledge.search.text import Token, fold

FORM: Final = 0.93
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


Key = tuple[str, str, str, bool, str | None]
"""A word asked for, as typed, folded and accented, whether it is part of a code, and the language of its question."""
Remembered = dict[Key, Slot]


class Vocabulary(NamedTuple):
    """What expansion needs of the base. `remembered` keeps what words stand for while no document comes or goes."""

    lexicon: Lexicon
    spelling: Spelling
    kinship: Kinship
    documents: int
    remembered: Remembered
    language: str | None = None


def expand(found: Sequence[Token], base: Vocabulary, glossary: Glossary | None = None) -> list[Slot]:
    """The slots of a question, given as its tokens, in order."""
    asked = _asked(found, base.lexicon)[:MOST_SLOTS]
    fresh = [_held(token, base.lexicon) for token in asked if _key(token, base) not in base.remembered]
    base.kinship.prepare([(one.token.plain, one.times > 0) for one in fresh if importance(one.token.plain) >= 0.5])
    if len(base.remembered) + len(fresh) > _REMEMBERED:
        base.remembered.clear()
        fresh = [_held(token, base.lexicon) for token in asked]
    for one in fresh:
        base.remembered[_key(one.token, base)] = _slot(one, base)
    # Slots of one's own: they may be added to.
    slots = [base.remembered[_key(token, base)].copied(token.place) for token in asked]
    _join_neighbours(slots, base)
    if glossary:
        offer_equivalents(slots, base.lexicon, glossary)
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


class _Held(NamedTuple):
    """A word asked for, the numbers of the words of the base that are forms of it, and how many documents hold these."""

    token: Token
    forms: list[int]
    times: int


def _held(token: Token, lexicon: Lexicon) -> _Held:
    forms = lexicon.forms(token.plain, token.accented)
    return _Held(token, forms, int(lexicon.frequency.all[forms].sum()) if forms else 0)


def _key(token: Token, base: Vocabulary) -> Key:
    return token.typed, token.plain, token.accented, token.part, base.language


def _slot(word: _Held, base: Vocabulary) -> Slot:
    token, forms, held = word
    lexicon, own, known = base.lexicon, base.lexicon.number(token.plain), held > 0
    alternatives = dict.fromkeys(forms, FORM)
    if own in alternatives:
        alternatives[own] = 1.0
    weight_of_kind = importance(token.plain) * (0.5 if token.part else 1.0)
    slot = Slot(token.typed, token.plain, 0.0, weight_of_kind, token.place, known, alternatives)
    if weight_of_kind >= 0.5:
        near = [] if known else base.spelling.near(token.plain, 4)
        slot.meant = _meant(token, own, known, near, base)
        _offer_similar(slot, near, base)
        if not known and alternatives:
            held = int((lexicon.frequency.all[[*alternatives]] * np.array([*alternatives.values()])).max())
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
    meant = translations(fold(slot.meant)) if slot.meant else ()
    for other in dict.fromkeys((*translations(plain), *meant)):
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


def _join_neighbours(slots: list[Slot], base: Vocabulary) -> None:
    """Two words that the base holds in one piece (ep permed: eppermed)."""
    for left, right in pairwise(slots):
        number = base.lexicon.number(left.plain + right.plain)
        if number is not None and right.place == left.place + 1 and base.lexicon.frequency.all[number] > 0:
            left.offer(number, JOINED)
            right.offer(number, JOINED)
