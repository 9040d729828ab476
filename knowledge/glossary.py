"""Words of the domain that say the same in French and English, and acronyms with what they stand for.

Read from `glossary.yaml`, which says what belongs there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from knowledge.exchange.yaml_files import Document, read_yaml
from knowledge.records import LANGUAGES

_FILE: Final = Path(__file__).with_name("glossary.yaml")


@cache
def load_glossary() -> tuple[tuple[str, ...], ...]:
    """Groups of equivalent forms as written, French first, then English. Raises ValueError when the file is damaged."""
    return tuple(_groups())


def _groups() -> Iterator[tuple[str, ...]]:
    document = read_yaml(_FILE, _FILE.name)
    if not isinstance(document, Document):
        raise ValueError(f"{_FILE.name}: line {document[0].line}: {document[0].phrase.key}")
    rows = document.data.get("groups") if isinstance(document.data, dict) else None
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        forms: list[str] = []
        for language in LANGUAGES:
            given = row.get(language) if isinstance(row, dict) else None
            if not isinstance(given, list) or not given:
                raise ValueError(f"{_FILE.name}: line {document.line(('groups', number))}: no forms for {language}")
            forms.extend(map(str, given))
        yield tuple(forms)
