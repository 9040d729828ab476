"""The values of the knowledge base: a record, where it comes from, and each change made to it.

Nothing here reads a file, a clock or a database: these are plain frozen values that every layer may share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from knowledge.dates import Day
from knowledge.messages import Phrase, Text

Language = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read. `accessed` is the day it was read; `verified_on` the day a person last confirmed it."""

    title: str
    url: str = ""
    accessed: Day | None = None
    verified_on: Day | None = None
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One fact. `values` maps the field names of its kind to typed values (see `knowledge.fields`).

    `id` is a short slug, unique and never reused. `revision` starts at 1 and grows with each change.
    `programme` says that the programme's own public page states this fact.
    """

    id: str
    kind: str
    titles: Text
    summaries: Text
    source: Source
    aliases: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    status: str = ""
    note: Text = field(default_factory=dict)
    other_sources: tuple[Source, ...] = ()
    programme: bool = False
    revision: int = 1
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in what a person gave: the field it is about (a dotted key) and the sentence to show."""

    field: str
    phrase: Phrase
    line: int | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that passed every check and is not saved yet."""

    record: Record


Verb = Literal["add", "amend", "retire", "restore"]


@dataclass(frozen=True, slots=True)
class Write:
    """What is asked of the store: the record as it shall be, by whom and why.

    `expected_revision` None means "must not exist yet"; otherwise the revision that the writer saw.
    """

    verb: Verb
    record: Record
    by: str
    reason: str = ""
    expected_revision: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One write as the store kept it. `seq` grows by one; `before` is None for an addition."""

    seq: int
    record_id: str
    at: datetime
    by: str
    verb: Verb
    before: Record | None
    after: Record
    reason: str = ""
