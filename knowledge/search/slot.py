"""One word of a question with all that may stand for it, and the question written anew from its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.search.text import tokens


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


def brief(text: str, slots: Sequence[Slot], most: int, size: Callable[[str], int] | None = None) -> str:
    """A question in at most so many characters, or at most that large where `size` tells how large a word is: its lightest words
    left out, the last of them first."""
    if size is None and len(text) <= most:
        return text
    kept = text.split()
    sizes = [len(word) + 1 for word in kept] if size is None else [size(word) for word in kept]
    excess = sum(sizes) - most - (size is None)
    if excess <= 0:
        return " ".join(kept)
    weights = {slot.typed: slot.weight for slot in slots}
    weighed = [max((weights.get(token.typed, 0.0) for token in tokens(word)), default=0.0) for word in kept]
    for place in sorted(range(len(kept)), key=lambda place: (weighed[place], -place))[:-1]:
        if excess <= 0:
            break
        excess -= sizes[place]
        kept[place] = ""
    return " ".join(filter(None, kept))


_WORD: Final = re.compile(r"[^\W_]+")


def corrected(text: str, slots: Sequence[Slot]) -> str:
    """The question as the base would spell it: accents restored and mistakes corrected, the rest as typed."""
    meant = {slot.typed: slot.meant for slot in slots if slot.meant}
    if not meant:
        return text
    if all(map(str.isalnum, meant)):  # no expression of its own needs compiling
        return _WORD.sub(lambda match: meant.get(match.group(), match.group()), text)
    pattern = "|".join(re.escape(typed) for typed in sorted(meant, key=len, reverse=True))
    return re.sub(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", lambda match: meant[match.group()], text)
