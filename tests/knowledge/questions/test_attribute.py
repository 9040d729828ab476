"""One field of one fact: the value first, then the card with its source; or that it is not recorded."""

from __future__ import annotations

import pytest

from knowledge.dates import Day
from knowledge.messages import Card, Message, Say
from tests.knowledge.asking import Asker, card, noted, offered, parts, said


@pytest.mark.parametrize(
    ("text", "fact", "field", "value"),
    [
        ("Quand ferme JTC2024 ?", "appel-ep-permed-jtc2024", "closes", "2024-03-05"),
        ("When does CARMEN2026 close?", "appel-ep-permed-jtc2026", "closes", "2026-02-10"),
        ("Quand ouvrait JTC2024 ?", "appel-ep-permed-jtc2024", "opens", "2024-01-02"),
        ("When did B1MG end?", "projet-b1mg", "ends", "2023-05-31"),
        ("Quand a commencé B1MG ?", "projet-b1mg", "starts", "2020-06-01"),
        ("When was the agreement with the UK signed?", "accord-france-royaume-uni-2018", "signed", "2018-01-18"),
        ("Quand a été signé l'accord avec le Royaume-Uni ?", "accord-france-royaume-uni-2018", "signed", "2018-01-18"),
        ("Quel est le budget de JTC2024 ?", "appel-ep-permed-jtc2024", "budget", 45_000_000),
        ("What is the budget of ERA PerMed JTC2022?", "appel-era-permed-jtc2022", "budget", 29_000_000),
        ("What time is the deadline of CARMEN2026?", "appel-ep-permed-jtc2026", "deadline_time", "14:00"),
        ("A quelle heure ferme l'appel DIGITAL-2024 ?", "appel-digital-1mg-2024", "deadline_time", "17:00"),
        ("Où était la première conférence ICPerMed ?", "icpermed-conf-berlin-2018", "location", "Berlin"),
        ("Where was the UK-FR GENE workshop held?", "uk-fr-gene-atelier-2019", "location", "Oxford"),
        (
            "Who signed the Swedish memorandum of 2021?",
            "mou-suede-gms-2021",
            "signatories",
            "Gilles Bloch (Inserm/Aviesan), Richard Rosenquist Brandell (GMS)",
        ),
        (
            "Qui a signé l'accord France-Royaume-Uni ?",
            "accord-france-royaume-uni-2018",
            "signatories",
            "Yves Lévy (Inserm/Aviesan), Sir John Chisholm (Genomics England)",
        ),
    ],
)
def test_the_value_is_said_first_and_the_card_follows(
    ask: Asker, text: str, fact: str, field: str, value: str | int
) -> None:
    answer = ask(text)
    assert (answer.band, answer.form, answer.facts) == ("sure", "attribute", (fact,))
    assert (answer.field, answer.value) == (field, value)
    first = answer.message.parts[0]
    assert isinstance(first, Say) and first.strong and first.phrase.key == "answer.value"
    assert card(answer).record_id == fact


@pytest.mark.parametrize(("text", "lang"), [("Quand ferme JTC2024 ?", "fr"), ("When does JTC2024 close?", "en")])
def test_the_answer_is_in_the_language_of_the_question(ask: Asker, text: str, lang: str) -> None:
    assert ask(text, default_lang="en" if lang == "fr" else "fr").lang == lang
    assert ask(text, lang="en" if lang == "fr" else "fr").lang != lang, "a language asked for overrides it"


def test_the_message_does_not_depend_on_the_language(ask: Asker) -> None:
    french, english = ask("Quand ferme JTC2024 ?"), ask("When does JTC2024 close?")
    assert french.message == english.message


def test_the_card_holds_the_fields_of_the_kind_and_the_source(ask: Asker) -> None:
    shown = card(ask("Quand ferme JTC2024 ?"))
    rows = {row.label["en"]: row.value for row in shown.rows}
    assert rows["Closes"] == Day(2024, 3, 5)
    assert rows["Full proposal"] == Day(2024, 6, 20)
    assert rows["Countries"] == [{"fr": "Union européenne", "en": "European Union"}]
    assert shown.source is not None and shown.source.title and shown.source.url.startswith("http")
    assert shown.source_date == Day(2026, 11, 23)
    assert shown.status == {"fr": "clos", "en": "closed"}


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("When was the renewal of the France - Sweden (GMS) MoU?", "2024-09", "answer.month_only"),
        ("Quand a commencé l'EJP RD ?", "2019-01", "answer.month_only"),
        ("In which year did ICPerMed start?", "2016", "answer.year_only"),
        ("Quand est né ICPerMed ?", "2016", "answer.year_only"),
    ],
)
def test_a_date_known_to_the_month_or_year_says_so(ask: Asker, text: str, value: str, note: str) -> None:
    answer = ask(text)
    assert answer.value == value
    assert noted(answer) == [note]


def test_a_field_that_is_also_in_the_title_is_held(ask: Asker) -> None:
    assert ask("Quand a eu lieu le renouvellement du MoU France - Suède (GMS) ?").value == "2024-09"


@pytest.mark.parametrize(
    "text",
    ["Quand a été signé le partenariat France-Suède de 2024 ?", "When was the 2024 France-Sweden partnership signed?"],
)
def test_a_year_that_is_said_is_the_year_of_the_fact(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.band != "sure" or answer.facts == ("partenariat-france-suede-2024",)


def test_a_date_known_to_the_day_says_nothing_of_it(ask: Asker) -> None:
    assert noted(ask("Quand ferme JTC2024 ?")) == []


@pytest.mark.parametrize("text", ["Quand ferme JTC2025 ?", "When does JTC2025 close?"])
def test_a_name_that_several_bear_is_a_choice(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.band, said(answer)) == ("unsure", ["unsure.several"])
    assert set(offered(answer)) == set(answer.facts) == {"appel-ep-permed-jtc2025", "appel-erdera-jtc2025"}
    assert parts(answer, Card) == [], "nothing is asserted before the choice"
    assert answer.value is None


@pytest.mark.parametrize(
    "text", ["Quand ferme l'appel d'ERDERA ?", "When does the ERDERA call close?", "Quel est le budget de JTC2026 ?"]
)
def test_a_description_that_fits_several_is_a_choice(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.band == "unsure" and len(offered(answer)) >= 2


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Quand se termine le projet GDI ?", "projet-gdi"),
        ("Qui a signé la déclaration France-Suède de 2019 ?", "declaration-france-suede-2019"),
        ("Quel est le budget de l'appel Horizon 2027 pharmacogénomique ?", "appel-horizon-2027-care-02"),
    ],
)
def test_a_field_that_the_fact_does_not_hold_is_unknown_and_named(ask: Asker, text: str, fact: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.value, answer.facts[0]) == ("unknown", None, fact)
    assert said(answer)[:2] == ["unknown.lead", "unknown.field"]
    assert parts(answer, Card) == []
    assert fact in offered(answer), "the fact is offered, not asserted"


@pytest.mark.parametrize(
    "text",
    [
        "Quand ferme JTC2027 ?",
        "When does JTC2027 close?",
        "Où aura lieu la 14e conférence ICPerMed ?",
        "Where will the 14th ICPerMed conference be?",
    ],
)
def test_an_edition_that_does_not_exist_is_unknown(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.value) == ("unknown", None)
    assert said(answer)[0] == "unknown.lead"
    assert parts(answer, Card) == []
    assert noted(answer) == ["unknown.ask_coordinator"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Qui est le directeur de SeqOIA ?", "directeur"),
        ("Who chairs ICPerMed?", "chairs"),
    ],
)
def test_a_property_that_no_kind_declares_is_unknown_and_named(ask: Asker, text: str, word: str) -> None:
    answer = ask(text)
    (missing,) = [part.phrase for part in parts(answer, Say) if part.phrase.key == "unknown.word"]
    assert answer.band == "unknown" and word in missing.args["words"]


@pytest.mark.parametrize(
    "text", ["A quelle heure ferme l'appel ERDERA JTC2025 ?", "What time does the ERDERA JTC2025 call close?"]
)
def test_what_is_missing_is_named_rightly(ask: Asker, text: str) -> None:
    answer = ask(text)
    labels = [part.phrase.args["label"]["en"] for part in parts(answer, Say) if "label" in part.phrase.args]
    assert answer.band == "unknown" and "Closes" not in labels


def test_a_question_about_nothing_here_is_not_answered(ask: Asker) -> None:
    assert ask("When did Elvis die?").band != "sure"


def test_an_identifier_is_a_field_to_ask_for(ask: Asker) -> None:
    assert ask("What is the DOI of the Lancet paper?").value == "10.1016/j.lanepe.2024.101183"


@pytest.mark.parametrize(
    ("text", "fact", "field", "value"),
    [
        ("Quand ferme l'exposition Horloges de poche ?", "expo-horloges", "closes", "2031-09-30"),
        ("When does Pocket Clocks close?", "expo-horloges", "closes", "2031-09-30"),
        ("Quand ouvre l'exposition Cartes marines ?", "expo-cartes", "opens", "2031-10-15"),
        ("Valeur assurée de Horloges de poche ?", "expo-horloges", "insured_for", 2_400_000),
        ("Où se tient Cartes marines ?", "expo-cartes", "location", "Porto"),
        ("Where is Sea Charts held?", "expo-cartes", "location", "Porto"),
        (
            "Who signed the Verhaegen loan agreement?",
            "pret-belgique-portugal",
            "signatories",
            "Odile Marchetti, Rui Salgado",
        ),
        ("When was Casa dos Mapas founded?", "casa-dos-mapas", "starts", "1988-04-02"),
    ],
)
def test_another_programme_is_told_its_values(
    museum: Asker, text: str, fact: str, field: str, value: str | int
) -> None:
    answer = museum(text)
    assert (answer.band, answer.facts, answer.field, answer.value) == ("sure", (fact,), field, value)


def test_fields_of_a_team_s_own_kind_carry_its_own_labels(museum: Asker) -> None:
    answer = museum("When does Sea Charts close?")
    first = parts(answer, Say)[0]
    assert first.phrase.args["label"] == {"fr": "Décrochage", "en": "Last day"}
    assert (answer.value, noted(answer)) == ("2032-03", ["answer.month_only"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Who curated Sea Charts?", "Ilse Quandt, Tomas Brel"),
        ("Qui est commissaire de Cartes marines ?", "Ilse Quandt, Tomas Brel"),
        ("What is the insured value of Pocket Clocks?", 2_400_000),
    ],
)
def test_any_field_that_a_kind_declares_can_be_asked_for(museum: Asker, text: str, value: str | int) -> None:
    assert museum(text).value == value


def test_no_part_of_an_answer_is_empty(ask: Asker) -> None:
    message: Message = ask("Quand ferme JTC2024 ?").message
    assert [type(part).__name__ for part in message.parts] == ["Say", "Card"]


@pytest.mark.parametrize(
    "text", ["il reste combien de temps pour JTC2026 d'ERDERA ?", "how many days are left for the ERDERA JTC2026?"]
)
def test_how_long_is_left_is_told_by_the_end(ask: Asker, text: str) -> None:
    assert ask(text).value == "2026-02-12"


@pytest.mark.parametrize(
    "text",
    [
        "Quand les Danois sont entrés dans 1+MG, combien de pays y étaient déjà ?",
        "How many countries were already in 1+MG when Denmark joined?",
    ],
)
def test_a_when_that_only_says_at_which_time_asks_for_no_day(ask: Asker, text: str) -> None:
    found = ask(text)
    assert (found.band, found.value) == ("sure", 24)
