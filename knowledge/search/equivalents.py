"""Phrases that mean the same: the glossary of the team, and what it lets the words of a question stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from knowledge.search.lexicon import Lexicon, importance
from knowledge.search.slot import Slot
from knowledge.search.text import stems, words

GLOSSARY: Final = 0.85
"""Likeness of a word and its equivalent."""
Phrase = tuple[str, ...]
Glossary = Mapping[str, Sequence[tuple[Phrase, Sequence[Phrase]]]]
"""Phrases and their equivalents, by each stem of the first word of the phrase."""


def glossary_of(groups: Sequence[tuple[str, ...]]) -> Glossary:
    """Groups of equivalent phrases, by the first word of each phrase: the phrase and its equivalents."""
    result: dict[str, list[tuple[Phrase, list[Phrase]]]] = {}
    for group in groups:
        phrases = list(dict.fromkeys(filter(None, (words(phrase) for phrase in group))))
        for phrase in phrases:
            others = [other for other in phrases if other != phrase]
            for key in stems(phrase[0]):
                result.setdefault(key, []).append((phrase, others))
    return result


def offer_equivalents(slots: Sequence[Slot], lexicon: Lexicon, glossary: Glossary) -> None:
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
                    for form in lexicon.forms(word):
                        for asked in slots[start:end]:
                            if importance(word) >= asked.importance:
                                asked.offer(form, likeness)
