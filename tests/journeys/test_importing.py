"""Tables given to the bot in a direct message, and the file that it sends back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from bot.desk.exchanging import Plan
from bot.i18n import Translator
from bot.surfaces import importing
from knowledge.audience import Viewer
from tests.journeys.conftest import connected
from tests.journeys.stand_in import Call, StandIn
from tests.journeys.test_keeping import ANA, Office, words
from tests.journeys.views import live_marks


@pytest.fixture(params=["socket", "http"])
def office(request: pytest.FixtureRequest, slack_server: StandIn) -> Iterator[Office]:
    with connected(slack_server, request.param, Translator(), answering=True) as world:
        yield Office(world)


def table(rows: int, *bad: int) -> bytes:
    """So many calls as CSV; those of these numbers close on a day that does not exist."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(["kind", "id", "title.fr", "closes", "source.title", "source.url"])
    for number in range(rows):
        day = "2027-02-31" if number in bad else "2027-03-01"
        write.writerow(["call", f"appel-{number}", f"Appel {number}", day, "Page", "https://example.org/"])
    return out.getvalue().encode()


def give(office: Office, content: bytes, name: str = "facts.csv", user: str = ANA) -> Call:
    """Gives a file in a direct message; what the bot says of it in the end."""
    slack, world = office.slack, office.world
    slack.files["F1"] = name, content
    before = len(slack.called("chat.postMessage")), len(slack.called("chat.update"))
    office.timed(world.direct, "", user=user, subtype="file_share", files=[{"id": "F1", "name": name}])
    world.settle()
    posted, updated = slack.called("chat.postMessage")[before[0] :], slack.called("chat.update")[before[1] :]
    return (updated or posted)[-1]


def press(office: Office, said: Call, name: str, user: str = ANA, ts: str = "") -> str:
    (button,) = said.buttons(name)
    office.timed(office.world.click, button, user=user, ts=ts or f"9.{len(office.slack.calls)}")
    office.world.settle()
    return words(office.slack.called("chat.update")[-1].params["blocks"])


@pytest.mark.parametrize(
    ("lang", "text", "sentence"),
    [
        (
            "fr",
            "importer",
            "Déposez le fichier (CSV, XLSX, YAML ou JSON, 1 Mio et 2 000 lignes au plus) dans un message",
        ),
        (
            "en",
            "import facts.xlsx",
            "Drop the file (CSV, XLSX, YAML or JSON, 1 MiB and 2,000 rows at most) into a direct",
        ),
    ],
)
def test_the_command_says_where_to_put_the_file_and_who_may(
    slack_server: StandIn, lang: str, text: str, sentence: str
) -> None:
    with connected(slack_server, "http", Translator(), answering=True) as world:
        office = Office(world, lang)
        assert sentence in office.command(text)
        assert sentence not in office.command(text, "U1")


def test_a_thousand_rows_with_one_bad_one_change_nothing_until_the_good_ones_are_asked_for(office: Office) -> None:
    said = give(office, table(1000, 700))
    shown = words(said.params["blocks"])
    assert "999 nouvelles" in shown and "Ligne 702, colonne closes" in shown and "0 ligne sur 1" in shown
    assert office.facts() == [] and said.buttons("import_all") == []

    done = press(office, said, "import_good")
    assert "999 nouvelles" in done and len(office.facts()) == 999
    saved = office.slack.called("chat.update")[-1]
    assert "999 fiches sont comme avant" in press(office, saved, "import_undo")
    assert office.facts() == []


def test_one_message_tells_all_from_the_reading_to_the_undoing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BETWEEN", 0.0)
    slack = office.slack
    said = give(office, table(120))
    (posted,) = slack.called("chat.postMessage")
    ts = slack.posted["D1"][-1]["ts"]
    press(office, said, "import_all", ts=ts)
    press(office, slack.called("chat.update")[-1], "import_undo", ts=ts)
    assert len(slack.called("chat.postMessage")) == 1
    updates = slack.called("chat.update")
    assert {call.params["ts"] for call in updates} == {ts}
    told = [words(call.text) for call in (posted, *updates)]
    read = ("Je lis", "120 lignes lues", "50 lignes comparées sur 120", "100 lignes comparées sur 120")
    steps = (*read, "donnerait : 120 nouvelles", "J'importe", "Importé : 120 nouvelles", "120 fiches sont comme avant")
    assert [step in text for step, text in zip(steps, told, strict=True)] == [True] * 8, told
    assert office.facts() == []


def test_a_count_that_slack_refuses_stops_nothing(office: Office) -> None:
    office.slack.refusals["chat.update"] = ["ratelimited"]
    assert "3 nouvelles fiches" in words(give(office, table(3)).params["blocks"])


def test_a_table_that_is_left_at_that_changes_nothing_also_when_both_buttons_are_pressed(office: Office) -> None:
    said = give(office, table(2))
    assert "Rien n'a été importé" in press(office, said, "import_cancel", ts="7.7")
    assert "Rien n'a été importé" in press(office, said, "import_all", ts="7.7")
    assert office.facts() == []


@pytest.mark.parametrize(
    ("rows", "bad", "sentence"),
    [
        (1, (), "1 nouvelle fiche, 0 modifiée, 0 inchangée ; 0 ligne refusée"),
        (3, (1,), "2 nouvelles fiches, 0 modifiée, 0 inchangée ; 1 ligne refusée"),
        (5, (1, 2), "3 nouvelles fiches, 0 modifiée, 0 inchangée ; 2 lignes refusées"),
    ],
)
def test_one_and_several_are_said_as_people_say_them(
    office: Office, rows: int, bad: tuple[int, ...], sentence: str
) -> None:
    assert sentence in words(give(office, table(rows, *bad)).params["blocks"])


def test_a_good_table_is_shown_first_imported_at_a_click_and_known_the_second_time(office: Office) -> None:
    said = give(office, table(3))
    assert office.facts() == []
    press(office, said, "import_all")
    assert office.facts() == ["appel-0", "appel-1", "appel-2"]

    again = give(office, table(3))
    assert "3 inchangées" in words(again.params["blocks"]) and again.buttons() == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("facts.csv", b"x" * (2**20 + 1), "trop gros"),
        ("facts.csv", table(2001), "2000 au plus"),
        ("picture.png", b"\x89PNG", "csv, xlsx"),
        ("facts.zip", b"PK", "csv, xlsx"),
        ("facts.xlsx", b"PK\x03\x04", "classeur"),
        ("facts.csv", b"", "aucune fiche"),
        ("facts.csv", b"a\0b", "comme du texte"),
        ("facts.csv", b"kind,nonsense\ncall,x\n", "nonsense"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    office: Office, name: str, content: bytes, reason: str
) -> None:
    said = give(office, content, name)
    assert reason in words(said.params["blocks"]).replace("2 000", "2000")
    assert office.facts() == [] and said.buttons() == []


def test_only_coordinators_import_also_when_the_right_was_lost_before_the_click(office: Office) -> None:
    assert "Seuls les coordinateurs" in words(give(office, table(2), user="U1").params["blocks"])
    said = give(office, table(2), user="UMARC")
    office.command("coordinators remove <@UMARC>")
    (button,) = said.buttons("import_all")
    office.world.click(button, user="UMARC", ts="9.9")
    office.world.settle()
    assert "Seuls les coordinateurs" in words(office.slack.called("chat.postMessage")[-1].params["blocks"])
    assert office.facts() == []


def test_hostile_cells_stay_text(office: Office) -> None:
    evil = "<!channel> <https://evil.example|bank> =cmd|' /C calc'!A0"
    content = f'kind,id,title.fr,closes,source.title\ncall,"{evil}","{evil}","{evil}","{evil}"\n'.encode()
    assert live_marks([call.params for call in (give(office, content),)]) == []


def test_what_is_exported_imports_back_as_it_is(office: Office) -> None:
    press(office, give(office, table(5)), "import_all")
    assert "conversation directe" in office.command("exporter appels")
    name, content = office.slack.files["FUP"]
    assert name == "entente-call.csv"
    assert "5 inchangées" in words(give(office, content, name).params["blocks"])
    assert "Seuls les coordinateurs" in office.command("export", "U1")


@pytest.mark.parametrize("form", ["xlsx", "yaml", "json"])
def test_every_format_goes_out_and_comes_back(office: Office, form: str) -> None:
    press(office, give(office, table(2)), "import_all")
    assert "conversation directe" in office.command(f"exporter appels {form}")
    name, content = office.slack.files["FUP"]
    assert name == f"entente-call.{form}"
    assert "2 inchangées" in words(give(office, content, name).params["blocks"])


@pytest.mark.parametrize("form", ["csv", "xlsx", "yaml", "json"])
def test_what_is_kept_to_some_is_in_no_export_of_others(office: Office, form: str) -> None:
    rows = ["kind,id,title.fr,source.title,audience", "call,public,Appel public,Page,"]
    rows += ["call,reserve,Appel au canal,Page,C0OTHER", "call,interne,Appel interne,Page,coordinators"]
    press(office, give(office, "\n".join(rows).encode()), "import_all")
    assert sorted(office.facts()) == ["interne", "public", "reserve"]
    for words_ in ("exporter", "exporter appels", "export calls"):
        assert "conversation directe" in office.command(f"{words_} {form}".replace("exporter csv", "exporter"))
        name, content = office.slack.files["FUP"]
        again = office.world.keeping.exchange.plan(name, content)
        assert isinstance(again, Plan)
        assert sorted(again.changes.unchanged) == ["interne", "public"]
        assert not (again.changes.new or again.changes.changed or again.wrong)


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (Viewer("D1", private=True), {"public"}),
        (Viewer("C0OTHER", private=False), {"public", "reserve"}),
        (Viewer("C0HERE", private=False, coordinator=True), {"public"}),
        (Viewer("D1", private=True, coordinator=True), {"public", "interne"}),
    ],
)
@pytest.mark.parametrize("form", ["csv", "yaml", "json"])
def test_a_table_holds_what_its_reader_may_see_and_no_word_of_the_rest(
    office: Office, form: str, viewer: Viewer, seen: set[str]
) -> None:
    rows = ["kind,id,title.fr,source.title,audience", "call,public,Appel public,Page,"]
    rows += ["call,reserve,Appel au canal,Page,C0OTHER", "call,interne,Appel interne,Page,coordinators"]
    press(office, give(office, "\n".join(rows).encode()), "import_all")
    table_ = office.world.keeping.exchange.table("", viewer, form)
    assert isinstance(table_, bytes)
    assert {name for name in ("public", "reserve", "interne") if name in table_.decode()} == seen


def test_an_export_that_slack_refuses_says_so(office: Office) -> None:
    office.slack.refusals["conversations.open"] = ["missing_scope"]
    assert "pas pu vous envoyer" in office.command("export")


def test_a_table_from_windows_is_shown_in_that_encoding_before_it_is_read(office: Office) -> None:
    content = "kind,id,title.fr,source.title\ncall,ete,Été à Nîmes,Page\n".encode("cp1252")
    said = give(office, content)
    assert "Été à Nîmes" in words(said.params["blocks"]) and said.buttons("import_all") == []
    assert "1 nouvelle fiche" in press(office, said, "import_read")
    offered = office.slack.called("chat.update")[-1]
    press(office, offered, "import_all")
    assert office.facts() == ["ete"]
