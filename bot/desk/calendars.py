"""The deadlines as a calendar: of a channel or of a topic, handed out as a file or followed at an address that nobody can guess.

Whoever holds an address sees what it shows, so it shows what everybody in its channel may see and no more, and opens nothing once a
coordinator has renewed it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, Protocol

from knowledge.countries import Country
from knowledge.kinds import Kind
from knowledge.messages import Phrase, Text
from knowledge.records import Change, Record
from knowledge.search.text import fold
from knowledge.vocabulary import Vocabulary
from scheduler.calendar_file import calendar_file, shows, tracked
from scheduler.ports import Links
from scheduler.rules import DigestRule, ReminderRule
from scheduler.values import Scope

PATH: Final = "/calendar/"
_NAME: Final = re.compile(r"([1-9]\d{0,8})-([a-z0-9]{20,100})\.ics")
_NO_TOKEN: Final = "-" * 64
_MOST: Final = 64
"""Calendars that are kept ready."""
_LITTLE: Final = re.compile(r"^(?:(?:of|about|for|on|the|de|des|du|la|le|les|sur|pour)\s+|[dl]')+")


class Facts(Protocol):
    """Where facts are kept, with their history."""

    def records(self) -> Sequence[Record]: ...

    def changes(self, since: int = 0) -> Sequence[Change]: ...

    def last_seq(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar as it is handed out: its bytes, how many events it has, a name for these very bytes, and when what it tells was last
    changed (None: it tells nothing)."""

    data: bytes
    events: int
    etag: str
    modified: datetime | None


@dataclass(frozen=True, slots=True)
class CalendarDesk:
    """Writes calendars and keeps their addresses. `now` tells the time, in UTC; `say` puts a phrase into a language; `links` is None
    where nothing is written; `token` makes a new secret of letters and digits, which no place marks up; `address` is where the bot
    is reached from outside, "" where it is not. Safe to use from any thread."""

    facts: Facts
    kinds: Mapping[str, Kind]
    themes: Vocabulary
    countries: Mapping[str, Country]
    now: Callable[[], datetime]
    say: Callable[[Phrase, str], str]
    name: str = "Entente"
    reminders: tuple[ReminderRule, ...] = ()
    digests: tuple[DigestRule, ...] = ()
    links: Links | None = None
    token: Callable[[], str] = lambda: _NO_TOKEN
    address: str = ""
    _ready: dict[tuple[Scope, str], tuple[tuple[int, date], Feed]] = field(default_factory=dict)

    def topic(self, words: str, channel: str = "") -> Scope | None:
        """The calendar of a topic that is named in either language ("appels", "rare diseases", "Sweden"), as that channel may see it;
        that of the channel for no words, None where they name nothing."""
        asked = _LITTLE.sub("", fold(words.strip(" .?!")))
        if not asked:
            return Scope(channel)
        for name, kind in self.kinds.items():
            if asked in _folded(name, kind.labels, kind.plurals, *kind.words.values()):
                return Scope(channel, kind=name)
        for name, theme in self.themes.items():
            if asked in _folded(name, theme.labels, *theme.words.values()):
                return Scope(channel, theme=name)
        for code, country in self.countries.items():
            if asked in _folded(code, country.names):
                return Scope(channel, country=code)
        return None

    def about(self, scope: Scope) -> list[Text]:
        """What the calendar is about, [] for the whole of what a channel or everybody may see."""
        named = []
        if kind := self.kinds.get(scope.kind):
            named.append(kind.plurals)
        if theme := self.themes.get(scope.theme):
            named.append(theme.labels)
        if country := self.countries.get(scope.country):
            named.append(country.names)
        return named

    def feed(self, scope: Scope, lang: str) -> Feed:
        """The calendar as things now are. Raises StoreUnavailable."""
        now = self.now()
        stamp = (self.facts.last_seq(), now.date())
        known = self._ready.get((scope, lang))
        if known is not None and known[0] == stamp:
            return known[1]
        title = " · ".join([self.name, *(text.get(lang) or next(iter(text.values())) for text in self.about(scope))])
        shown = shows(scope, self.reminders, self.digests)
        facts = tracked(self.facts.records(), self.facts.changes(), now)
        made = calendar_file(facts, self.kinds, lang, title, shown, lambda phrase: self.say(phrase, lang))
        feed = Feed(made.data, made.events, hashlib.sha256(made.data).hexdigest()[:32], made.modified)
        while len(self._ready) >= _MOST:
            self._ready.pop(next(iter(self._ready), (scope, lang)), None)
        self._ready[scope, lang] = stamp, feed
        return feed

    def link(self, scope: Scope, lang: str) -> str:
        """The address of the calendar, the same each time; "" where the bot is not reached from outside. Raises StoreUnavailable."""
        if not self.address or self.links is None:
            return ""
        link = self.links.ensure(scope, lang, self.token())
        return f"{self.address}{PATH}{link.number}-{link.token}.ics"

    def renew(self, scope: Scope) -> int:
        """Makes the addresses of this calendar die; how many there were. Raises StoreUnavailable."""
        return self.links.renew(scope, self.token) if self.links is not None else 0

    def opened(self, name: str) -> Feed | None:
        """The calendar behind the last part of an address; None for any other than those that were handed out and still hold."""
        match = _NAME.fullmatch(name)
        link = self.links.link(int(match[1])) if match and self.links is not None else None
        # A number that does not exist takes as long as a wrong token.
        right = hmac.compare_digest((link.token if link else _NO_TOKEN).encode(), (match[2] if match else "").encode())
        return self.feed(link.scope, link.lang) if link is not None and right else None

    def served_at(self, address: str) -> CalendarDesk:
        """The same where the bot is reached at that address."""
        return replace(self, address=address.rstrip("/"))


def _folded(name: str, *texts: Mapping[str, str] | tuple[str, ...]) -> set[str]:
    words = [word for text in texts for word in (text.values() if isinstance(text, Mapping) else text)]
    return {fold(word) for word in (name, *words)}
