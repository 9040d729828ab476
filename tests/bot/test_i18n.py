"""Sentences and values in both languages, and the agreement between the locales and the code that uses them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.i18n import LOCALES_FOLDER, PLACEHOLDER, Translator, placeholders, read_locale
from bot.shapes import SHAPES
from knowledge.dates import Day, Period
from knowledge.fields import Duration, Hour, Money, Progress, Quantity, Recurrence
from knowledge.messages import Link, Phrase

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "knowledge", "scheduler")
TODAY = date(2026, 11, 23)
TRANSLATOR = Translator()
LANGUAGES = ("fr", "en")

BUILDERS = ("Phrase", "bad", "refuse")
"""The functions whose text argument with a dot in it is the key of a sentence."""

AHEAD_OF_USE = ("answer.", "unsure.", "unknown.", "truncated.", "card.", "actions.", "chat.", "error.")
"""Families of sentences written before the code that says them. Shorten this list as that code comes."""


def shown(value: Any, lang: str) -> str:
    """As people read it, with plain spaces so that the tests can be read."""
    return TRANSLATOR.show(value, lang, TODAY).replace("\u202f", " ").replace("\u00a0", " ")


def said(key: str, lang: str, **args: Any) -> str:
    return TRANSLATOR.say(Phrase(key, args), lang).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (Day(2026, 2, 10), "10 février 2026", "10 February 2026"),
        (Day(2026, 3, 1), "1er mars 2026", "1 March 2026"),
        (Day(2026, 2), "février 2026", "February 2026"),
        (Day(2026), "2026", "2026"),
        (date(2026, 3, 1), "1er mars 2026", "1 March 2026"),
        (datetime(2026, 3, 1, 9, 5, tzinfo=UTC), "1er mars 2026, 9 h 05", "1 March 2026, 09:05"),
    ],
)
def test_a_date_is_shown_to_its_own_grain(value: Any, french: str, english: str) -> None:
    assert (shown(value, "fr"), shown(value, "en")) == (french, english)


@pytest.mark.parametrize(
    ("first", "last", "french", "english"),
    [
        ((2027, 4, 1), (2027, 6, 30), "du 1er avril au 30 juin 2027", "from 1 April to 30 June 2027"),
        ((2027, 5, 10), (2027, 5, 12), "du 10 au 12 mai 2027", "from 10 to 12 May 2027"),
        (
            (2026, 12, 15),
            (2027, 1, 1),
            "du 15 décembre 2026 au 1er janvier 2027",
            "from 15 December 2026 to 1 January 2027",
        ),
        ((2027, 4, 1), (2027, 4, 30), "avril 2027", "April 2027"),
        ((2028, 2, 1), (2028, 2, 29), "février 2028", "February 2028"),
        ((2027, 1, 1), (2027, 12, 31), "2027", "2027"),
        ((2021, 1, 1), (2027, 12, 31), "de 2021 à 2027", "from 2021 to 2027"),
        ((2027, 5, 10), (2027, 5, 10), "10 mai 2027", "10 May 2027"),
        (None, (2027, 6, 30), "jusqu'au 30 juin 2027", "until 30 June 2027"),
        (None, (2019, 12, 31), "jusqu'à fin 2019", "until the end of 2019"),
        ((2027, 4, 1), None, "à partir d'avril 2027", "from April 2027"),
        ((2027, 4, 2), None, "à partir du 2 avril 2027", "from 2 April 2027"),
        ((2020, 4, 1), None, "depuis avril 2020", "since April 2020"),
        ((2020, 1, 1), None, "depuis 2020", "since 2020"),
        (None, None, "toutes dates", "any date"),
    ],
)
def test_a_period_has_its_shortest_exact_wording(
    first: tuple[int, int, int] | None, last: tuple[int, int, int] | None, french: str, english: str
) -> None:
    period = Period(first and date(*first), last and date(*last))
    assert (shown(period, "fr"), shown(period, "en")) == (french, english)


@pytest.mark.parametrize(
    ("said_hour", "zone", "french", "english"),
    [
        ("14:00 CET", "Europe/Brussels", "14 h 00 (CET, heure de Bruxelles)", "14:00 CET (Brussels time)"),
        (
            "14:00 (la page écrit CEST)",
            "Europe/Brussels",
            "14 h 00 (CEST, heure de Bruxelles)",
            "14:00 CEST (Brussels time)",
        ),
        ("14:00 Brussels", "Europe/Brussels", "14 h 00 (heure de Bruxelles)", "14:00 (Brussels time)"),
        ("14:00 EET", "Europe/Athens", "14 h 00 (EET, heure d'Athènes)", "14:00 EET (Athens time)"),
        ("14:00 UTC", "Etc/UTC", "14 h 00 (UTC)", "14:00 UTC"),
    ],
)
def test_an_hour_keeps_the_zone_that_its_source_states(said_hour: str, zone: str, french: str, english: str) -> None:
    hour = Hour(time(14), said_hour, zone)
    assert (shown(hour, "fr"), shown(hour, "en")) == (french, english)


def test_no_zone_is_made_up_for_an_hour_whose_source_states_none() -> None:
    hour = Hour(time(17), "17:00", "Europe/Brussels")
    assert shown(hour, "fr") == "17 h 00 (fuseau horaire non précisé par la source)"
    assert shown(hour, "en") == "17:00 (the source does not state the time zone)"


@pytest.mark.parametrize(
    ("money", "french", "english"),
    [
        (Money(45e6), "45 M€", "€45 million"),
        (Money(1_500_000), "1,5 M€", "€1.5 million"),
        (Money(32_625_162), "32 625 162 €", "€32,625,162"),
        (Money(50_000), "50 000 €", "€50,000"),
        (Money(12.5), "12,50 €", "€12.50"),
        (Money(2_350_000_000), "2,35 Md€", "€2.35 billion"),
        (Money(999_999_999), "999 999 999 €", "€999,999,999"),
        (Money(175e6, "GBP"), "175 M£GB", "£175 million"),
    ],
)
def test_an_amount_is_short_only_where_nothing_is_lost(money: Money, french: str, english: str) -> None:
    assert (shown(money, "fr"), shown(money, "en")) == (french, english)


def test_a_target_is_shown_with_its_term_and_its_last_point() -> None:
    people = {"fr": "participants", "en": "participants"}
    target = Quantity(500_000, people, Day(2023), (Progress(Day(2019), 200_000), Progress(Day(2020, 12), 321_000)))
    assert shown(target, "fr") == (
        "500 000 participants d'ici 2023 ; dernier point : 321 000 (décembre 2020), soit 64 %"
    )
    assert shown(target, "en") == (
        "500,000 participants by 2023; last figure: 321,000 (December 2020), 64% of the target"
    )


def test_no_share_is_given_when_the_points_count_something_else() -> None:
    target = Quantity(1e6, {"en": "samples"}, None, (Progress(Day(2024), 800_000),), {"en": "people"})
    assert shown(target, "en") == "1,000,000 samples; last figure: 800,000 people (2024)"


def test_an_indicator_without_target_shows_its_last_point() -> None:
    figure = Quantity(None, {"fr": "prescriptions"}, None, (Progress(Day(2024, 12, 31), 12_345),))
    assert shown(figure, "fr") == "12 345 prescriptions (31 décembre 2024)"


def test_a_length_of_time_is_said_in_its_unit() -> None:
    assert [shown(Duration(count, "month"), "fr") for count in (1, 3)] == ["1 mois", "3 mois"]
    assert [shown(Duration(count, "day"), "en") for count in (1, 90)] == ["1 day", "90 days"]


def test_a_quantity_without_unit_leaves_no_gap() -> None:
    assert shown(Quantity(5, by=Day(2022)), "en") == "5 by 2022"


@pytest.mark.parametrize(
    ("recurrence", "french", "english"),
    [
        (
            Recurrence(Day(2025, 10, 7), 6, Day(2029, 4)),
            "tous les 6 mois, à partir du 7 octobre 2025 jusqu'en avril 2029",
            "every 6 months, from 7 October 2025 until April 2029",
        ),
        (
            Recurrence(Day(2025), 12, Day(2029)),
            "chaque année, à partir de 2025 jusqu'en 2029",
            "every year, from 2025 until 2029",
        ),
    ],
)
def test_a_recurrence_says_how_often_from_when_and_until_when(
    recurrence: Recurrence, french: str, english: str
) -> None:
    assert (shown(recurrence, "fr"), shown(recurrence, "en")) == (french, english)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (1_234_567.5, "1 234 567,5", "1,234,567.5"),
        (True, "oui", "yes"),
        (["A", "B", "C"], "A, B et C", "A, B and C"),
        (("A",), "A", "A"),
        ([{"fr": "Suède", "en": "Sweden"}, {"fr": "Norvège", "en": "Norway"}], "Suède et Norvège", "Sweden and Norway"),
        ({"fr": "Accord", "en": "Agreement"}, "Accord", "Agreement"),
        ({"en": "Agreement"}, "Agreement", "Agreement"),
        (Phrase("unknown.lead"), "Je n'ai rien d'enregistré là-dessus.", "I have no record of that."),
        (Link("EP PerMed", "https://www.eppermed.eu/a"), "EP PerMed (eppermed.eu)", "EP PerMed (eppermed.eu)"),
        (None, "", ""),
    ],
)
def test_every_other_value_has_its_form(value: Any, french: str, english: str) -> None:
    assert (shown(value, "fr"), shown(value, "en")) == (french, english)


def test_french_numbers_hold_together_at_the_end_of_a_line() -> None:
    assert TRANSLATOR.show(18_000, "fr") == "18\u202f000"
    assert TRANSLATOR.show(Money(45e6), "fr") == "45\u00a0M€"


def test_french_punctuation_is_never_parted_from_its_word() -> None:
    assert TRANSLATOR.say(Phrase("unsure.several"), "fr").endswith("Laquelle\u202f?")
    assert "Période lue\u00a0: " in TRANSLATOR.say(Phrase("answer.period", {"period": "x"}), "fr")


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "Et 0 autre, qui n'est pas affiché ici.", "And 0 others, not shown here."),
        (1, "Et 1 autre, qui n'est pas affiché ici.", "And 1 other, not shown here."),
        (2, "Et 2 autres, qui ne sont pas affichés ici.", "And 2 others, not shown here."),
        (1_000_000, "Et 1 000 000 autres, qui ne sont pas affichés ici.", "And 1,000,000 others, not shown here."),
    ],
)
def test_zero_is_singular_in_french_and_plural_in_english(count: int, french: str, english: str) -> None:
    assert (said("answer.more", "fr", count=count), said("answer.more", "en", count=count)) == (french, english)


@pytest.mark.parametrize(
    ("share", "french"),
    [
        (0.643, "64 %"),
        (0.032, "3,2 %"),
        (0.997, "99,7 %"),
        (0.9996, "99,96 %"),
        (1, "100 %"),
        (1.2, "120 %"),
        (0, "0 %"),
    ],
)
def test_a_share_is_never_rounded_to_a_goal_that_is_not_reached(share: float, french: str) -> None:
    args = {"value": 1, "unit": "x", "date": Day(2024), "share": share}
    assert said("value.progress_share", "fr", **args).endswith(f"soit {french}")


def test_text_of_people_that_looks_like_a_placeholder_stays_as_it_is() -> None:
    assert said("answer.about", "fr", title="{value} {0} %s") == "{value} {0} %s"


def test_the_bot_and_the_programme_are_named_without_being_given() -> None:
    named = Translator(names={"name": "Ada", "programme": {"fr": "Plan A", "en": "Plan B"}})
    assert "Ada" in named.say(Phrase("chat.who"), "en")
    assert "Plan A" in named.say(Phrase("chat.who"), "fr")


def test_an_unknown_key_is_said_as_it_stands(caplog: pytest.LogCaptureFixture) -> None:
    assert said("no.such.key", "fr") == "no.such.key"
    assert "no.such.key" in caplog.text


# The agreement between the locales and the code.


def locale(lang: str) -> dict[str, Any]:
    return read_locale(LOCALES_FOLDER / lang)


def test_both_languages_have_the_same_sentences() -> None:
    french, english = locale("fr").keys(), locale("en").keys()
    assert sorted(french ^ english) == []


def test_each_sentence_uses_the_same_arguments_in_both_languages() -> None:
    french, english = locale("fr"), locale("en")
    differ = {key for key in french.keys() & english.keys() if placeholders(french[key]) != placeholders(english[key])}
    assert sorted(differ) == []


def test_each_shape_that_a_sentence_asks_for_exists() -> None:
    asked = {
        shape
        for lang in LANGUAGES
        for sentence in locale(lang).values()
        for form in ([sentence] if isinstance(sentence, str) else sentence.values())
        for _, shape in PLACEHOLDER.findall(form)
        if shape
    }
    assert sorted(asked - SHAPES.keys()) == []


def test_each_sentence_is_a_text_or_two_plural_forms_and_ends_without_stray_braces() -> None:
    for lang in LANGUAGES:
        for key, sentence in locale(lang).items():
            forms = {"other": sentence} if isinstance(sentence, str) else sentence
            assert set(forms) in ({"other"}, {"one", "other"}), key
            for form in forms.values():
                assert form.strip() == form and form, key
                assert not set("{}") & set(PLACEHOLDER.sub("", form)), key


def test_no_sentence_is_written_twice() -> None:
    for lang in LANGUAGES:
        seen: dict[str, str] = {}
        for file in sorted((LOCALES_FOLDER / lang).glob("*.yaml")):
            root = yaml.compose(file.read_text("utf-8"), yaml.SafeLoader)
            for key, _ in root.value if root else ():
                assert key.value not in seen, f"{key.value} is in {seen[key.value]} and in {file.name} ({lang})"
                seen[key.value] = file.name


def test_nothing_shouts() -> None:
    for lang in LANGUAGES:
        assert [key for key, sentence in locale(lang).items() if "!" in str(sentence)] == []


def _sources() -> Iterator[tuple[Path, ast.AST]]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield file.relative_to(ROOT), ast.parse(file.read_text("utf-8"))


def _keys_said(tree: ast.AST) -> Iterator[str]:
    """Keys given as a text to a builder of phrases, on both sides of a conditional too."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", getattr(node.func, "attr", "")) not in BUILDERS:
            continue
        given = [*node.args[:2], *(word.value for word in node.keywords if word.arg == "key")]
        for argument in given:
            for choice in (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,):
                text = choice.value if isinstance(choice, ast.Constant) else None
                if isinstance(text, str) and re.fullmatch(r"[a-z]+(\.\w+)+", text):
                    yield text


def _families_said(tree: ast.AST) -> Iterator[re.Pattern[str]]:
    """The shapes of keys that are put together: `f"chat.{name}"` says every key that begins with `chat.`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values]
            if re.match(r"[a-z]+\.\w*\Z", str(node.values[0].value)):
                yield re.compile("".join(parts))


def test_each_sentence_that_the_code_says_exists() -> None:
    known = locale("fr").keys()
    missing = {f"{file}: {key}" for file, tree in _sources() for key in _keys_said(tree) if key not in known}
    assert sorted(missing) == []


def test_no_sentence_is_left_that_nothing_says() -> None:
    trees = [tree for _, tree in _sources()]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    families = [family for tree in trees for family in _families_said(tree)]
    silent = [key for key in locale("fr") if key not in texts and not any(family.fullmatch(key) for family in families)]
    unused = [key for key in silent if not key.startswith(AHEAD_OF_USE)]
    assert sorted(unused) == []


def test_starting_up_does_not_load_babel() -> None:
    import subprocess
    import sys

    code = (
        "import sys, bot.i18n; bot.i18n.Translator(); sys.exit(any(name.startswith('babel') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_each_key_that_the_code_puts_together_can_be_found() -> None:
    known = locale("fr").keys()
    lost = {
        f"{file}: {family.pattern}"
        for file, tree in _sources()
        for family in _families_said(tree)
        if not any(family.fullmatch(key) for key in known)
    }
    assert sorted(lost) == []
