"""The names in the rules of `config.yaml`: those given twice, and those of what does not exist. Reads the document as it is, whatever
else is wrong with it, so that all mistakes are told at once. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from knowledge.exchange.yaml_files import Document
from knowledge.fields import Plain
from knowledge.kinds import Kind
from knowledge.messages import Phrase
from knowledge.records import Problem

DERIVED: Final = ("notice", "review")
"""Deadlines that follow from other dates: by when an agreement must be given notice of, and when a fact wants to be verified
again."""


def named_twice(document: Document) -> tuple[Problem, ...]:
    """The rules that have the name of one above in their section, as the file has them, whatever else is wrong with it."""
    seen: set[tuple[str, str]] = set()
    problems = []
    for section, index, rule in _rules(document):
        name = rule.get("name")
        if isinstance(name, str) and (section, name.strip()) in seen:
            problems.append(
                document.problem((section, index, "name"), Phrase("config.rule_name_twice", {"name": name[:60]}))
            )
        elif isinstance(name, str):
            seen.add((section, name.strip()))
    return tuple(problems)


def unknown_names(
    document: Document,
    kinds: Mapping[str, Kind],
    themes: Collection[str],
    places: Collection[str],
    unread: Collection[str] = (),
) -> tuple[Problem, ...]:
    """The kinds, dates, themes and countries that rules name and that do not exist, each with its line, whatever else is wrong with
    the file. `unread` are kinds whose own files are wrong."""
    problems: list[Problem] = []
    for section, index, rule in _rules(document):
        known = {"kinds": [*kinds, *unread], "themes": list(themes), "countries": list(places)}
        if section == "reminders" and not set(names_in(rule, "kinds")) & set(unread):
            known["fields"] = list(_deadlines(names_in(rule, "kinds"), kinds))
        for key, choices in known.items():
            problems += [
                document.problem((section, index, key, place), _unknown(key, name, choices))
                for place, name in enumerate(names_in(rule, key))
                if name and name not in choices
            ]
    return tuple(problems)


def _rules(document: Document) -> Iterator[tuple[str, int, Mapping[str, Plain]]]:
    """The section, the number and the content of each rule in the file, as far as it looks like one."""
    for section in ("reminders", "digests"):
        rules = content(document).get(section)
        for index, rule in enumerate(rules if isinstance(rules, list) else []):
            if isinstance(rule, dict):
                yield section, index, rule


def content(document: Document) -> Mapping[str, Plain]:
    """What the file says, key by key; nothing where it is no section."""
    return document.data if isinstance(document.data, dict) else {}


def names_in(section: Mapping[str, Plain], key: str) -> list[str]:
    """The names in a list of a section, "" for what is no text."""
    names = section.get(key)
    return [name.strip() if isinstance(name, str) else "" for name in names] if isinstance(names, list) else []


def _deadlines(named: Iterable[str], kinds: Mapping[str, Kind]) -> Iterator[str]:
    among = [kinds[name] for name in named if name in kinds] or kinds.values()
    yield from dict.fromkeys(spec.name for kind in among for spec in kind.deadlines)
    yield from DERIVED


def _unknown(key: str, name: str, known: Iterable[str]) -> Phrase:
    if key == "countries":
        return Phrase("config.not_a_country", {"given": name[:60]})
    return Phrase("config.unknown_name", {"given": name[:60], "choices": ", ".join(known)})
