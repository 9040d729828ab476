"""Where a person who asked to be forgotten stands in a text, and what stands there afterwards. Pure.

An id is unmistakable, so it leaves every text. What a person is called may be any word ("Paris", "Rose"): it leaves reasons
and questions only, and only where it has two words or more. What a fact says is never changed for a name's sake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from knowledge.records import FORMER_MEMBER
from knowledge.storage.codec import storable


class Eraser:
    """Takes one person out: `ids` are theirs alone (id, pseudonym), `names` are what they are called."""

    def __init__(self, ids: Sequence[str], names: Sequence[str] = ()) -> None:
        self.ids = tuple(storable(one) for one in ids if one)
        self.known = (*self.ids, *(storable(name) for name in names if name))
        """As whom they may stand by themselves: as an author, an owner, or one who verified."""
        spoken = [name for name in self.known if name in self.ids or len(name.split()) > 1]
        self._ids, self._spoken = _pattern(self.ids), _pattern(spoken, re.IGNORECASE)

    def named_in(self, key: str) -> bool:
        """Whether a key such as "C1:U1" or "draft:U1:9f" is theirs."""
        return not set(self.ids).isdisjoint(key.split(":"))

    def of_fact(self, value: Any) -> Any:
        """What a fact says, without their ids."""
        return self._replaced(value, self._ids)

    def of_speech(self, value: Any) -> Any:
        """A reason, or what others asked or typed, without their ids and their name."""
        return self._replaced(value, self._spoken)

    def _replaced(self, value: Any, pattern: re.Pattern[str] | None) -> Any:
        return _each_text(value, lambda text: pattern.sub(FORMER_MEMBER, text)) if pattern else value


def _pattern(words: Sequence[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | None:
    """Finds these words, as Slack marks them ("<@U1|ana>") or bare; never within a longer word."""
    if not words:
        return None
    one = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"<@(?:{one})(?:\|[^<>]*)?>|(?<!\w)(?:{one})(?!\w)", flags)


def _each_text(value: Any, swap: Callable[[str], str]) -> Any:
    """The same value, records and plain data alike, with every text in it swapped."""
    if isinstance(value, str):
        return swap(value)
    if isinstance(value, Mapping):
        return {key: _each_text(kept, swap) for key, kept in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_each_text(kept, swap) for kept in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _each_text(getattr(value, one.name), swap) for one in fields(value)})
    return value
