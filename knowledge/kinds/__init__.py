"""Kinds of record: one YAML file each, read and checked here. Everything else derives from what they declare.

`knowledge.kinds.reading.load_kinds` returns every kind by name or every mistake at once, with file and line. A team
adds a kind of its own by a file named in its configuration; no code knows any kind by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from knowledge.messages import Text

Words = Mapping[str, tuple[str, ...]]
"""Ways of saying something, by language code."""

RECORD_KEYS: Final = (
    *("id", "kind", "title", "summary", "aliases", "themes", "status", "source", "other_sources", "note", "programme"),
    *("audience", "owner", "stale", "reminders"),
)
"""The keys that a record of any kind may have in a file; no field may take their names."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a kind.

    `type` is a name in `knowledge.field_types.TYPES`: day, hour, duration, quantity, money, text, line, people, names, places,
    choice, reference, recurrence, link. `words` are how people ask for the field ("ferme", "closing date"); the verb
    forms too. `deadline` marks a date (day or recurrence) that reminders and "next deadline" count. `choices` (type
    choice) maps a value to its label; `choice_words` maps a value to the words that select it in a list ("clos",
    "finished"). `happens` says with a verb what comes to pass that day ("closes"), in a sentence that begins with the fact.
    The field `status`, which every kind has, is kept in `Record.status`; all others in `Record.values`.
    """

    name: str
    type: str
    labels: Text
    words: Words = field(default_factory=dict)
    deadline: bool = False
    required: bool = False
    choices: Mapping[str, Text] = field(default_factory=dict)
    choice_words: Mapping[str, Words] = field(default_factory=dict)
    happens: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    `when` names the day field that a period in a list question filters on; `until` the field of the last day where it
    lasts several days; `open` the pair (opens, closes) that decides "open on that day"; `next` the day (or recurrence)
    fields that "next" looks at. `order` lists day fields that never run backwards: an end before a start is a mistake.
    `narrower` words name part of the kind (a "conference" is an event): they also filter.
    `group` names wider words shared by kinds ("event" covers event and workshop); what they are is in `group_labels`,
    `group_plurals` and `group_words`, the same in every kind of the group. `bodies` says that its records are bodies,
    so that their other names name them everywhere; `between` that a record joins parties, so that "our ... with Sweden"
    means the programme's own country too. `review` is the number of days after which a fact wants to be verified again (0:
    never).
    """

    name: str
    labels: Text
    plurals: Text
    words: Words
    fields: tuple[FieldSpec, ...]
    card: tuple[str, ...]
    when: str = ""
    until: str = ""
    open: tuple[str, str] | None = None
    next: tuple[str, ...] = ()
    group: str = ""
    order: tuple[str, ...] = ()
    bodies: bool = False
    between: bool = False
    review: int = 0
    narrower: Words = field(default_factory=dict)
    group_labels: Text = field(default_factory=dict)
    group_plurals: Text = field(default_factory=dict)
    group_words: Words = field(default_factory=dict)

    def field(self, name: str) -> FieldSpec | None:
        return next((spec for spec in self.fields if spec.name == name), None)

    @property
    def deadlines(self) -> tuple[FieldSpec, ...]:
        """The day (or recurrence) fields that reminders count; `knowledge.fields.days` gives the days of either."""
        return tuple(spec for spec in self.fields if spec.deadline)
