"""The words by which a question leans on the one before it."""

from __future__ import annotations

import pytest

from knowledge.questions import cues
from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("text", "lang", "meant"),
    [
        ("non, je parlais de la Suède", "fr", "et la Suède"),
        ("je voulais dire celui d'ERDERA", "fr", "et celui d'ERDERA"),
        ("Non non, pas la Suède, plutôt le Danemark", "fr", None),
        ("I meant the Swedish one", "en", "and the Swedish one"),
        ("no, the CEA one", "en", "and the CEA one"),
        ("not the ERDERA one, I meant EP PerMed", "en", "and EP PerMed"),
        ("no sorry, 2017", "en", "and 2017"),
        ("No record of JTC2027?", "en", None),
        ("non", "fr", None),
        ("Quand ferme JTC2024 ?", "fr", None),
    ],
)
def test_a_correction_is_put_as_what_it_corrects_to(text: str, lang: str, meant: str | None) -> None:
    assert cues.corrected(text, lang) == meant


@pytest.mark.parametrize(
    ("first", "then", "fact"),
    [
        ("When does JTC2022 close?", "I meant the EJP RD one", "appel-ejp-rd-jtc2022"),
        ("When did ERA PerMed end?", "no, I meant EP PerMed", "ep-permed"),
        ("Quand a fini ERA PerMed ?", "non, je parlais d'EP PerMed", "ep-permed"),
    ],
)
def test_the_question_is_answered_as_corrected(ask: Asker, first: str, then: str, fact: str) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts) == ("sure", (fact,))


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Which calls are open?", True),
        ("What is the next deadline?", True),
        ("which targets do they have?", False),
        ("and which are open?", False),
        ("et la prochaine ?", False),
        ("quels sont leurs objectifs ?", False),
    ],
)
def test_a_question_about_all_of_a_kind_stands_alone_unless_it_says_whose(ask: Asker, text: str, alone: bool) -> None:
    assert cues.stands_alone(ask.read(text)) is alone


@pytest.mark.parametrize(
    ("text", "lang"), [("en anglais stp", "en"), ("version française ?", "fr"), ("the English study", None)]
)
def test_another_language_is_asked_for_by_itself(ask: Asker, text: str, lang: str | None) -> None:
    assert cues.language_asked(ask.read(text)) == lang
