"""Countries and regions of the world: their names, and every word by which people name them, their people and things.

Read from `countries.yaml`. A question names countries in more ways than one word at a time: "franco-suédois" is two of
them, "US" is one only in capitals, "UK-FR" is a pair of codes. `find_countries` knows these; `Country.words` are for
those who match words themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from knowledge.exchange.yaml_files import Document, read_yaml
from knowledge.fields import Plain
from knowledge.messages import Text

_FILE: Final = Path(__file__).with_name("countries.yaml")
_LONGEST: Final = 3
_WORD: Final = re.compile(r"[^\W_]+(?:\.[^\W_](?=\.))+\.?|[^\W_]+")
_PAIR: Final = re.compile(r"(?<![^\W_])([A-Z]{2})[-/]([A-Z]{2})(?![^\W_])")
_LETTERS: Final = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "’": "'"})


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166-1 code (also EU and XK).

    `words` are folded, of one to three words, in both languages, names included; `prefixes` the folded first halves of
    compounds ("franco"); `capitals` the forms that count only as written ("US").
    """

    code: str
    names: Text
    words: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world: `words` as for a country, and the codes it stands for."""

    name: str
    names: Text
    words: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Countries or a region named in a text, which reads `text` from `start` to `end`. `region` is "" for a country."""

    codes: tuple[str, ...]
    start: int
    end: int
    text: str
    region: str = ""


def fold_words(text: str) -> str:
    """Small letters without accents, words parted by one space: "États-Unis" is `etats unis`."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))


@cache
def load_countries() -> Mapping[str, Country]:
    """Every country by its code. Raises ValueError when the file is damaged."""
    return {code: _country(code, row) for code, row in _rows("countries")}


@cache
def load_regions() -> Mapping[str, Region]:
    """Every region by its name. Raises ValueError when the file is damaged."""
    return {name: _region(name, row) for name, row in _rows("regions")}


def find_countries(text: str) -> tuple[Mention, ...]:
    """The countries and regions that a text names, in order; where names overlap the longest counts."""
    taken: list[Mention] = []
    for match in _PAIR.finditer(text):
        codes = tuple(_SHORT_CODES.get(code, code) for code in match.groups())
        if all(code in load_countries() for code in codes):
            taken.append(Mention(codes, match.start(), match.end(), match[0]))
    pieces = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    at = 0
    while at < len(pieces):
        mention, length = _longest(text, pieces[at : at + _LONGEST])
        if mention and not any(mention.start < other.end and other.start < mention.end for other in taken):
            taken.append(mention)
        at += length
    return tuple(sorted(taken, key=lambda mention: mention.start))


_SHORT_CODES: Final = {"UK": "GB", "UE": "EU"}


def _longest(text: str, pieces: list[tuple[int, int]]) -> tuple[Mention | None, int]:
    """What the first pieces name, and how many of them that takes (one when they name nothing).

    In a text all in capitals, US may be the pronoun and EU the French "eu": they name nothing there.
    """
    words, capitals, prefixes = _names()
    shouting = text.isupper() and " " in text
    for length in range(len(pieces), 0, -1):
        start, end = pieces[0][0], pieces[length - 1][1]
        said = text[start:end]
        name = words.get(fold_words(said)) or (None if shouting and length == 1 else capitals.get(said))
        if name is None and length == 1 and text[end : end + 1] in ("-", "‑", "–"):
            name = prefixes.get(fold_words(said))
        if name:
            region = load_regions().get(name)
            return Mention(region.codes if region else (name,), start, end, said, region.name if region else ""), length
    return None, 1


@cache
def _names() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Folded words, forms in capitals and prefixes, each with its country or region."""
    countries = load_countries().values()
    words = {word: country.code for country in countries for word in country.words}
    words |= {word: region.name for region in load_regions().values() for word in region.words}
    capitals = {form: country.code for country in countries for form in country.capitals}
    return words, capitals, {prefix: country.code for country in countries for prefix in country.prefixes}


def _country(code: str, row: Mapping[str, Plain]) -> Country:
    capitals = tuple(_strings(row, "capitals"))
    reserved = {fold_words(form) for form in capitals}
    words = tuple(word for word in _words(row) if word not in reserved)
    return Country(code, _names_of(row), words, tuple(map(fold_words, _strings(row, "prefixes"))), capitals)


def _region(name: str, row: Mapping[str, Plain]) -> Region:
    return Region(name, _names_of(row), _words(row), tuple(_strings(row, "codes")))


def _names_of(row: Mapping[str, Plain]) -> Text:
    return {"fr": str(row["fr"]), "en": str(row["en"])}


def _words(row: Mapping[str, Plain]) -> tuple[str, ...]:
    """The folded names and words, each once; a name of more words than people type is left out."""
    folded = map(fold_words, (str(row["fr"]), str(row["en"]), *_strings(row, "words")))
    return tuple(dict.fromkeys(word for word in folded if len(word.split()) <= _LONGEST))


def _strings(row: Mapping[str, Plain], key: str) -> Iterable[str]:
    value = row.get(key) or []
    if not isinstance(value, list):
        raise ValueError(f"{_FILE.name}: {key} must be a list")
    return [str(item) for item in value]


def _rows(section: str) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    data = _data()
    part = data.get(section) if isinstance(data, dict) else None
    for key, row in (part if isinstance(part, dict) else {}).items():
        if not isinstance(row, dict):
            raise ValueError(f"{_FILE.name}: {key} must be a mapping")
        yield key, row


@cache
def _data() -> Plain:
    document = read_yaml(_FILE, _FILE.name)
    if not isinstance(document, Document):
        raise ValueError(f"{_FILE.name}: {document[0].phrase}")
    return document.data
