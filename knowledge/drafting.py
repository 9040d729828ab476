"""From what a person typed to a record, or to every mistake at once. Pure: reads no store, no file and no clock.

What is given has the form of a fact in a file: `title`, `summary` and `note` by language, `source` with `title` and
`url`, and the fields of the kind by name. A form, a file and an import all pass here, so they refuse the same things.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final, TypeVar

from knowledge.dates import Day
from knowledge.drafted_parts import (
    read_audience,
    read_choice,
    read_flag,
    read_id,
    read_languages,
    read_lead_times,
    read_source,
    read_sources,
    read_themes,
    read_value,
)
from knowledge.fields import BadValue, Mistake, Plain
from knowledge.kinds import RECORD_KEYS, Kind
from knowledge.messages import Phrase, Text
from knowledge.plain_values import LINE_LIMIT, read_list, read_string, read_text, unknown, unknown_keys
from knowledge.records import Draft, Problem, Record, Source
from knowledge.vocabulary import Vocabulary

_NO_TEXT: Final[Text] = {}
_NO_LINES: Final[tuple[str, ...]] = ()
T = TypeVar("T")


def check(
    kind: str,
    inputs: Mapping[str, Plain],
    kinds: Mapping[str, Kind],
    vocabulary: Vocabulary,
    today: date,
    known: Collection[str] | None = None,
) -> Draft | tuple[Problem, ...]:
    """A draft, or every problem under the dotted key of its field.

    An id that is not given is made from the title, apart from the `known` ones; the source counts as read today unless
    it says otherwise. `known` are the ids of the base: with them, `related` may name no other.
    """
    plain: dict[str, Plain] = {key: value for key, value in inputs.items() if value not in (None, "", [], {})}
    if not plain.get("id"):
        plain["id"] = free_id(_title(plain.get("title")), known or ())
    record, mistakes = read_record(plain, kinds, vocabulary, kind)
    if record is not None:
        mistakes += look_ahead(record, today)
        mistakes += unknown_references(record.values, kinds[record.kind], known) if known is not None else []
    if record is None or mistakes:
        return tuple(Problem(".".join(map(str, mistake.path)), mistake.phrase) for mistake in mistakes)
    if record.source.accessed is None:
        record = replace(record, source=replace(record.source, accessed=Day.of(today)))
    return Draft(record)


def read_record(
    plain: Plain, kinds: Mapping[str, Kind], vocabulary: Vocabulary, default_kind: str = ""
) -> tuple[Record | None, list[Mistake]]:
    """The record that plain data in the form of a file describes, or None with every mistake and its key path."""
    if not isinstance(plain, dict):
        return None, [Mistake((), Phrase("problem.not_a_mapping", {"keys": ", ".join(RECORD_KEYS)}))]
    name = plain.get("kind") or default_kind
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        return None, [Mistake(("kind",), unknown("problem.unknown_kind", str(name or ""), kinds))]
    reading = _Reading(plain)
    specs = {spec.name: spec for spec in kind.fields if spec.name != "status"}
    reading.mistakes += unknown_keys(plain, (*RECORD_KEYS, *specs))
    values = {key: reading.take(key, lambda given, spec=spec: read_value(spec, given)) for key, spec in specs.items()}  # type: ignore[misc]
    source = reading.take("source", read_source, required=True)
    record = Record(
        id=reading.take("id", read_id, required=True) or "",
        kind=kind.name,
        titles=reading.take("title", lambda given: read_text(given, limit=LINE_LIMIT), required=True) or _NO_TEXT,
        summaries=reading.take("summary", read_text) or _NO_TEXT,
        source=source or Source(""),
        aliases=reading.take("aliases", read_list) or _NO_LINES,
        themes=reading.take("themes", lambda given: read_themes(given, vocabulary)) or _NO_LINES,
        values={key: value for key, value in values.items() if value not in (None, ())},
        status=reading.take("status", lambda given: read_choice(kind.field("status"), given)) or "",
        note=reading.take("note", read_text) or _NO_TEXT,
        other_sources=reading.take("other_sources", read_sources) or (),
        programme=reading.take("programme", read_flag) or False,
        audience=reading.take("audience", read_audience) or _NO_LINES,
        owner=reading.take("owner", read_string) or "",
        stale=reading.take("stale", read_languages) or _NO_LINES,
        reminders=reading.take("reminders", read_lead_times) or _NO_LINES,
    )
    missing = [spec.name for spec in specs.values() if spec.required and values[spec.name] in (None, ())]
    reading.mistakes += [
        Mistake((key,), Phrase("problem.missing", {"key": key})) for key in missing if key not in plain
    ]
    reading.mistakes += _backwards(kind, record)
    return (None if reading.mistakes else record), reading.mistakes


def unknown_references(
    given: Mapping[str, object], kind: Kind, known: Collection[str], *, guessing: bool = True
) -> list[Mistake]:
    """The references in these values (of a record, or as given) that name no record of the base; `guessing` which one was
    meant looks at every id, which takes its time."""
    found: list[Mistake] = []
    for spec in kind.fields:
        names = given.get(spec.name) if spec.type == "reference" else None
        for place, name in enumerate(names if isinstance(names, list | tuple) else ()):
            if isinstance(name, str) and name not in known:
                found.append(
                    Mistake((spec.name, place), unknown("problem.unknown_reference", name, known if guessing else ()))
                )
    return found


def free_id(title: str, known: Collection[str]) -> str:
    """A short id made from a title, numbered where it is taken already."""
    folded = unicodedata.normalize("NFKD", title.lower().replace("œ", "oe").replace("æ", "ae"))
    words = re.findall("[a-z0-9]+", "".join(char for char in folded if not unicodedata.combining(char)))
    slug = ""
    for word in words:
        if len(slug) + len(word) > 60:
            break
        slug = f"{slug}-{word}" if slug else word
    slug = slug or "fact"
    return next(
        name for name in (slug, *(f"{slug}-{count}" for count in range(2, len(known) + 3))) if name not in known
    )


class _Reading:
    """Takes the parts of a record one by one and gathers the mistakes of each."""

    def __init__(self, plain: Mapping[str, Plain]) -> None:
        self.plain = plain
        self.mistakes: list[Mistake] = []

    def take(self, key: str, read: Callable[[Plain], T], required: bool = False) -> T | None:
        given = self.plain.get(key)
        if given is None:
            if required:
                self.mistakes.append(Mistake((key,), Phrase("problem.missing", {"key": key})))
            return None
        try:
            return read(given)
        except BadValue as error:
            self.mistakes += [Mistake((key, *mistake.path), mistake.phrase) for mistake in error.mistakes]
            return None


def _title(plain: Plain) -> str:
    if isinstance(plain, dict):
        return str(plain.get("fr") or plain.get("en") or "")
    return str(plain or "")


def _backwards(kind: Kind, record: Record) -> list[Mistake]:
    """Days of the kind's order that come before the one they follow."""
    found: list[Mistake] = []
    days = [(name, record.values[name]) for name in kind.order if isinstance(record.values.get(name), Day)]
    for (_, start), (name, end) in pairwise(days):
        if end.last < start.first:
            found.append(Mistake((name,), Phrase("problem.end_before_start", {"start": start, "end": end})))
    return found


def look_ahead(record: Record, today: date) -> list[Mistake]:
    """Days on which a source was read or confirmed that are still to come."""
    days = {"accessed": record.source.accessed, "verified_on": record.source.verified_on}
    return [
        Mistake(("source", key), Phrase("problem.day_to_come", {"day": day}))
        for key, day in days.items()
        if day is not None and day.first > today
    ]
