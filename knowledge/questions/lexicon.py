"""Which words of a question name something the base is organised by: a kind, a field, a country, a theme, a body, a status.

The lexicon is derived from kinds, vocabulary, countries and the records themselves; nothing in it is written for one base.
Words match when they share a stem; names match as they are spelled (folded).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from knowledge.search.text import stems, tokens

Topic = Literal["kind", "narrower", "field", "country", "theme", "body", "city", "status"]
LONGEST: Final = 7
"""Words of the longest phrase that is kept."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Tokens `first` to `last` (exclusive) of a question name `value`, something of the sort `topic`."""

    topic: Topic
    value: str
    first: int
    last: int
    plural: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    topic: Topic
    value: str
    words: tuple[str, ...]
    name: bool


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, codes whole (`jtc2026`)."""
    return tuple(token.plain for token in tokens(text) if not token.part)


def keys(texts: Iterable[str]) -> frozenset[str]:
    """The stems of all words of some texts."""
    return frozenset(key for text in texts for word in words(text) for key in stems(word))


class Lexicon:
    """Phrases by the stems of their first word. Built once per state of the base; `tag` changes nothing."""

    def __init__(self) -> None:
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._seen: set[_Entry] = set()

    def copy(self) -> Lexicon:
        """Another one that knows the same and may be told more."""
        other = Lexicon()
        other._entries.update((key, list(entries)) for key, entries in self._entries.items())
        other._seen = set(self._seen)
        return other

    def add(self, topic: Topic, value: str, phrases: Iterable[str], *, name: bool = False) -> None:
        """Ways of saying `value`. A `name` matches as spelled, other words in any of their forms."""
        for phrase in phrases:
            plain = words(phrase)
            if not plain or len(plain) > LONGEST:
                continue
            entry = _Entry(topic, value, plain, name or _is_acronym(phrase))
            if entry not in self._seen:
                self._seen.add(entry)
                for key in {plain[0]} if entry.name else set(stems(plain[0])):
                    self._entries[key].append(entry)

    def vocabulary(self) -> set[str]:
        """Every word that some phrase holds: what a slip may be mended to."""
        return {word for entry in self._seen for word in entry.words}

    def tag(self, asked: Sequence[str]) -> tuple[Tag, ...]:
        """Every phrase found in the folded words of a question. Of one topic the longest wins; a tag that lies inside a
        longer one, of whatever topic, is dropped ("groupe" in "groupe de travail")."""
        keys = [frozenset((*stems(word), word)) for word in asked]
        found = {
            Tag(entry.topic, entry.value, first, first + len(entry.words), _plural(asked, first, len(entry.words)))
            for first, key in enumerate(keys)
            for stem in key
            for entry in self._entries.get(stem, ())
            if _matches(entry, asked, keys, first)
        }
        kept = [tag for tag in found if not any(_inside(tag, other) for other in found)]
        return tuple(sorted(kept, key=lambda tag: (tag.first, tag.last, tag.topic, tag.value)))


def _is_acronym(phrase: str) -> bool:
    """Whether a phrase is an acronym, which has no other forms: AMI is not "amis"."""
    return phrase.isalpha() and sum(letter.isupper() for letter in phrase) > 1


def _matches(entry: _Entry, asked: Sequence[str], keys: Sequence[frozenset[str]], first: int) -> bool:
    if first + len(entry.words) > len(asked):
        return False
    if entry.name:
        return tuple(asked[first : first + len(entry.words)]) == entry.words
    return all(
        not keys[first + index].isdisjoint(stems(word)) and _alike(asked[first + index], word, entry.topic)
        for index, word in enumerate(entry.words)
    )


def _alike(word: str, other: str, topic: Topic) -> bool:
    """Whether words that share a stem are near enough: in four letters, only an ending may differ ("data" is no form of
    "date"). A status is not the noun beneath it ("le plan" is not "planned")."""
    short, long = sorted((word, other), key=len)
    if topic == "status" and word == short and len(long) - len(short) > 2:
        return False
    return len(short) > 4 or long.startswith(short) or short.rstrip("sxe") == long.rstrip("sxe")


_SEVERAL: Final = frozenset(
    "les des nos vos mes ces quels quelles lesquels lesquelles these those plusieurs several".split()
)
_PLURALS: Final = frozenset("memoranda symposia fora".split())
_SAME_IN_PLURAL: Final = frozenset("rendez vous prix congres consortium process progres cours congress".split())


def _plural(asked: Sequence[str], first: int, length: int) -> bool:
    """Whether the phrase speaks of several things: by its ending, or by the word before it ("les JTC")."""
    span = asked[first : first + length]
    if any((len(word) > 3 and word[-1] in "sx" and word not in _SAME_IN_PLURAL) or word in _PLURALS for word in span):
        return True
    return first > 0 and asked[first - 1] in _SEVERAL


def _inside(tag: Tag, other: Tag) -> bool:
    return other.first <= tag.first and tag.last <= other.last and other.last - other.first > tag.last - tag.first
