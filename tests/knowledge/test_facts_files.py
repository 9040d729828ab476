"""The facts that ship with the bot, and files of facts with mistakes in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.dates import Day
from knowledge.exchange.facts_files import load_facts
from knowledge.exchange.plain import record_from_plain, record_to_plain
from knowledge.fields import BadValue, Hour, Money, Plain, Quantity, Recurrence
from knowledge.kinds.reading import load_kinds
from knowledge.messages import Phrase
from knowledge.records import LANGUAGES, Problem, Record
from knowledge.vocabulary import load_vocabulary

KINDS = load_kinds()[0]
VOCABULARY = load_vocabulary()[0]
RECORDS, PROBLEMS = load_facts(None, KINDS, VOCABULARY)
BASE = {record.id: record for record in RECORDS}
Write = Callable[..., Path]

FACT = """
kind: agreement
facts:
  - id: accord-exemple
    title: {fr: Accord d'exemple, en: Example agreement}
    signed: 2026-03
    source: {title: Page d'exemple, url: https://example.org}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def save(text: str, name: str = "facts.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return save


def load(*paths: Path) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    return load_facts(paths, KINDS, VOCABULARY)


def found(*paths: Path) -> list[tuple[int | None, str, str]]:
    """Line, key and phrase of each problem; the sentence inside where a near word is suggested."""
    records, problems = load(*paths)
    assert records == ()
    inner = [problem.phrase.args.get("problem", problem.phrase) for problem in problems]
    assert all(isinstance(phrase, Phrase) for phrase in inner)
    return [(problem.line, problem.field, phrase.key) for problem, phrase in zip(problems, inner, strict=True)]


def test_the_shipped_base_is_read_without_a_problem() -> None:
    assert PROBLEMS == ()
    assert len(RECORDS) == 180
    assert sum(record.programme for record in RECORDS) == 27


def test_the_shipped_base_counts_so_many_of_each_kind() -> None:
    assert Counter(record.kind for record in RECORDS) == {
        "call": 32, "agreement": 27, "organisation": 23, "target": 22, "event": 19, "measure": 16,
        "project": 12, "workshop": 10, "working_group": 10, "activity": 5, "publication": 4,
    }  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_a_shipped_fact_is_whole_in_both_languages(record: Record) -> None:
    assert set(record.titles) == set(record.summaries) == set(LANGUAGES)
    assert not record.note or set(record.note) == set(LANGUAGES)
    assert record.source.url.startswith(("https://", "http://"))
    assert record.source.accessed == Day(2026, 11, 23)
    assert record.themes
    assert record.status


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_a_shipped_fact_goes_to_json_and_back(record: Record) -> None:
    assert record_from_plain(json.loads(json.dumps(record_to_plain(record, KINDS))), KINDS) == record


def test_who_may_see_a_fact_its_owner_and_its_reminders_go_to_json_and_back() -> None:
    record = replace(RECORDS[0], audience=("C0123ABCD",), owner="U1", stale=("en",), reminders=("30d",))
    assert record_from_plain(json.loads(json.dumps(record_to_plain(record, KINDS))), KINDS) == record


def test_the_facts_of_the_programme_stand_apart() -> None:
    programme = [record for record in RECORDS if record.programme]
    assert {record.source.url for record in programme} == {
        "https://pfmg2025.aviesan.fr/le-plan/affaires-internationales/"
    }


def test_a_call_has_its_stages_its_hour_and_its_budget() -> None:
    values = BASE["appel-erdera-jtc2026"].values
    assert values["closes"] == Day(2026, 2, 12)
    assert values["full_proposal_deadline"] == Day(2026, 7, 8)
    hour = values["deadline_time"]
    assert isinstance(hour, Hour) and (hour.said, hour.zone) == ("14:00 CET", "Europe/Brussels")
    assert values["budget"] == Money(31200000)


def test_an_hour_of_paris_is_computed_in_paris() -> None:
    assert BASE["appel-anr-aapg-2025"].values["deadline_time"].zone == "Europe/Paris"


def test_the_continuous_call_comes_back_every_six_months() -> None:
    collections = BASE["appel-erdera-nss"].values["recurrence"]
    assert isinstance(collections, Recurrence)
    assert [str(day) for day in collections.days[:3]] == ["2025-10-07", "2026-04-07", "2026-10-07"]
    assert collections.days[-1] == Day(2029, 4, 7)


@pytest.mark.parametrize("name", ["cible-sg100k", "cible-emirats-million", "cible-budget-670"])
def test_a_progress_in_another_unit_gives_no_share(name: str) -> None:
    quantity = BASE[name].values["quantity"]
    assert isinstance(quantity, Quantity)
    assert quantity.progress
    assert quantity.share is None


@pytest.mark.parametrize("year", ["2019", "2020", "2022", "2025", "2026"])
def test_a_bare_call_code_names_the_calls_of_both_families(year: str) -> None:
    assert len([record for record in RECORDS if f"JTC{year}" in record.aliases]) == 2


def test_no_end_is_invented() -> None:
    assert "ends" not in BASE["projet-sino-eu-permed"].values
    assert "signed" not in BASE["adhesion-danemark-1mg"].values


def test_a_file_of_the_team_is_read_with_its_own_kind_for_each_fact(write: Write) -> None:
    text = FACT.replace("kind: agreement\n", "").replace("- id:", "- kind: agreement\n    id:")
    records, problems = load(write(text))
    assert problems == ()
    assert [(record.kind, record.values["signed"]) for record in records] == [("agreement", Day(2026, 3))]


WRONG = """kind: call
fatcs: []
facts:
  - id: Appel Un
    title: {fr: Appel un}
    summary: {fr: Texte, fra: Texte}
    closes: 2027-02-30
    opens: soon
    budget: beaucoup
    statut: open
    status: opened
    themes: [cancer, cancre]
    countries: [FR, UK]
    source: {title: Page, url: "ftp://example.org"}
  - id: appel-deux
    title: {}
    opens: 2027-05-01
    closes: 2027-04
    related: [appel-trois, appel-deus]
    programme: oui
  - id: appel-trois
    title: {en: Three}
    source:
      title: Page
      acessed: 2026-01-01
  - id: appel-quatre
    kind: cal
    title: {en: Four}
  - id: appel-trois
    title: {en: Three again}
    related: [appel-deux, appel-deus]
    source: {title: Page}
  - just text
"""


def test_a_file_with_many_mistakes_reports_them_all_with_their_lines(write: Write) -> None:
    assert found(write(WRONG)) == [
        (2, "fatcs", "problem.unknown_key"),
        (4, "id", "problem.bad_id"),
        (6, "summary.fra", "problem.unknown_key"),
        (7, "closes", "problem.no_such_day"),
        (8, "opens", "problem.bad_day"),
        (9, "budget", "problem.bad_money"),
        (10, "statut", "problem.unknown_key"),
        (11, "status", "problem.unknown_choice"),
        (12, "themes.1", "problem.unknown_theme"),
        (13, "countries.1", "problem.unknown_place"),
        (14, "source.url", "problem.bad_url"),
        (15, "source", "problem.missing"),
        (16, "title", "problem.empty"),
        (18, "closes", "problem.end_before_start"),
        (19, "related.1", "problem.unknown_reference"),
        (20, "programme", "problem.not_a_flag"),
        (25, "source.acessed", "problem.unknown_key"),
        (27, "kind", "problem.unknown_kind"),
        (29, "id", "problem.duplicate_id"),
        (31, "related.1", "problem.unknown_reference"),
        (33, "", "problem.not_a_mapping"),
    ]


def test_one_mistake_keeps_every_fact_of_every_file_out(write: Write) -> None:
    good, bad = write(FACT), write(WRONG, "wrong.yaml")
    records, problems = load(good, bad)
    assert records == ()
    assert {problem.file for problem in problems} == {str(bad)}


def test_the_word_that_was_meant_is_suggested(write: Write) -> None:
    _, problems = load(write(FACT.replace("signed:", "sigend:")))
    assert problems[0].phrase.args["suggestion"] == "signed"


def test_an_id_met_in_another_file_says_where(write: Write) -> None:
    first, second = write(FACT), write(FACT, "second.yaml")
    _, problems = load(first, second)
    assert [problem.phrase.args["first"] for problem in problems] == [f"{first}:4"]


def test_a_file_without_a_list_of_facts_is_a_problem(write: Write) -> None:
    assert found(write("- id: a\n")) == [(1, "", "problem.no_facts")]
    assert found(write("kind: call\nfacts: {}\n")) == [(1, "", "problem.no_facts")]


def test_a_field_no_longer_declared_is_kept_as_it_is() -> None:
    record = replace(BASE["mou-suede-gms-2021"], revision=3, retired=True)
    plain: dict[str, Plain] = {**record_to_plain(record, KINDS), "colour": ["red"]}
    again = record_from_plain(plain, KINDS)
    assert again.values["colour"] == ["red"]
    assert (again.revision, again.retired) == (3, True)
    assert record_to_plain(again, KINDS) == plain


def test_a_record_of_a_kind_taken_away_is_kept_as_it_is() -> None:
    plain = record_to_plain(BASE["appel-erdera-nss"], KINDS)
    assert record_to_plain(record_from_plain(plain, {}), {}) == plain


def test_kept_data_that_no_longer_fits_its_field_is_a_bad_value() -> None:
    plain = {**record_to_plain(BASE["mou-suede-gms-2021"], KINDS), "signed": "some day"}
    with pytest.raises(BadValue) as caught:
        record_from_plain(plain, KINDS)
    assert caught.value.mistakes[0].path == ("signed",)
