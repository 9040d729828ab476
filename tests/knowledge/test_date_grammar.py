from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.date_grammar import Found, as_past, find, read_day, read_period
from knowledge.dates import Day, Period

TODAY = date(2026, 11, 25)
HERE = Path(__file__).parent
ROWS = [
    tuple(cell.strip() for cell in line.split("|"))
    for line in (HERE / "date_expressions.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "January February March April May June July August September October November December",
)


def only(text: str, today: date = TODAY) -> Found:
    (found,) = find(text, today)
    return found


def row(found: Found) -> tuple[str, ...]:
    bounds = (found.period.first, found.period.last)
    return (found.relation, *(bound.isoformat() if bound else ".." for bound in bounds), str(found.day or "-"))


@pytest.mark.parametrize("expected", ROWS, ids=[cells[0] for cells in ROWS])
def test_an_expression_means_these_days(expected: tuple[str, ...]) -> None:
    assert row(only(expected[0])) == expected[1:]


@pytest.mark.parametrize("expected", ROWS, ids=[cells[0] for cells in ROWS])
def test_an_expression_is_found_inside_a_sentence_at_its_place(expected: tuple[str, ...]) -> None:
    text = f"Hé ! Quels accords ({expected[0]}) ?"
    found = only(text)
    assert row(found) == expected[1:]
    assert text[found.start : found.end] == found.text
    assert text.index("(") < found.start < found.end <= text.index(")")


NOT_DATES = [line for line in (HERE / "not_dates.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]


@pytest.mark.parametrize("text", NOT_DATES)
def test_these_are_not_dates(text: str) -> None:
    assert find(text, TODAY) == ()
    assert read_day(text, TODAY) is None or text in ("7/10", "2/3 des pays")


@pytest.mark.parametrize(
    "text", ["AAPG 2024", "ERA PerMed 2022", "the 2021 Swedish one", "Horizon 2027, ça ferme", "2021-2027"]
)
def test_a_year_that_may_belong_to_a_name_is_flagged(text: str) -> None:
    found = only(text)
    assert found.bare_year
    assert found.text.replace("-", "").isdigit()


@pytest.mark.parametrize(
    "text", ["en 2024", "in 2024", "de 2021", "l'année 2024", "pour 2024", "fin 2025", "de 2019 à 2021", "by 2027"]
)
def test_a_year_with_words_around_it_is_no_name(text: str) -> None:
    assert not only(text).bare_year


def test_several_periods_are_found_in_order() -> None:
    found = find("Accords signés en 2018 ou après mars 2023, hors JTC2022, d'ici la fin de l'année ?", TODAY)
    assert [item.text for item in found] == ["en 2018", "après mars 2023", "d'ici la fin de l'année"]


def test_letters_written_with_combining_accents_keep_their_places() -> None:
    text = "Re\u0301union du 3 fe\u0301vrier 2027 a\u0300 14h30, salle A"
    found = only(text)
    assert (found.text, found.day) == ("du 3 fe\u0301vrier 2027 a\u0300 14h30", Day(2027, 2, 3))
    assert only("avant l'e\u0301te\u0301 ?").text == "avant l'e\u0301te\u0301"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("demain à 15h", time(15)),
        ("on 15 March at 3pm", time(15)),
        ("le 15 mars 2027, 14h30", time(14, 30)),
        ("demain", None),
    ],
)
def test_the_hour_of_a_day_is_kept(text: str, at: time | None) -> None:
    assert only(text).time == at


def test_a_day_without_its_year_is_the_next_one_and_can_be_read_as_past() -> None:
    found = only("signé en mars")
    assert (found.floating, found.day) == ("year", Day(2027, 3))
    past = as_past(found, TODAY)
    assert (past.day, past.period) == (Day(2026, 3), Period(date(2026, 3, 1), date(2026, 3, 31)))


def test_reading_as_past_leaves_alone_what_said_its_year_or_has_begun() -> None:
    for text in ("en mars 2027", "since March", "en novembre"):
        assert as_past(only(text), TODAY) == only(text)


def test_a_weekday_can_be_read_as_past() -> None:
    assert as_past(only("lundi"), TODAY).day == Day(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/3", "2027-03-15"),
        ("5/3/2027", "2027-03-05"),
        ("03/04/2027", "2027-04-03"),
        ("le 15 mars prochain", "2027-03-15"),
        ("mars 2027", "2027-03"),
        ("2022", "2022"),
        ("avant le 30 juin 2027", "2027-06-30"),
        ("15 mars 27", "2027-03-15"),
        ("15 March '27", "2027-03-15"),
        ("2027-03-15T10:00:00+02:00", "2027-03-15"),
    ],
)
def test_a_whole_input_is_read_as_a_day_day_first(text: str, day: str) -> None:
    assert str(read_day(text, TODAY)) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "12",
        "3 pm",
        "15h",
        "1,5",
        "v3.10",
        "mars 27",
        "3 jours",
        "a 2",
        "T2 2027",
        "next week",
        "bla " * 40 + "15 mars",
    ],
)
def test_what_names_no_one_day_is_not_read_as_one(text: str) -> None:
    assert read_day(text, TODAY) is None


def test_a_whole_input_is_read_as_a_period() -> None:
    assert read_period("T2 2027", TODAY) == Period(date(2027, 4, 1), date(2027, 6, 30))
    assert read_period("15 March '27", TODAY) == Period(date(2027, 3, 15), date(2027, 3, 15))
    assert read_period("le plan", TODAY) is None


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31), date(2027, 3, 31)])
def test_every_expression_reads_on_any_day(today: date) -> None:
    for cells in ROWS:
        period = only(cells[0], today).period
        assert period.first is None or period.last is None or period.first <= period.last, cells[0]


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def _ordinal(day: int) -> str:
    return f"{day}{'th' if day in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def written(day: date) -> list[str]:
    french, english = (names.split()[day.month - 1] for names in MONTHS)
    number, year = day.day, day.year
    return [
        day.isoformat(),
        f"{number:02}/{day.month:02}/{year}",
        f"{number}.{day.month}.{year}",
        f"{'1er' if number == 1 else number} {french} {year}",
        f"le {number} {french.upper()} {year}",
        f"{number} {english} {year}",
        f"{english} {number}, {year}",
        f"the {_ordinal(number)} of {english} {year}",
        f"{english[:3]} {number} {year}",
    ]


@given(DAYS)
@settings(max_examples=300, deadline=None)
def test_a_date_written_in_any_usual_way_is_read_back(day: date) -> None:
    for text in written(day):
        assert read_day(text, TODAY) == Day.of(day), text
        assert only(f"quelles échéances {text} ?").day == Day.of(day), text


@given(DAYS, st.integers(0, 400))
@settings(max_examples=200, deadline=None)
def test_a_range_of_dates_is_read_back_in_both_languages(first: date, length: int) -> None:
    last = min(first + timedelta(days=length + 1), date(2100, 12, 31))
    if first == last:
        return
    for left, right in zip(written(first), written(last), strict=True):
        for text in (f"du {left} au {right}", f"from {left} to {right}", f"entre {left} et {right}"):
            assert only(text).period == Period(first, last), text


ALPHABET = st.sampled_from(
    "le du de la d'ici l' mars may sept 12 2024 2026-01 15/03 fin early next prochain mois week T1 , - à to in since"
    " avant depuis dernier 3 été lundi 1er at 14h entre et 100 000 JTC2026 É ﬁ 🎉 \u0301 ٣ ²".split(" ")
)


@given(
    st.one_of(st.text(max_size=300), st.lists(ALPHABET, max_size=40).map(" ".join), st.lists(ALPHABET).map("".join)),
    DAYS,
)
@settings(max_examples=400, deadline=None)
def test_no_text_breaks_the_grammar_and_every_place_is_true(text: str, today: date) -> None:
    end = 0
    for found in find(text, today):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end


@given(st.lists(ALPHABET, min_size=1, max_size=6).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_no_input_breaks_the_reading_of_a_whole(text: str) -> None:
    day = read_day(text, TODAY)
    assert day is None or 1 <= day.year <= 9999


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Quelles cibles ont une échéance en 2028 ou plus tard ?", date(2028, 1, 1), None),
        ("targets due in 2028 and beyond", date(2028, 1, 1), None),
        ("calls of 2027 or later?", date(2027, 1, 1), None),
        ("les appels de 2019 et avant", None, date(2019, 12, 31)),
        ("agreements signed in 2018 or earlier", None, date(2018, 12, 31)),
    ],
)
def test_a_period_may_be_open_at_one_end(text: str, first: date | None, last: date | None) -> None:
    (found,) = find(text, date(2026, 11, 25))
    assert (found.period.first, found.period.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "combien de mois dure le projet ?",
        "When did it come to an end?",
        "the start month of the project",
        "combien de jours ?",
    ],
)
def test_a_number_of_months_or_an_end_names_no_period(text: str) -> None:
    assert find(text, date(2026, 11, 25)) == ()
