"""Regular forms of everyday words of French and English: conjugation, plural, feminine, and what ends in -er and -ly.

A form that nobody uses does no harm: the forms only tell which words are right as they stand.
"""

from __future__ import annotations

from typing import Final

_REGULAR_ER: Final = (
    "e es ons ez ent ais ait ions iez aient ai as a âmes èrent erai eras era erons erez eront erais erait erions eraient"
    " é ée és ées ant"
).split()
_REGULAR_IR: Final = (
    "is it issons issez issent issais issait issaient irai ira irez iront irais irait i ie is ies issant".split()
)


def french_forms(word: str) -> list[str]:
    """A French word and its regular forms; those of an irregular verb are listed by hand."""
    if word.endswith("er") and len(word) > 4:
        stem = word[:-2]
        soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1], stem)
        return [word, *((soft if ending[0] in "aâo" else stem) + ending for ending in _REGULAR_ER)]
    if word.endswith("ir") and len(word) > 4:
        return [word, *(word[:-2] + ending for ending in _REGULAR_IR)]
    if word.endswith(("re", "oir", "s", "x", "z")):
        return [word]
    if word.endswith(("au", "eu")):
        return [word, f"{word}x"]
    if word.endswith("al"):
        return [word, f"{word}e", f"{word[:-2]}aux", f"{word}es"]
    if word.endswith("eux"):
        return [word, f"{word[:-1]}se", f"{word[:-1]}ses"]
    return [word, f"{word}s"] if word.endswith("e") else [word, f"{word}s", f"{word}e", f"{word}es"]


def english_forms(word: str) -> list[str]:
    """An English word and its regular forms, whatever it is: a noun, a verb or an adjective."""
    if word.endswith("e"):
        return [word, f"{word}s", f"{word}d", f"{word[:-1]}ing"]
    if word.endswith("y") and len(word) > 3 and word[-2] not in "aeou":
        return [word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
    plural = f"{word}es" if word.endswith(("s", "x", "sh", "ch")) else f"{word}s"
    return [word, plural, f"{word}ed", f"{word}ing", f"{word}er", f"{word}ly"]
