"""Types of fields that hold words: lines, texts by language, lists, countries, links. See `knowledge.field_types`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from knowledge.countries import load_countries
from knowledge.fields import BadValue, Mistake, Plain, Simple, bad
from knowledge.plain_values import read_list, read_string, read_text, unknown


class LineType:
    """One line of text, the same in every language: a reference, a choice."""

    def load(self, plain: Plain) -> str:
        return read_string(plain)

    def dump(self, value: str) -> Plain:
        return value

    def words(self, value: str) -> Iterable[str]:
        return (value,)

    def plain(self, value: str, lang: str = "fr") -> Simple:
        return value


class LinkType(LineType):
    """The address of a page (http or https)."""

    def load(self, plain: Plain) -> str:
        return read_url(plain)

    def words(self, value: str) -> Iterable[str]:
        return ()


class TextType:
    """Text by language; a bare string is the same in both."""

    def load(self, plain: Plain) -> Mapping[str, str]:
        return read_text(plain)

    def dump(self, value: Mapping[str, str]) -> Plain:
        return dict(value)

    def words(self, value: Mapping[str, str]) -> Iterable[str]:
        return tuple(dict.fromkeys(value.values()))

    def plain(self, value: Mapping[str, str], lang: str = "fr") -> Simple:
        return value.get(lang) or next(iter(value.values()), None)


class ListType:
    """Several lines: names, people, the ids of other records."""

    def load(self, plain: Plain) -> tuple[str, ...]:
        return read_list(plain)

    def dump(self, value: tuple[str, ...]) -> Plain:
        return list(value)

    def words(self, value: tuple[str, ...]) -> Iterable[str]:
        return value

    def plain(self, value: tuple[str, ...], lang: str = "fr") -> Simple:
        return ", ".join(value) or None


class ReferenceType(ListType):
    """Ids of other records; they are no text to search."""

    def words(self, value: tuple[str, ...]) -> Iterable[str]:
        return ()


class PlacesType(ListType):
    """Countries by ISO 3166-1 code, and EU."""

    def load(self, plain: Plain) -> tuple[str, ...]:
        codes, known = read_list(plain), load_countries()
        wrong = [
            Mistake((place,), unknown("problem.unknown_place", code, known))
            for place, code in enumerate(codes)
            if code not in known
        ]
        if wrong:
            raise BadValue(*wrong)
        return codes

    def words(self, value: tuple[str, ...]) -> Iterable[str]:
        for country in (load_countries()[code] for code in value):
            yield from country.names.values()
            yield from country.words

    def plain(self, value: tuple[str, ...], lang: str = "fr") -> Simple:
        return ", ".join(load_countries()[code].names.get(lang, code) for code in value) or None


def read_url(plain: Plain, *path: str | int) -> str:
    """An address that starts with http:// or https:// and names a host."""
    text = read_string(plain, *path, limit=2000)
    try:
        parts = urlsplit(text)
    except ValueError:
        raise bad("problem.bad_url", *path, value=text) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>|]", text):
        raise bad("problem.bad_url", *path, value=text)
    return text
