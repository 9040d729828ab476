"""The themes under which facts are filed: their names in both languages and the words people use for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from knowledge.exchange.yaml_files import Document, read_yaml
from knowledge.fields import BadValue, Mistake, Plain
from knowledge.messages import Phrase, Text
from knowledge.plain_values import read_list, read_mapping, read_text
from knowledge.records import LANGUAGES, Problem

SHIPPED: Final = Path(__file__).parent / "vocabulary.yaml"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: `labels` are its short names, `words` the other ways of asking for it, by language."""

    name: str
    labels: Text
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Vocabulary = Mapping[str, Theme]
"""The themes by name."""


def load_vocabulary(path: Path = SHIPPED) -> tuple[dict[str, Theme], tuple[Problem, ...]]:
    """Every theme by name; none at all where the file has a mistake."""
    document = read_yaml(path, "knowledge/vocabulary.yaml" if path == SHIPPED else str(path))
    if not isinstance(document, Document):
        return {}, document
    themes: dict[str, Theme] = {}
    wrong: list[Mistake] = []
    try:
        data = read_mapping(document.data, ("themes",), required=("themes",))["themes"]
    except BadValue as error:
        return {}, tuple(document.problem(mistake.path, mistake.phrase) for mistake in error.mistakes)
    if not isinstance(data, dict):
        return {}, (document.problem(("themes",), Phrase("problem.not_a_mapping", {"keys": ""})),)
    for name, plain in data.items():
        try:
            themes[name] = _theme(name, plain)
        except BadValue as error:
            wrong += [Mistake(("themes", name, *mistake.path), mistake.phrase) for mistake in error.mistakes]
    if wrong:
        return {}, tuple(document.problem(mistake.path, mistake.phrase) for mistake in wrong)
    return themes, ()


def _theme(name: str, plain: Plain) -> Theme:
    data = read_mapping(plain, ("labels", "words"), required=("labels",))
    words = read_mapping(data.get("words") or {}, LANGUAGES, "words")
    return Theme(
        name, read_text(data["labels"], "labels"), {lang: read_list(words[lang], "words", lang) for lang in words}
    )
