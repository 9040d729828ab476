"""What the files of the configuration hold: kinds, themes, facts, the golden questions. Opens no store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import knowledge
from bot.config import Config
from bot.rule_names import content, names_in, unknown_names
from knowledge.base import Organisers
from knowledge.countries import load_countries
from knowledge.exchange.facts_files import SHIPPED, load_facts
from knowledge.exchange.yaml_files import Document, read_yaml
from knowledge.glossary import load_glossary
from knowledge.kinds import Kind
from knowledge.kinds.reading import load_kinds
from knowledge.ports import Clock, Store
from knowledge.questions.understand import FORMS
from knowledge.records import Problem, Record, Write
from knowledge.vocabulary import load_vocabulary

LOADER: Final = "entente"
"""Who added the facts that were loaded from files, or imported in the terminal."""
FILES: Final = "files"
"""Why the first facts of a new database were added."""
GOLDEN: Final = Path(knowledge.__file__).with_name("golden.jsonl")


class ProblemsFound(Exception):
    """Files that cannot be used as they are; `problems` says all that is wrong with them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def organisers(config: Config) -> Organisers:
    """Kinds, themes, places and glossary. Raises ProblemsFound."""
    kinds, wrong_kinds = load_kinds(config.kind_files)
    themes, wrong_themes = load_vocabulary()
    if problems := (*wrong_kinds, *wrong_themes, *_wrong_names(config.file, kinds, config.kind_files)):
        raise ProblemsFound(problems)
    return Organisers(kinds, themes, load_countries(), load_glossary(), config.settings.country)


def beside_mistakes(file: Path | None) -> tuple[Problem, ...]:
    """What is wrong with the kinds that a configuration names, and with the names in its rules, where it has other mistakes."""
    document = read_yaml(file, str(file)) if file else None
    if file is None or not isinstance(document, Document):
        return ()
    own = [path for name in names_in(content(document), "kinds") if name and (path := file.parent / name).is_file()]
    kinds, wrong = load_kinds(own)
    return (*wrong, *_wrong_names(file, kinds, own))


def _wrong_names(file: Path | None, kinds: Mapping[str, Kind], own: Sequence[Path]) -> tuple[Problem, ...]:
    """What rules name that does not exist. The file is read again for its lines. Where one of the team's `own` files of kinds is
    wrong, there are no `kinds`: rules may name the shipped ones and those of the files."""
    document = read_yaml(file, str(file)) if file else None
    if not isinstance(document, Document):
        return ()
    unread = () if kinds else tuple(path.stem for path in own)
    return unknown_names(document, kinds or load_kinds()[0], load_vocabulary()[0], load_countries(), unread)


def fill(store: Store, config: Config, organised: Organisers, clock: Clock) -> None:
    """Loads every fact of the configured files in one transaction, or none."""
    records, problems = facts_of_files(config, organised)
    if problems:
        raise ProblemsFound(problems)
    store.write([Write("add", record, LOADER, FILES) for record in records], clock.now())


def facts_of_files(config: Config, organised: Organisers) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """Every fact of the configured files, or what is wrong with them."""
    shipped = tuple(sorted(SHIPPED.glob("*.yaml"))) if config.shipped_facts else ()
    return load_facts((*shipped, *config.fact_files), organised.kinds, organised.themes)


@cache
def golden() -> tuple[str, ...]:
    """The questions of the golden set: whatever is tuned, their answers stay."""
    return tuple(json.loads(line)["text"] for line in GOLDEN.read_text(encoding="utf-8").splitlines())


def suggested(lang: str) -> tuple[str, ...]:
    """One example of each form that starts a conversation well."""
    by_name = {form.NAME: form.EXAMPLES[lang][0] for form in FORMS}
    return tuple(by_name[name] for name in ("lookup", "list", "next", "attribute") if name in by_name)
