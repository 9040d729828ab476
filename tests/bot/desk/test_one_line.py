"""A fact on one line: the title first, then each word that names a field with what follows it."""

from __future__ import annotations

import pytest

from bot.desk.one_line import read_line
from knowledge.kinds.reading import load_kinds

KINDS = load_kinds()[0]
JTC = "https://example.org/jtc"


@pytest.mark.parametrize(
    ("kind", "line", "lang", "typed"),
    [
        (
            "call",
            f"JTC2028 closes 2028-03-05 source {JTC}",
            "en",
            {"title.en": "JTC2028", "closes": "2028-03-05", "source.title": "example.org", "source.url": JTC},
        ),
        (
            "call",
            f"JTC2028 clôture 5 mars 2028 source Page du consortium {JTC}",
            "fr",
            {"title.fr": "JTC2028", "closes": "5 mars 2028", "source.title": "Page du consortium", "source.url": JTC},
        ),
        (
            "call",
            "JTC2028 status ouvert date limite: fin juin 2027 source une lettre",
            "fr",
            {"title.fr": "JTC2028", "status": "open", "closes": "fin juin 2027", "source.title": "une lettre"},
        ),
        ("call", "closes", "en", {"title.en": "closes"}),
        ("call", "JTC2028", "en", {"title.en": "JTC2028"}),
        ("call", "JTC2028 source", "en", {"title.en": "JTC2028"}),
        (
            "call",
            "JTC2028 source http://[",
            "en",
            {"title.en": "JTC2028", "source.title": "", "source.url": "http://["},
        ),
        ("target", "Genomes figure 1000", "en", {"title.en": "Genomes", "quantity.value": "1000"}),
        ("agreement", "MoU Sweden countries SE, FR", "en", {"title.en": "MoU Sweden", "countries": "SE, FR"}),
    ],
)
def test_a_line_fills_the_inputs_of_the_form(kind: str, line: str, lang: str, typed: dict[str, str]) -> None:
    assert dict(read_line(line, KINDS[kind], lang)) == typed


def test_a_very_long_line_is_read_at_once() -> None:
    assert read_line("closes " * 5000, KINDS["call"], "en")
