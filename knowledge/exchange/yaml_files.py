"""Reads YAML that people wrote by hand: plain text in, plain values out, and every mistake with its line.

Nothing is guessed: `2027-02-30`, `no` and `12:30` stay text; only `true`, `false` and `null` (or nothing) are not text.
Aliases, tags, duplicate keys and deep nesting are refused, so a file cannot grow in memory nor run anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from knowledge.fields import Plain
from knowledge.messages import Phrase
from knowledge.records import Problem

SIZE_LIMIT = 2 * 1024 * 1024
DEPTH_LIMIT = 20
KeyPath = tuple[str | int, ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def dotted(path: KeyPath) -> str:
    """`("source", "url")` as people read it: `source.url`."""
    return ".".join(str(part) for part in path)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and on which line each key stands (`lines`, by key path, counted from 1)."""

    data: Plain
    lines: Mapping[KeyPath, int]
    file: str = ""

    def line(self, path: KeyPath) -> int:
        """The line of this key, or of the nearest key above it where it is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: KeyPath, phrase: Phrase, shown: KeyPath | None = None) -> Problem:
        """A mistake at this key. `shown` is the key to name where it is shorter than the whole path."""
        return Problem(dotted(path if shown is None else shown), phrase, self.line(path), self.file)


def read_yaml(path: Path, name: str = "") -> Document | tuple[Problem, ...]:
    """The document in this file, or every mistake found. `name` is what problems call the file (its path otherwise)."""
    name = name or str(path)
    try:
        with path.open("rb") as opened:
            raw = opened.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return (Problem("", Phrase("problem.file_missing", {"file": name}), None, name),)
    except OSError:
        return (Problem("", Phrase("problem.file_unreadable", {"file": name}), None, name),)
    if len(raw) > SIZE_LIMIT:
        return (Problem("", Phrase("problem.file_too_big", {"megabytes": SIZE_LIMIT // 2**20}), None, name),)
    try:
        return parse_yaml(raw.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        return (Problem("", Phrase("problem.not_utf8"), raw[: error.start].count(b"\n") + 1, name),)


def parse_yaml(text: str, name: str = "") -> Document | tuple[Problem, ...]:
    """The same for text that is already in memory."""
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        builder.refuse("problem.yaml_syntax", mark.line + 1 if mark else 1)
    except yaml.reader.ReaderError as error:
        builder.refuse("problem.yaml_character", text[: error.position].count("\n") + 1)
    if builder.problems:
        return tuple(builder.problems)
    return Document(builder.root, builder.lines, name)


@dataclass(slots=True)
class _Open:
    """A mapping or a sequence being filled; `key` is the mapping key that waits for its value."""

    value: dict[str, Plain] | list[Plain]
    path: KeyPath
    key: str | None = None
    twice: bool = False


@dataclass(slots=True)
class _Builder:
    """Turns parser events into plain values without recursion, and notes what it refuses."""

    name: str
    root: Plain = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0

    def refuse(self, phrase: str, line: int, path: KeyPath = (), **arguments: str | int) -> None:
        self.problems.append(Problem(dotted(path), Phrase(phrase, arguments), line, self.name))

    def take(self, event: yaml.Event) -> bool:
        """Takes one event; False stops the reading."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.refuse("problem.yaml_second_document", line)
                return False
        elif isinstance(event, yaml.AliasEvent):
            self.refuse("problem.yaml_alias", line, self._here(), name=event.anchor or "")
            self._put(None, line)
        elif isinstance(event, yaml.ScalarEvent):
            self._check_plain(event, line)
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_plain(event, line)
            return self._start({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        return True

    def _check_plain(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if event.anchor is not None:
            self.refuse("problem.yaml_alias", line, self._here(), name=event.anchor or "")
        if event.tag is not None:
            self.refuse("problem.yaml_tag", line, self._here(), tag=str(event.tag).removeprefix("tag:yaml.org,2002:"))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._key(parent, event.value, line)
            return
        bare = not event.style and event.value.lower() in _WORDS
        self._put(_WORDS[event.value.lower()] if bare else event.value, line)

    def _key(self, parent: _Open, key: str, line: int) -> None:
        path = (*parent.path, key)
        parent.key, parent.twice = key, path in self.lines
        if parent.twice:
            self.refuse("problem.duplicate_key", line, path, key=key, first=self.lines[path])
        else:
            self.lines[path] = line

    def _start(self, value: dict[str, Plain] | list[Plain], line: int) -> bool:
        if len(self.stack) >= DEPTH_LIMIT:
            self.refuse("problem.yaml_too_deep", line, self._here(), limit=DEPTH_LIMIT)
            return False
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self.refuse("problem.yaml_key", line, parent.path)
            return False
        path = self._here()
        self._put(value, line)
        self.stack.append(_Open(value, path))
        return True

    def _here(self) -> KeyPath:
        """The path of the value that comes next."""
        if not self.stack:
            return ()
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            return (*parent.path, len(parent.value))
        if parent.key is None:
            return parent.path
        return (*parent.path, f"{parent.key} (2)" if parent.twice else parent.key)

    def _put(self, value: Plain, line: int) -> None:
        path = self._here()
        self.lines.setdefault(path, line)
        if not self.stack:
            self.root = value
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is not None:
            if not parent.twice:
                parent.value[parent.key] = value
            parent.key = None
        else:
            self.refuse("problem.yaml_key", line, parent.path)
            parent.key, parent.twice = "", True
