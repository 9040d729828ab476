"""People before the playground, in a real browser, with a real Bolt app behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import what_is_missing

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

if missing := what_is_missing():
    pytest.skip(missing, allow_module_level=True)  # one line, however many tests
pytestmark = pytest.mark.browser


def write(page: Page, text: str, box: str = "#write") -> None:
    page.locator(f"{box} textarea").fill(text)
    page.locator(f"{box} textarea").press("Enter")


def last_answer(page: Page, place: str = "#replies") -> Locator:
    return page.locator(f"{place} .message[data-author=bot]").last


def speak_as(page: Page, name: str) -> None:
    page.locator("#people label", has_text=name).click()
    page.locator(f'html[data-speaker="{name}"]').wait_for()


def test_a_mention_is_answered_in_a_thread_and_a_click_replaces_the_answer(page: Page) -> None:
    page.get_by_role("button", name="Mentionner Entente").first.click()
    page.keyboard.type("which agreement?")
    page.keyboard.press("Enter")
    answer = last_answer(page)
    answer.get_by_text("Which one? which agreement?").wait_for()
    answer.get_by_role("button", name="Denmark").click()
    answer.get_by_text("You chose Denmark").wait_for()
    assert answer.get_by_role("button", name="Denmark").count() == 0
    assert page.locator("#messages .thread-link .count").last.inner_text() == "1 réponse"


def test_a_later_question_takes_the_place_of_the_thread(page: Page) -> None:
    write(page, "@Entente first question")
    last_answer(page).get_by_text("Which one? first question").wait_for()
    write(page, "@Entente second question")
    last_answer(page).get_by_text("Which one? second question").wait_for()
    assert page.locator("#replies").get_by_text("first question").count() == 0


def test_what_people_write_stays_text(page: Page) -> None:
    write(page, "@Entente <img src=x onerror=\"document.title='gone'\"> <b>& co</b>")
    last_answer(page).get_by_text("<b>& co</b>").wait_for()
    assert page.locator(".message img[src=x], .message b").count() == 0
    assert "Entente" in page.title()


def test_a_command_is_answered_to_one_person_only(page: Page) -> None:
    write(page, "/entente what is due?")
    answer = page.locator("#messages .message.ephemeral").last
    answer.get_by_text("Only you see this: what is due?").wait_for()
    assert "Visible par vous uniquement" in answer.inner_text()
    speak_as(page, "Team member (EN)")
    assert page.locator(".message.ephemeral", has_text="what is due?").count() == 0


def test_a_form_says_what_is_wrong_then_closes_and_the_note_arrives(page: Page) -> None:
    write(page, "/entente note")
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Keep").click()
    form.get_by_text("Ce champ est obligatoire.").wait_for()
    form.get_by_label("Words").fill("no")
    form.get_by_role("button", name="Keep").click()
    form.get_by_text("Too short").wait_for()
    form.get_by_label("Words").fill("a longer note")
    form.get_by_role("button", name="Keep").click()
    form.wait_for(state="hidden")
    page.locator("#direct button.unread").click()
    last_answer(page, "#messages").get_by_text("Noted: a longer note").wait_for()


def test_a_suggested_question_is_asked_with_one_click(page: Page) -> None:
    speak_as(page, "Membre de l’équipe (FR)")
    page.locator("#direct button").click()
    page.get_by_role("button", name="Next deadline?").click()
    last_answer(page).get_by_text("Which one? Next deadline?").wait_for()


def test_a_thumb_stays_down_and_the_bot_says_thanks(page: Page) -> None:
    write(page, "@Entente rate me")
    last_answer(page).get_by_role("button", name="Useful", exact=True).click()
    page.locator("#replies .message.ephemeral").get_by_text("Thank you").wait_for()
    assert page.locator("#replies .thumb[aria-pressed=true]").count() == 1


def test_the_page_speaks_the_language_of_the_person(page: Page) -> None:
    page.get_by_text("Parler en tant que").wait_for()
    speak_as(page, "Coordinator (EN)")
    page.get_by_text("Speak as").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "nothing leaves this machine" in page.locator(".note").inner_text()


def test_a_message_without_mention_is_pointed_out_before_it_is_sent(page: Page) -> None:
    page.locator("#write textarea").fill("no mention")
    page.locator("#write .hint", has_text=re.compile("@Entente")).wait_for()
    page.locator("#write textarea").fill("@Entente now it hears")
    assert page.locator("#write .hint").inner_text() == ""


def test_an_at_sign_offers_the_bot(page: Page) -> None:
    page.locator("#write textarea").press_sequentially("@ent")
    page.get_by_role("option", name="@Entente").wait_for()
    page.keyboard.press("Enter")
    assert page.locator("#write textarea").input_value() == "@Entente "


def test_everything_is_within_reach_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Canaux et personnes").click()
    page.locator("#channels button", has_text="partners-en").click()
    write(page, "@Entente from a phone")
    last_answer(page).get_by_text("Which one? from a phone").wait_for()
    page.get_by_role("button", name="Fermer").click()
    page.get_by_role("heading", name="# partners-en").wait_for()


def test_every_control_has_a_name(page: Page) -> None:
    write(page, "@Entente for the reader of screens")
    last_answer(page).get_by_role("button", name="Denmark").wait_for()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]), textarea, select, [role=tab]")]
        .filter((node) => node.checkVisibility())
        .filter((node) => !(node.getAttribute("aria-label") || node.innerText || node.closest("label")?.innerText))
        .map((node) => node.outerHTML)"""
    )
    assert nameless == []


def test_the_guide_is_one_click_away(page: Page) -> None:
    page.get_by_role("link", name="Aide").click()
    page.get_by_role("heading", level=1).wait_for()
    page.get_by_role("link", name=re.compile("Retour au bac à sable")).click()
    page.locator("#write textarea").wait_for()
