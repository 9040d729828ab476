"""`entente play` as people start it: a process of its own, the shipped facts behind the page."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import what_is_missing
from tests.journeys.stand_in import eventually

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

if missing := what_is_missing():
    pytest.skip(missing, allow_module_level=True)

# That module skips itself in the same way, and a module that was skipped cannot be imported from.
from tests.browser.test_playground import last_answer, speak_as, write

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Playground:
    process: subprocess.Popen[str]
    address: str
    database: Path


def start(folder: Path, port: int) -> Playground:
    config, database = folder / "config.yaml", folder / "play.db"
    config.write_text("meaning: {encoder: none}\n")
    environ = {**os.environ, "ENTENTE_CONFIG": str(config), "ENTENTE_DB": str(database), "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "play"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    told = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/", told)
    assert found, told
    return Playground(process, found[0], database)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def playground(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playground]:
    started = start(tmp_path_factory.mktemp("play"), free_port())
    yield started
    if started.process.poll() is None:
        started.process.kill()
    started.process.communicate()


@pytest.fixture(scope="module")
def address(playground: Playground) -> str:
    return playground.address


def test_a_question_of_the_programme_is_answered_in_its_thread_with_the_source(page: Page) -> None:
    write(page, "@Entente Quand ferme JTC2024 ?")
    answer = last_answer(page)
    answer.get_by_text("5 mars 2024").first.wait_for()
    assert (
        answer.get_by_role("link", name=re.compile("JTC2024")).first.get_attribute("href")
        == "http://www.eppermed.eu/jtc2024"
    )


def test_a_choice_is_answered_in_place(page: Page) -> None:
    write(page, "@Entente JTC2025, ça ferme quand ?")
    answer = last_answer(page)
    answer.get_by_role("button", name=re.compile("JTC2025")).first.click()
    answer.get_by_text(re.compile(r"\d{1,2} \S+ 202[45]")).first.wait_for()
    assert answer.get_by_role("button", name=re.compile("JTC2025")).count() == 0


def test_a_thumb_is_thanked_for_and_kept_under_a_pseudonym(page: Page, playground: Playground) -> None:
    write(page, "@Entente Quand ferme JTC2024 ?")
    last_answer(page).get_by_role("button", name=re.compile("^Utile")).click()
    page.locator("#replies .message.ephemeral").get_by_text("Merci").wait_for()

    def kept() -> list[tuple[str, str]]:
        with closing(sqlite3.connect(f"{playground.database.as_uri()}?mode=ro", uri=True)) as connection:
            return list(connection.execute("SELECT person, verdict FROM feedback"))

    ((person, verdict),) = eventually(kept)
    assert verdict == "good" and re.fullmatch("[0-9a-f]{16}", person)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("/entente ask Quand ferme JTC2024 ?", "5 mars 2024"), ("/entente help", "Entente"), ("/entente", "Entente")],
)
def test_a_command_is_answered_to_one_person(page: Page, typed: str, told: str) -> None:
    shown = page.locator("#messages .message.ephemeral")
    before = shown.count()
    write(page, typed)
    shown.nth(before).get_by_text(told).first.wait_for()


def test_the_direct_message_suggests_questions_that_the_base_can_answer(page: Page) -> None:
    speak_as(page, "Coordinator (EN)")
    page.locator("#direct button").click()
    prompt = page.get_by_role("button", name="When did B1MG end?")
    prompt.click()
    last_answer(page, "#replies").get_by_text("2023").first.wait_for()


def test_a_table_is_given_in_the_direct_message_shown_imported_and_taken_back(page: Page) -> None:
    speak_as(page, "Coordinator (EN)")
    page.locator("#direct button").click()
    table = b"kind,id,title.en,source.title\ncall,quokka-1,Quokka call one,Page\ncall,quokka-2,Quokka call two,Page\n"
    page.locator("#write input[type=file]").set_input_files(
        {"name": "quokkas.csv", "mimeType": "text/csv", "buffer": table}
    )
    page.locator("#messages").get_by_role("link", name="quokkas.csv").wait_for()
    answer = last_answer(page, "#replies")
    answer.get_by_text("This file would give: 2 new facts").wait_for()
    answer.get_by_role("button", name="Import (2)").click()
    answer.get_by_text("Imported: 2 new facts").wait_for()
    answer.get_by_role("button", name="Undo").click()
    answer.get_by_text("2 facts").wait_for()
    assert page.locator("#replies .message[data-author=bot]").count() == 1


def test_a_message_is_saved_as_a_fact_from_its_menu(page: Page) -> None:
    speak_as(page, "Coordinator (EN)")
    write(page, "The Quokka agreement was signed in Lyon.")
    message = page.locator("#messages .message", has_text="Quokka agreement was signed").last
    message.hover()
    message.get_by_role("button", name="Save as a fact").click()
    offer = page.locator("#messages .message.ephemeral").last
    offer.get_by_role("button", name="agreement", exact=False).first.click()
    dialog = page.locator("#modal")
    dialog.get_by_text("Summary in English").wait_for()
    assert dialog.get_by_label("Summary in English").input_value() == "The Quokka agreement was signed in Lyon."
    assert "/archives/" in dialog.get_by_label("Source: address").input_value()
    dialog.locator("header .close").click()
    dialog.wait_for(state="hidden")


def test_a_coordinator_searches_for_countries_in_a_form_and_ticks_a_channel(page: Page) -> None:
    speak_as(page, "Coordinator (EN)")
    write(page, "/entente add call")
    dialog = page.locator("#modal")
    dialog.get_by_label("Title in English").fill("Call Zephyr")
    dialog.get_by_label("Source: title").fill("Letter")
    countries = dialog.get_by_role("combobox", name="Countries")
    for typed, name in (("swe", "Sweden"), ("denm", "Denmark")):
        countries.press_sequentially(typed)
        dialog.get_by_role("option", name=name, exact=True).click()
    dialog.get_by_label("#partners-en").check()
    dialog.get_by_role("button", name="Check").click()
    dialog.get_by_text("Before saving").wait_for()
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_text("Added").wait_for()
    dialog.get_by_role("button", name="Close").last.click()
    dialog.wait_for(state="hidden")
    write(page, "/entente history call-zephyr")
    page.locator("#messages .message.ephemeral").get_by_text("Call Zephyr").first.wait_for()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_well_when_told_to(browser: Browser, tmp_path: Path, number: signal.Signals) -> None:
    started = start(tmp_path, free_port())
    started.process.send_signal(number)
    told, _ = started.process.communicate(timeout=30)
    assert started.process.returncode == 0
    assert told.strip() == "Bac à sable arrêté."


def test_a_port_that_is_taken_is_told_in_a_line(playground: Playground, tmp_path: Path) -> None:
    port = re.findall(r"\d+", playground.address)[-1]
    command = [sys.executable, "-m", "bot", "play", "--port", port, "--db", str(tmp_path / "other.db")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"Le port {port} est déjà pris" in done.stdout
    assert done.stderr == ""


def test_the_home_tab_shows_the_page_of_whoever_speaks_and_its_buttons_act(page: Page) -> None:
    speak_as(page, "Coordinator (EN)")
    page.locator("#direct button").click()
    page.get_by_role("tab", name="Home").click()
    home = page.locator("#home")
    home.get_by_text("Your reminders").wait_for()
    home.get_by_role("button", name="When did B1MG end?").click()
    home.get_by_text("2023").first.wait_for()
    home.get_by_text("Your reminders").wait_for()


def test_a_calendar_is_handed_out_as_a_file_that_can_be_fetched(page: Page) -> None:
    speak_as(page, "Coordinator (EN)")
    write(page, "/entente calendar calls")
    page.locator("#messages .message.ephemeral").get_by_text("in a file in our direct conversation").last.wait_for()
    page.locator("#direct button").click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name=re.compile("entente-call.ics")).last.click()
    assert fetched.value.path().read_text("utf-8").startswith("BEGIN:VCALENDAR")
