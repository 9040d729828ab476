"""Reads the files that declare kinds and checks them whole: every mistake comes back with its file, line and key.

A team's own file has exactly the form of those beside this module; its name (without `.yaml`) names the kind. What
several kinds share (fields, statuses, groups) is in `common.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from knowledge.exchange.yaml_files import Document, KeyPath, read_yaml
from knowledge.field_types import TYPES
from knowledge.fields import BadValue, Plain, bad
from knowledge.kinds import RECORD_KEYS, FieldSpec, Kind, Words
from knowledge.messages import Phrase, Text
from knowledge.plain_values import read_list, read_mapping, read_string, read_text, unknown
from knowledge.records import LANGUAGES, Problem

HERE: Final = Path(__file__).parent

_KIND_KEYS = (
    *("labels", "plurals", "words", "group", "status", "when", "until", "open", "next", "order", "card", "fields"),
    *("bodies", "between", "narrower", "review"),
)
_FIELD_KEYS = ("type", "labels", "words", "deadline", "required", "choices", "happens")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_NOTHING: Final[Mapping[str, Plain]] = {}
_NO_LINES: Final[tuple[str, ...]] = ()
T = TypeVar("T")


def load_kinds(extra_files: Sequence[Path] = ()) -> tuple[dict[str, Kind], tuple[Problem, ...]]:
    """Every kind by name, the shipped ones and those of `extra_files`; no kind at all where there is a problem."""
    common = read_yaml(HERE / "common.yaml", "knowledge/kinds/common.yaml")
    if not isinstance(common, Document):
        return {}, common
    shipped = [path for path in sorted(HERE.glob("*.yaml")) if path.name != "common.yaml"]
    kinds: dict[str, Kind] = {}
    problems: list[Problem] = []
    for path in (*shipped, *extra_files):
        name = f"knowledge/kinds/{path.name}" if path in shipped else str(path)
        document = read_yaml(path, name)
        if not isinstance(document, Document):
            problems.extend(document)
            continue
        kind, found = read_kind(path.stem, document, common)
        if path.stem in kinds:
            found = (*found, document.problem((), Phrase("problem.kind_twice", {"kind": path.stem})))
        problems.extend(found)
        if kind is not None:
            kinds.setdefault(kind.name, kind)
    return ({}, tuple(problems)) if problems else (kinds, ())


def read_kind(name: str, document: Document, common: Document) -> tuple[Kind | None, tuple[Problem, ...]]:
    """The kind that a document declares, or every mistake in it. `common` holds what kinds share."""
    sheet = _Sheet(document)
    if not _NAME.match(name):
        sheet.refuse((), "problem.kind_name", value=name)
    data = sheet.mapping(document.data, _KIND_KEYS, required=("labels", "plurals", "fields"))
    if not data:
        return None, tuple(sheet.problems)
    shared = _part(common.data)
    fields = _fields(sheet, data, shared)
    group = _group(sheet, data, _part(shared.get("groups")))
    kind = Kind(
        name,
        sheet.text(data, "labels"),
        sheet.text(data, "plurals"),
        sheet.words(data.get("words"), "words"),
        fields,
        card=sheet.names(data, "card", fields),
        when=sheet.name(data, "when", fields, ("day",)),
        until=sheet.name(data, "until", fields, ("day",)),
        open=_pair(sheet, data, fields),
        next=sheet.names(data, "next", fields, ("day", "recurrence")),
        group=sheet.attempt((), lambda: read_string(data["group"], "group"), "") if data.get("group") else "",
        order=sheet.names(data, "order", fields, ("day",)),
        bodies=_flag(sheet, data, "bodies", ()),
        between=_flag(sheet, data, "between", ()),
        review=_interval(sheet, data.get("review")),
        narrower=sheet.words(data.get("narrower"), "narrower"),
        group_labels=sheet.text(group, "labels") if group else {},
        group_plurals=sheet.text(group, "plurals") if group else {},
        group_words=sheet.words(group.get("words"), "group") if group else {},
    )
    return (None if sheet.problems else kind), tuple(sheet.problems)


@dataclass(slots=True)
class _Sheet:
    """A document being read: it gathers the problems, each with the line of its key."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, path: KeyPath, phrase: str, **arguments: str | int) -> None:
        self.problems.append(self.document.problem(path, Phrase(phrase, arguments)))

    def unknown(self, path: KeyPath, phrase: str, value: str, known: Iterable[str]) -> None:
        self.problems.append(self.document.problem(path, unknown(phrase, value, known)))

    def attempt(self, path: KeyPath, read: Callable[[], T], otherwise: T) -> T:
        """What `read` gives, or `otherwise` and its mistakes noted (`path` goes before the path of each)."""
        try:
            return read()
        except BadValue as error:
            self.problems.extend(self.document.problem((*path, *m.path), m.phrase) for m in error.mistakes)
            return otherwise

    def text(self, data: Mapping[str, Plain], key: str, *path: str) -> Text:
        empty: Text = {}
        return self.attempt((*path, key), lambda: read_text(data.get(key)), empty)

    def words(self, plain: Plain, *path: str) -> Words:
        """Lists of words by language; none is allowed."""
        if plain is None:
            return {}
        found = self.mapping(plain, LANGUAGES, *path)
        return {lang: self.lines(words, *path, lang) for lang, words in found.items()}

    def lines(self, plain: Plain, *path: str) -> tuple[str, ...]:
        return self.attempt(path, lambda: read_list(plain), _NO_LINES)

    def mapping(
        self, plain: Plain, keys: Sequence[str], *path: str, required: Sequence[str] = ()
    ) -> Mapping[str, Plain]:
        """A mapping with these keys; wrong keys are noted and the rest is read all the same."""
        otherwise = plain if isinstance(plain, dict) else _NOTHING
        return self.attempt((), lambda: read_mapping(plain, keys, *path, required=required), otherwise)

    def names(
        self, data: Mapping[str, Plain], key: str, fields: Sequence[FieldSpec], types: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Names of fields that exist (and are of these types)."""
        names = self.lines(data.get(key), key)
        known = {spec.name: spec.type for spec in fields}
        for place, name in enumerate(names):
            if name not in known:
                self.unknown((key, place), "problem.unknown_field", name, known)
            elif types and known[name] not in types:
                self.refuse((key, place), "problem.not_a_day_field", value=name)
        return names

    def name(self, data: Mapping[str, Plain], key: str, fields: Sequence[FieldSpec], types: Sequence[str]) -> str:
        return next(iter(self.names(data, key, fields, types)), "")


def _fields(sheet: _Sheet, data: Mapping[str, Plain], shared: Mapping[str, Plain]) -> tuple[FieldSpec, ...]:
    """The kind's own fields in their order, its status, then those of every kind."""
    common = _part(shared.get("fields"))
    own = sheet.attempt(("fields",), lambda: _mapping(data.get("fields")), _NOTHING)
    found = [_field(sheet, name, _part(common.get(name)), own[name]) for name in own]
    status = _status(sheet, data.get("status"), _part(common.get("status")), _part(shared.get("statuses")))
    every = [name for name in read_list(shared.get("every_kind")) if name not in own]
    return (*found, status, *(_field(sheet, name, _part(common.get(name)), None) for name in every))


def _field(sheet: _Sheet, name: str, common: Mapping[str, Plain], own: Plain) -> FieldSpec:
    path = ("fields", name)
    if not _NAME.match(name):
        sheet.refuse(path, "problem.field_name", value=name)
    if name in (*RECORD_KEYS, "revision", "retired"):
        sheet.refuse(path, "problem.reserved_name", value=name)
    data = {**common, **sheet.mapping({} if own is None else own, _FIELD_KEYS, *path)}
    kind = sheet.attempt((*path, "type"), lambda: read_string(data.get("type")), "")
    if kind and kind not in TYPES:
        sheet.unknown((*path, "type"), "problem.unknown_type", kind, TYPES)
    deadline = _flag(sheet, data, "deadline", path)
    if deadline and kind not in ("day", "recurrence"):
        sheet.refuse((*path, "deadline"), "problem.not_a_day_field", value=name)
    labels, words = _choices(sheet, data.get("choices"), (*path, "choices"))
    if kind == "choice" and not labels:
        sheet.refuse(path, "problem.missing", key="choices")
    return FieldSpec(
        name,
        kind,
        sheet.text(data, "labels", *path),
        sheet.words(data.get("words"), *path, "words"),
        deadline,
        _flag(sheet, data, "required", path),
        labels,
        words,
        sheet.text(data, "happens", *path) if data.get("happens") else {},
    )


def _status(sheet: _Sheet, plain: Plain, common: Mapping[str, Plain], statuses: Mapping[str, Plain]) -> FieldSpec:
    """The status field: a list picks from the shared statuses, a mapping declares the kind's own beside them."""
    chosen: Mapping[str, Plain] = plain if isinstance(plain, dict) else dict.fromkeys(sheet.lines(plain, "status"))
    for name in chosen:
        if chosen[name] is None and name not in statuses:
            sheet.unknown(("status",), "problem.unknown_status", name, statuses)
    labels, words = _choices(
        sheet, {name: own if own is not None else statuses.get(name) for name, own in chosen.items()}, ("status",)
    )
    return FieldSpec(
        "status",
        "choice",
        sheet.text(common, "labels"),
        sheet.words(common.get("words"), "status"),
        choices=labels,
        choice_words=words,
    )


def _choices(sheet: _Sheet, plain: Plain, path: KeyPath) -> tuple[dict[str, Text], dict[str, Words]]:
    """Labels and words of each value that may be chosen."""
    data = sheet.attempt(path, lambda: _mapping(plain), _NOTHING)
    labels: dict[str, Text] = {}
    words: dict[str, Words] = {}
    for name, choice in data.items():
        if choice is None:
            continue
        here = tuple(str(part) for part in (*path, name))
        found = sheet.mapping(choice, ("labels", "words"), *here)
        labels[name] = sheet.text(found, "labels", *here)
        words[name] = sheet.words(found.get("words"), *here, "words")
    return labels, words


def _group(sheet: _Sheet, data: Mapping[str, Plain], groups: Mapping[str, Plain]) -> Mapping[str, Plain]:
    name = data.get("group")
    if name is None:
        return {}
    if not isinstance(name, str) or name not in groups:
        sheet.unknown(("group",), "problem.unknown_group", str(name), groups)
        return {}
    return _part(groups[name])


def _pair(sheet: _Sheet, data: Mapping[str, Plain], fields: Sequence[FieldSpec]) -> tuple[str, str] | None:
    names = sheet.names(data, "open", fields, ("day",))
    if names and len(names) != 2:
        sheet.refuse(("open",), "problem.not_a_pair")
    return (names[0], names[1]) if len(names) == 2 else None


def _flag(sheet: _Sheet, data: Mapping[str, Plain], key: str, path: KeyPath) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        sheet.refuse((*path, key), "problem.not_a_flag", value=str(value))
    return value is True


def _interval(sheet: _Sheet, plain: Plain) -> int:
    """`180d` as a number of days; none where it is not given."""
    found = re.fullmatch(r"([1-9]\d{0,3})d", plain) if isinstance(plain, str) else None
    if plain is not None and found is None:
        sheet.refuse(("review",), "problem.bad_interval", value=str(plain))
    return int(found[1]) if found else 0


def _mapping(plain: Plain) -> Mapping[str, Plain]:
    if plain is None:
        return {}
    if not isinstance(plain, dict):
        raise bad("problem.not_a_mapping", keys="")
    return plain


def _part(plain: Plain) -> Mapping[str, Plain]:
    """A part of the shipped common file; tests keep it well formed."""
    return plain if isinstance(plain, dict) else {}
