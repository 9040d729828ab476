"""Each type reads what it writes, says what to search, hands on one plain value, and names every mistake."""

from __future__ import annotations

import json
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from knowledge.dates import Day
from knowledge.field_types import TYPES
from knowledge.fields import BadValue, Duration, Hour, Money, Plain, Progress, Quantity, Recurrence, Value, days

GENOMES = {"fr": "génomes", "en": "genomes"}
VALUES: list[tuple[str, Value]] = [
    ("day", Day(2027, 3, 28)),
    ("day", Day(2027)),
    ("hour", Hour(time(17), "17:00 CET", "Europe/Brussels")),
    ("hour", Hour(time(17), "17:00 Paris", "Europe/Paris")),
    ("hour", Hour(time(9, 30), "9h30", "America/Toronto")),
    ("hour", Hour(time(23, 59), "23:59 AoE", "Etc/GMT+12")),
    ("duration", Duration(3, "month")),
    ("duration", Duration(1, "year")),
    (
        "quantity",
        Quantity(100000, GENOMES, Day(2025), (Progress(Day(2022, 5), 70000),), {"fr": "personnes", "en": "people"}),
    ),
    ("quantity", Quantity(None, GENOMES, None, (Progress(Day(2023), 30.6),))),
    ("money", Money(32625162)),
    ("money", Money(2.5, "CAD")),
    ("text", {"fr": "Copenhague", "en": "Copenhagen"}),
    ("text", {"fr": "en ligne"}),
    ("line", "10.1016/j.lanepe.2024.101183"),
    ("choice", "closed"),
    ("link", "https://example.org/a?b=c"),
    ("names", ("ANR", "Inserm")),
    ("people", ("Camille Exemple (ANR)",)),
    ("places", ("FR", "EU")),
    ("reference", ("mou-a-signer",)),
    ("recurrence", Recurrence(Day(2025, 10, 7), 6, Day(2029, 4))),
]


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_what_a_type_writes_it_reads_back_through_json(name: str, value: Value) -> None:
    kept = TYPES[name]
    assert kept.load(json.loads(json.dumps(kept.dump(value)))) == value


def test_every_type_is_tried_here() -> None:
    assert {name for name, _ in VALUES} == set(TYPES)


@pytest.mark.parametrize(
    ("name", "plain", "value"),
    [
        ("hour", "17:00 CET", Hour(time(17), "17:00 CET", "Europe/Brussels")),
        ("hour", "16:00 Brussels", Hour(time(16), "16:00 Brussels", "Europe/Brussels")),
        ("hour", "17:00 Paris", Hour(time(17), "17:00 Paris", "Europe/Paris")),
        ("hour", "17h", Hour(time(17), "17h", "Europe/Brussels")),
        ("hour", "9:05 Europe/London", Hour(time(9, 5), "9:05 Europe/London", "Europe/London")),
        ("hour", "23:59 anywhere on Earth", Hour(time(23, 59), "23:59 anywhere on Earth", "Etc/GMT+12")),
        ("hour", "12:00 UTC", Hour(time(12), "12:00 UTC", "UTC")),
        ("hour", "12:00 GMT", Hour(time(12), "12:00 GMT", "UTC")),
        ("hour", "12:00 UTC+2", Hour(time(12), "12:00 UTC+2", "Etc/GMT-2")),
        ("duration", "3 mois", Duration(3, "month")),
        ("duration", "90 jours", Duration(90, "day")),
        ("duration", "1 an", Duration(1, "year")),
        ("duration", "2 Weeks", Duration(2, "week")),
        ("money", "20000000 EUR", Money(20000000, "EUR")),
        ("money", "36 500 000", Money(36500000, "EUR")),
        ("money", "2_000 €", Money(2000, "EUR")),
        ("money", "200 CAD", Money(200, "CAD")),
        ("money", "20 M€", Money(20000000, "EUR")),
        ("money", "20\u202fM€", Money(20000000, "EUR")),
        ("money", "1,5 M€", Money(1500000, "EUR")),
        ("money", "1.5M CAD", Money(1500000, "CAD")),
        ("money", "2,3 M€", Money(2300000, "EUR")),
        ("money", "20 MEUR", Money(20000000, "EUR")),
        ("money", "20 millions d'euros", Money(20000000, "EUR")),
        ("money", "1.5 million EUR", Money(1500000, "EUR")),
        ("money", "300 k€", Money(300000, "EUR")),
        ("money", "EUR 20000000", Money(20000000, "EUR")),
        ("money", "€20M", Money(20000000, "EUR")),
        ("money", "20 MDL", Money(20, "MDL")),
        ("money", "2.5 CAD", Money(2.5, "CAD")),
        ("text", "Berlin", {"fr": "Berlin", "en": "Berlin"}),
        ("names", "ANR", ("ANR",)),
        ("names", ["ANR", " ANR ", "DLR"], ("ANR", "DLR")),
        ("line", "a\u202eb\tc\u0000", "ab c"),
        ("line", "ＤＯＩ", "DOI"),
    ],
)
def test_what_people_write_is_understood(name: str, plain: Plain, value: Value) -> None:
    assert TYPES[name].load(plain) == value


@pytest.mark.parametrize(
    ("name", "plain", "phrase", "path"),
    [
        ("day", "2027-02-30", "problem.no_such_day", ()),
        ("day", "31/02/2027", "problem.no_such_day", ()),
        ("day", "2027-13", "problem.no_such_month", ()),
        ("day", "next week", "problem.bad_day", ()),
        ("day", True, "problem.not_text", ()),
        ("hour", "25:00", "problem.bad_hour", ()),
        ("hour", "noon", "problem.bad_hour", ()),
        ("hour", "12:00 Europe/Nowhere", "problem.bad_zone", ()),
        ("hour", {"said": "12:00", "zone": "../../etc/passwd"}, "problem.bad_zone", ()),
        ("hour", "12:00 UTC+15", "problem.bad_zone", ()),
        ("duration", "three months", "problem.bad_duration", ()),
        ("duration", "0 days", "problem.bad_duration", ()),
        ("duration", "3 moons", "problem.bad_duration", ()),
        ("duration", 3, "problem.bad_duration", ()),
        ("quantity", {"value": "douze"}, "problem.bad_number", ("value",)),
        (
            "quantity",
            {"value": 1, "progress": [{"date": "2026-31", "value": 2}]},
            "problem.no_such_month",
            ("progress", 0, "date"),
        ),
        ("quantity", {"unit": "x"}, "problem.empty_quantity", ()),
        ("quantity", {"value": 1, "progress": "2"}, "problem.not_a_list", ("progress",)),
        ("quantity", 12, "problem.not_a_mapping", ()),
        ("money", "beaucoup", "problem.bad_money", ()),
        ("money", {"amount": 1, "currency": "euros"}, "problem.bad_currency", ("currency",)),
        ("money", "9" * 400, "problem.bad_money", ()),
        ("money", "€ 20 EUR", "problem.bad_money", ()),
        ("money", "20 dollars", "problem.bad_money", ()),
        ("money", "1,200 EUR", "problem.bad_number", ()),
        ("money", "1,200,5 M€", "problem.bad_number", ()),
        ("text", {"fr": "", "en": None}, "problem.empty", ()),
        ("text", {"fr": "x" * 2001}, "problem.too_long", ("fr",)),
        ("line", " \u200b ", "problem.empty", ()),
        ("names", ["a"] * 101, "problem.list_too_long", ()),
        ("link", "javascript:alert(1)", "problem.bad_url", ()),
        ("link", "https://", "problem.bad_url", ()),
        ("link", "https://[broken", "problem.bad_url", ()),
        ("recurrence", {"first": "2025", "months": 0, "until": "2029"}, "problem.bad_months", ("months",)),
        ("recurrence", {"first": "2029", "months": 6, "until": "2025"}, "problem.end_before_start", ("until",)),
        ("recurrence", {"first": "2029"}, "problem.missing", ("months",)),
    ],
)
def test_a_mistake_is_named_with_its_place(name: str, plain: Plain, phrase: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(BadValue) as caught:
        TYPES[name].load(plain)
    assert (caught.value.mistakes[0].phrase.key, caught.value.mistakes[0].path) == (phrase, path)


def test_all_the_mistakes_of_a_list_come_at_once() -> None:
    with pytest.raises(BadValue) as caught:
        TYPES["places"].load(["FR", "UK", "Suède"])
    assert [mistake.path for mistake in caught.value.mistakes] == [(1,), (2,)]


@pytest.mark.parametrize(
    ("name", "plain", "lang", "answer"),
    [
        ("day", "2027-03", "fr", "2027-03"),
        ("hour", "14:00 CET", "fr", "14:00"),
        ("money", "32625162 EUR", "fr", 32625162),
        ("duration", "3 months", "fr", "P3M"),
        ("quantity", {"value": 5000000, "progress": [{"date": "2023-11", "value": 1000000}]}, "fr", 5000000),
        ("quantity", {"progress": [{"date": "2024", "value": 77}, {"date": "2019", "value": 12}]}, "fr", 77),
        ("text", {"fr": "Bruxelles", "en": "Brussels"}, "en", "Brussels"),
        ("text", {"fr": "Bruxelles"}, "en", "Bruxelles"),
        ("places", ["SE", "FR"], "fr", "Suède, France"),
        ("people", ["A", "B"], "fr", "A, B"),
        ("recurrence", {"first": "2025-10-07", "months": "6", "until": "2029-04"}, "fr", "2025-10-07"),
    ],
)
def test_a_value_is_handed_on_plain(name: str, plain: Plain, lang: str, answer: str | int) -> None:
    kept = TYPES[name]
    assert kept.plain(kept.load(plain), lang) == answer


def test_a_country_is_found_by_its_names_and_its_people_in_both_languages() -> None:
    words = set(TYPES["places"].words(("DK",)))
    assert {"Danemark", "Denmark", "danois", "danish"} <= words


def test_whole_numbers_stay_whole() -> None:
    dumped = TYPES["quantity"].dump(TYPES["quantity"].load({"value": "1000000"}))
    assert json.dumps(dumped) == '{"value": 1000000}'


def test_progress_is_put_in_order() -> None:
    points: list[Plain] = [
        {"date": "2025-08-31", "value": 3},
        {"date": "2023", "value": 1},
        {"date": "2024-12", "value": 2},
    ]
    assert [point.value for point in TYPES["quantity"].load({"progress": points}).progress] == [1, 2, 3]


def test_a_recurrence_gives_each_of_its_days() -> None:
    collections = Recurrence(Day(2025, 10, 7), 6, Day(2026, 10))
    assert [str(day) for day in days(collections)] == ["2025-10-07", "2026-04-07", "2026-10-07"]


def test_a_recurrence_on_the_31st_falls_on_the_last_day_of_shorter_months() -> None:
    monthly = Recurrence(Day(2026, 12, 31), 1, Day(2027, 3, 31))
    assert [str(day) for day in days(monthly)] == ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]


def test_a_recurrence_that_never_ends_is_cut() -> None:
    assert len(Recurrence(Day(1, 1), 1, Day(9999)).days) == 1200


def test_a_recurrence_stops_at_the_end_of_the_calendar() -> None:
    assert [day.year for day in Recurrence(Day(9998), 12, Day(9999)).days] == [9998, 9999]


def test_only_days_and_recurrences_have_days() -> None:
    assert days(Day(2027)) == (Day(2027),)
    assert days("2027") == ()


@given(
    some.sampled_from(sorted(TYPES)),
    some.recursive(
        some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=30),
        lambda inner: (
            some.lists(inner, max_size=3)
            | some.dictionaries(
                some.sampled_from(["fr", "value", "progress", "date", "said", "first", "months", "until"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=8,
    ),
)
def test_nothing_makes_a_type_fail_otherwise_than_by_a_bad_value(name: str, plain: Plain) -> None:
    kept = TYPES[name]
    try:
        value = kept.load(plain)
    except BadValue:
        return
    assert kept.load(kept.dump(value)) == value


@pytest.mark.parametrize(
    ("duration", "day", "before"),
    [
        (Duration(3, "month"), Day(2027, 5, 31), Day(2027, 2, 28)),
        (Duration(90, "day"), Day(2027, 5, 31), Day(2027, 3, 2)),
        (Duration(2, "week"), Day(2027, 1, 3), Day(2026, 12, 20)),
        (Duration(1, "year"), Day(2028, 2, 29), Day(2027, 2, 28)),
        (Duration(14, "month"), Day(2027, 1), Day(2025, 11)),
        (Duration(6, "month"), Day(2027), Day(2026)),
        (Duration(40, "day"), Day(2027, 1), Day(2026, 11)),
        (Duration(9999, "year"), Day(2027, 1, 1), None),
        (Duration(9999, "week"), Day(3, 1, 1), None),
    ],
)
def test_a_length_of_time_is_counted_back_from_a_day_as_exactly_as_it_is_known(
    duration: Duration, day: Day, before: Day | None
) -> None:
    assert duration.before(day) == before


@pytest.mark.parametrize(
    ("name", "plain", "paths"),
    [
        ("recurrence", {"first": "2029", "months": "douze"}, [("months",), ("until",)]),
        ("recurrence", {"months": "douze", "until": "jamais"}, [("first",), ("months",), ("until",)]),
        (
            "quantity",
            {"value": "abc", "by": "jamais", "progress": [{"date": "2026-13", "value": "x"}]},
            [("value",), ("by",), ("progress", 0, "date")],
        ),
    ],
)
def test_the_mistakes_of_all_parts_are_named_at_once(
    name: str, plain: Plain, paths: list[tuple[str | int, ...]]
) -> None:
    with pytest.raises(BadValue) as caught:
        TYPES[name].load(plain)
    assert [mistake.path for mistake in caught.value.mistakes] == paths
