"""Which records fit what a question names."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.dates import Day, Period
from knowledge.questions import filters, selection
from knowledge.questions.filters import Wanted
from tests.knowledge.asking import MUSEUM_DAY, Asker


def wanted(asker: Asker, text: str) -> Wanted:
    return filters.wanted(asker.read(text), asker.state()[0])


def fitting(asker: Asker, want: Wanted, today: date = MUSEUM_DAY) -> set[str]:
    view = asker.state()[0]
    return {record.id for record in view.records.values() if selection.fits(record, want, view, today)}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Quelles expositions ?", Wanted(kinds=("exhibition",))),
        ("Which exhibitions in Portugal?", Wanted(kinds=("exhibition",), countries=("PT",))),
        ("Nos accords avec le Portugal", Wanted(kinds=("agreement",), countries=("BE", "PT"))),
        ("Our agreements with Portugal", Wanted(kinds=("agreement",), countries=("BE", "PT"))),
        ("Agreements between Portugal and Finland", Wanted(kinds=("agreement",), countries=("PT", "FI"))),
        ("Quelles cibles manquées ?", Wanted(kinds=("target",), statuses=("missed",))),
    ],
)
def test_the_filters_named_are_read(museum: Asker, text: str, want: Wanted) -> None:
    assert wanted(museum, text) == want


def test_either_country_will_do_where_or_joins_them(museum: Asker) -> None:
    want = wanted(museum, "Which agreements in Belgium or Finland?")
    assert want.any_country
    assert fitting(museum, want) == {"pret-belgique-portugal", "pret-portugal-finlande"}


def test_a_status_is_wanted_only_of_a_kind_that_can_have_it(museum: Asker) -> None:
    assert "achieved" not in wanted(museum, "Which exhibitions were achieved?").statuses
    assert "achieved" in wanted(museum, "Which targets were achieved?").statuses


def test_all_filters_must_hold(museum: Asker) -> None:
    assert fitting(museum, Wanted(kinds=("exhibition",), countries=("BE",))) == {"expo-horloges", "expo-verre"}
    assert fitting(museum, Wanted(kinds=("exhibition",), countries=("BE",), statuses=("closed",))) == {"expo-verre"}
    assert fitting(museum, Wanted(kinds=("exhibition",), countries=("BE", "PT"))) == set()


def test_open_is_computed_on_the_day_named_or_else_today(museum: Asker) -> None:
    still = Wanted(kinds=("exhibition",), statuses=("open",))
    then = Wanted(kinds=("exhibition",), statuses=("open",), period=Period(date(2030, 6, 1), date(2030, 6, 1)))
    assert fitting(museum, still) == {"expo-horloges"}
    assert fitting(museum, then) == {"expo-verre"}


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (Day(2031, 6, 15), True),
        (Day(2031, 7, 1), False),
        (Day(2031, 6), True),
        (Day(2031), False),
    ],
)
def test_a_month_counts_where_it_may_lie_inside_and_a_year_only_whole(day: Day, inside: bool) -> None:
    assert selection.within(day, Period(date(2031, 6, 10), date(2031, 6, 20))) is inside or day.grain == "day"
    assert selection.within(day, Period(date(2031, 6, 1), date(2031, 6, 30))) is inside


def test_a_body_has_part_in_a_fact_by_any_of_its_names(museum: Asker) -> None:
    view = museum.state()[0]
    loan = view.records["pret-belgique-portugal"]
    assert selection.has_body(loan, "musee verhaegen", view)
    assert not selection.has_body(loan, "lasitalo", view)


def test_a_town_has_one_key_in_every_language(museum: Asker) -> None:
    assert selection.city({"fr": "Anvers", "en": "Antwerp"}) == "anvers"
    assert selection.city({"en": "Porto"}) == "porto"
    assert (
        wanted(museum, "expositions à Anvers").cities == wanted(museum, "exhibitions in Antwerp").cities == ("anvers",)
    )


def test_what_is_listed_is_named_in_both_languages_and_numbers(museum: Asker) -> None:
    view = museum.state()[0]
    want = Wanted(kinds=("exhibition",))
    assert selection.what(want, view) == {"fr": "expositions", "en": "exhibitions"}
    assert selection.what(want, view, 1) == {"fr": "exposition", "en": "exhibition"}
    assert selection.what(want, view, 0) == {"fr": "exposition", "en": "exhibitions"}
    assert selection.what(Wanted(), view) == {"fr": "faits", "en": "facts"}


def test_the_words_that_narrow_a_kind_are_kept_apart(museum: Asker) -> None:
    view = museum.state()[0]
    reading = museum.read("Quelles rétrospectives de verre ?")
    found = selection.content(reading, view)
    assert found.any_of == ("retrospectives",)
    assert found.required == ("verre",)


def test_a_word_that_no_record_holds_leaves_nothing(museum: Asker) -> None:
    view = museum.state()[0]
    reading = museum.read("Quelles expositions de spectroscopes ?")
    want = filters.wanted(reading, view)
    assert selection.select(view, reading, want, selection.content(reading, view)) == ()
