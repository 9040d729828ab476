"""A record becomes a row and comes back the same, whatever text people wrote in it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting import read_record
from knowledge.exchange.columns import joined, merged, parted, to_cells
from knowledge.exchange.csv_files import armed, defused, read_csv, write_csv
from knowledge.exchange.plain import record_to_plain
from knowledge.fields import Plain
from knowledge.kinds.reading import load_kinds
from knowledge.plain_values import clean
from knowledge.vocabulary import load_vocabulary

KINDS = load_kinds()[0]
VOCABULARY = load_vocabulary()[0]
TEXTS = ["=cmd|x", "-5", "'=a", "a; b", '"q" end', "x | y", 'é "ü"; "', "@here", "a,b", "'", "plain", "+33 1"]
LINES = st.text(min_size=1, max_size=30).map(clean).filter(bool)


def made_up(seed: int) -> dict[str, Plain]:
    """A fact of some kind with every field of it, of hostile text."""
    dice = random.Random(seed)
    kind = dice.choice(list(KINDS.values()))

    def text() -> Plain:
        return {"fr": dice.choice(TEXTS), "en": dice.choice(TEXTS)}

    def value(type_: str) -> Plain:
        day, lines = f"20{dice.randrange(10, 40)}", [dice.choice(TEXTS) for _ in range(dice.randrange(1, 4))]
        quantity: Plain = {
            "value": dice.randrange(9**9) / 4,
            "unit": text(),
            "progress": [{"date": day, "value": -1.5}],
        }
        shapes: dict[str, Plain] = {
            "text": text(), "line": dice.choice(TEXTS), "names": list(lines), "people": list(lines),
            "places": ["FR", "SE"], "hour": dice.choice(["17:00 CET", "9h Paris"]), "quantity": quantity,
            "money": {"amount": dice.randrange(10**9) / 8, "currency": "USD"}, "link": "https://example.org/a?b=1;c|d"[:27],
            "recurrence": {"first": day, "months": 6, "until": "2050"}, "reference": ["some-id", "b"],
        }  # fmt: skip
        return shapes[type_]

    fields = {spec.name: value(spec.type) for spec in kind.fields if spec.type not in ("day", "choice")}
    source: Plain = {"title": dice.choice(TEXTS), "url": "https://example.org", "accessed": "2026-01"}
    return {
        **{
            "id": f"fact-{seed}",
            "kind": kind.name,
            "title": text(),
            "note": text(),
            "aliases": list(TEXTS),
            "source": source,
            "audience": ["C0123ABCD", "coordinators"],
            "owner": dice.choice(["U0123ABCD", "=Ana"]),
            "stale": ["en"],
            "reminders": ["30d", "1w"],
        },
        **{"other_sources": [source, {"title": dice.choice(TEXTS)}], "programme": True, **fields},
    }


@pytest.mark.parametrize("start", [0, 100, 200])
def test_facts_of_every_kind_go_through_a_table_and_come_back_the_same(start: int) -> None:
    records = []
    for seed in range(start, start + 100):
        record, mistakes = read_record(made_up(seed), KINDS, VOCABULARY)
        assert record is not None, mistakes
        records.append(record)
    table = write_csv([record_to_plain(record, KINDS) for record in records], KINDS)
    rows, problems = read_csv(table, KINDS)
    assert problems == []
    again = [read_record(merged({}, row.given, row.kind), KINDS, VOCABULARY)[0] for row in rows]
    assert again == records
    assert to_cells(record_to_plain(records[0], KINDS), KINDS[records[0].kind]).keys() >= {"id", "title.fr"}


@given(st.lists(LINES, min_size=1, max_size=5), st.sampled_from(";|"))
def test_items_share_a_cell_and_part_again(items: list[str], sign: str) -> None:
    assert parted(joined(items, sign), sign) == items


@given(st.text())
def test_a_cell_that_would_be_computed_is_defused_and_read_as_it_was(text: str) -> None:
    assert armed(defused(text)) == text
    assert not defused(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
