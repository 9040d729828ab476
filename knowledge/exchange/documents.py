"""Facts as YAML and as JSON, both ways, in the form of a file of facts: `facts:`, a list in which each says its kind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import yaml

from knowledge.exchange.columns import folded, number_text
from knowledge.exchange.rows import Read, Row, kinds_by_name
from knowledge.exchange.yaml_files import DEPTH_LIMIT, Document, KeyPath, parse_yaml
from knowledge.fields import Plain
from knowledge.kinds import Kind
from knowledge.messages import Phrase
from knowledge.plain_values import unknown
from knowledge.records import Problem

KEY_LIMIT: Final = 500
_FILE_KEYS: Final = ("kind", "facts")
_SIGNS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},\n]')
_DUMPER: Final[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def write_yaml(plains: Sequence[Mapping[str, Plain]]) -> str:
    facts = [_exact(dict(plain)) for plain in plains]
    text: str = yaml.dump({"facts": facts}, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=120)
    return text


def write_json(plains: Sequence[Mapping[str, Plain]]) -> str:
    facts = [_exact(dict(plain)) for plain in plains]
    return json.dumps({"facts": facts}, ensure_ascii=False, indent=2) + "\n"


def read_yaml_facts(text: str, kinds: Mapping[str, Kind], default_kind: str = "", row_limit: int = 100_000) -> Read:
    """The facts of a YAML text, each with the lines of its keys."""
    document = parse_yaml(text)
    if not isinstance(document, Document):
        return Read((), document)
    return _facts(document.data, kinds, default_kind, row_limit, document.line)


def read_json_facts(text: str, kinds: Mapping[str, Kind], default_kind: str = "", row_limit: int = 100_000) -> Read:
    """The facts of a JSON text, each with its line; with its place in the list where several stand on one line, as in a text
    that a program wrote, where a line would lead nobody to it."""
    try:
        # Figures stay as they are written, so that nothing is rounded on the way.
        data = json.loads(
            text, parse_float=str, parse_int=str, parse_constant=_no_number, object_pairs_hook=_without_repeats
        )
    except json.JSONDecodeError as error:
        return Read((), (Problem("", Phrase("exchange.bad_json"), error.lineno),))
    except _Repeated as error:
        return Read((), (Problem(str(error)[:80], Phrase("exchange.key_twice", {"key": str(error)[:80]})),))
    except RecursionError:
        return Read((), (Problem("", Phrase("problem.yaml_too_deep", {"limit": DEPTH_LIMIT})),))
    lines = _lines(text)
    if len(set(lines.values())) < len(lines):
        lines = {place: int(place) + 1 for place in lines}
    return _facts(data, kinds, default_kind, row_limit, lambda path: lines.get(path[1], 1) if len(path) > 1 else 1)


def _lines(text: str) -> dict[str | int, int]:
    """The line on which each fact of a valid JSON text starts, by its place in the list of facts."""
    found: dict[str | int, int] = {}
    line, depth, place, key = 1, 0, 0, ""
    for match in _SIGNS.finditer(text):
        sign = match[0]
        if sign == "\n":
            line += 1
        elif sign in ("[", "{"):
            if depth == 2 and key == '"facts"':
                found[place] = line
            depth += 1
        elif sign in ("]", "}"):
            depth -= 1
        elif sign == ",":
            place += depth == 2 and key == '"facts"'
        elif depth == 1:
            key = sign
    return found


class _Repeated(ValueError):
    """A key that stands twice in one object."""


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Repeated(key)
        found[key] = value
    return found


def _no_number(text: str) -> str:
    """`NaN` and `Infinity`, which are no figures, are text like any other: the field says what it makes of them."""
    return text


def _facts(
    data: Plain, kinds: Mapping[str, Kind], default_kind: str, row_limit: int, line: Callable[[KeyPath], int]
) -> Read:
    facts = data.get("facts") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(facts, list):
        return Read((), (Problem("", Phrase("problem.no_facts"), 1),))
    if len(facts) > row_limit:
        return Read((), (Problem("", Phrase("exchange.too_many_rows", {"limit": row_limit}), 1),))
    problems = [
        Problem(key, unknown("problem.unknown_key", key, _FILE_KEYS), line((key,)))
        for key in list(data)[:KEY_LIMIT]
        if key not in _FILE_KEYS
    ]
    names, rows = kinds_by_name(kinds), []
    for place, fact in enumerate(facts):
        row = _row(fact, names, str(data.get("kind") or default_kind), ("facts", place), line)
        if isinstance(row, Row):
            rows.append(row)
        else:
            problems.append(row)
    return Read(tuple(rows), tuple(problems))


def _row(
    fact: Plain, names: Mapping[str, Kind], default_kind: str, path: KeyPath, line: Callable[[KeyPath], int]
) -> Row | Problem:
    if not isinstance(fact, dict):
        return Problem("", Phrase("problem.not_a_mapping", {"keys": "id, kind, title"}), line(path))
    if not _fits(fact):
        return Problem("", Phrase("exchange.too_many_keys", {"limit": KEY_LIMIT}), line(path))
    said = fact.get("kind") or default_kind
    kind = names.get(folded(said)) if isinstance(said, str) else None
    if kind is None:
        known = sorted({one.name for one in names.values()})
        return Problem("kind", unknown("problem.unknown_kind", str(said)[:80], known), line((*path, "kind")))
    given: dict[tuple[str, ...], Plain] = {(key,): value for key, value in fact.items() if key != "kind"}
    return Row(line(path), kind, given, lines={key: line((*path, key)) for key in fact})


def _fits(value: Plain, depth: int = 0) -> bool:
    """Whether no part of a fact is deeper or has more keys than any fact can."""
    if not isinstance(value, dict | list):
        return True
    if depth >= DEPTH_LIMIT or (isinstance(value, dict) and len(value) > KEY_LIMIT):
        return False
    return all(_fits(inside, depth + 1) for inside in (value.values() if isinstance(value, dict) else value))


def _exact(value: Plain) -> Plain:
    """The same with figures as a reader gives them back: whole ones without a point, none with an exponent."""
    if isinstance(value, dict):
        return {key: _exact(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_exact(inside) for inside in value]
    if not isinstance(value, float):
        return value
    text = number_text(value)
    if "." not in text:
        return int(text)
    return text if "e" in repr(float(text)) else float(text)
