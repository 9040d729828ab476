"""The Home tab: what each person sees there, in their language, and that every button on it acts and shows what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.playground.limits import check_view
from bot.slack.home import problems
from knowledge.ports import StoreUnavailable
from knowledge.records import Write
from tests.journeys import deliveries
from tests.journeys.running_bot import RunningBot, plain, running
from tests.journeys.stand_in import stand_in
from tests.journeys.views import live_marks, view_problems

ANA, MARC, GUEST, ELSE = "U0ANA", "U0MARC", "U0GUEST", "U0ELSE"
MONDAY = datetime(2028, 6, 5, 7, tzinfo=UTC)
"""Nine in Paris."""
CONFIG = """
meaning: {encoder: none}
coordinators: [U0ANA, U0MARC]
facts: [ours.yaml]
digests:
- {name: letter, channel: C0FR, cadence: daily, topics: [new]}
"""
FACTS = """
kind: call
facts:
- id: call-near
  title: {fr: Appel Zéphyr, en: Zephyr call}
  status: open
  closes: 2028-06-20
  source: {title: Letter, accessed: 2028-05-01}
- id: call-far
  title: {fr: Appel Lointain, en: Far call}
  closes: 2029-01-20
  source: {title: Letter, accessed: 2028-05-01}
- id: call-kept
  title: {fr: Appel Secret, en: Secret call}
  closes: 2028-06-21
  audience: [C0KEPT]
  source: {title: Letter, accessed: 2028-05-01}
- id: call-ours
  title: {fr: Appel des coordinateurs, en: Coordinators' call}
  closes: 2028-06-22
  audience: [coordinators]
  source: {title: Letter, accessed: 2028-05-01}
- id: call-old
  title: {fr: Appel Ancien, en: Old call}
  owner: U0ANA
  source: {title: Letter, accessed: 2026-01-01}
"""


@dataclass
class Bot(RunningBot):
    """With people before its Home tab."""

    def opens(self, user: str, tab: str = "home") -> Page:
        """The page that a person sees when they open the tab."""
        before = len(self.published())
        self.turns_to(user, tab)
        return self.page(user, before)

    def turns_to(self, user: str, tab: str) -> None:
        self.event(type="app_home_opened", user=user, tab=tab, channel="D1", event_ts="1.1")

    def click(self, page: Page, name: str, value: str = "") -> Page:
        """The page after a click on a button of it."""
        before = len(self.published())
        self.press(page, name, value)
        return self.page(page.user, before)

    def press(self, page: Page, name: str, value: str = "") -> None:
        self.send("interactive", deliveries.press(page.view, page.button(name, value), page.user, "VHOME"))

    def form(self, page: Page, name: str, value: str = "") -> dict[str, Any]:
        """The form that a click on a button of the page opens."""
        before = len(self.slack.called("views.open"))
        self.press(page, name, value)
        view = self.slack.wait_for("views.open", before + 1).params["view"]
        made: dict[str, Any] = json.loads(view) if isinstance(view, str) else view
        assert view_problems(made) == []
        return made

    def published(self) -> list[Any]:
        return self.slack.called("views.publish")

    def page(self, user: str, before: int) -> Page:
        """The next page that is published, which Slack takes and in which no mark of other people comes alive."""
        call = self.slack.wait_for("views.publish", before + 1)
        view = json.loads(call.params["view"]) if isinstance(call.params["view"], str) else call.params["view"]
        assert call.params["user_id"] == user
        assert problems(view) == check_view(view) == live_marks(view) == []
        return Page(user, view)


@dataclass(frozen=True)
class Page:
    """What one person sees."""

    user: str
    view: dict[str, Any]

    @property
    def text(self) -> str:
        return plain(json.dumps(self.view["blocks"], ensure_ascii=False))

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [one for block in self.view["blocks"] for one in block.get("elements", []) if one["type"] == "button"]

    def names(self) -> set[str]:
        return {str(button["action_id"]).partition(":")[0] for button in self.buttons}

    def button(self, name: str, value: str = "") -> dict[str, Any]:
        return next(
            one for one in self.buttons if one["action_id"].startswith(f"{name}:") and (f'"{value}' in one["value"])
        )


@pytest.fixture(params=["socket", "http"])
def bot(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bot]:
    (tmp_path / "ours.yaml").write_text(FACTS, "utf-8")
    with stand_in() as slack:
        for user, lang in ((ANA, "fr-FR"), (MARC, "en-GB"), (GUEST, "fr-FR"), (ELSE, "en-GB")):
            slack.profiles[user] = {"locale": lang, "profile": {"display_name": user[2:].title()}}
        slack.profiles[GUEST]["is_restricted"] = True
        with running(Bot, slack, tmp_path, CONFIG, MONDAY - timedelta(hours=1), request.param) as bot:
            yield bot


def test_each_person_sees_in_their_language_what_is_due_and_what_they_may_see(bot: Bot) -> None:
    member, coordinator, guest = bot.opens(ELSE), bot.opens(ANA), bot.opens(GUEST)
    assert "Deadlines of the next 30 days" in member.text
    assert "Zephyr call* — Closes: 20 June 2028" in member.text
    assert "Échéances des 30 prochains jours" in coordinator.text
    assert "Appel Zéphyr* — Clôture : 20 juin 2028" in coordinator.text
    for page in (member, guest, coordinator):
        assert "Lointain" not in page.text and "Far" not in page.text
        assert "Secret" not in page.text
    assert "Appel des coordinateurs" in coordinator.text
    assert "coordin" not in member.text.lower() and "coordin" not in guest.text.lower()
    # The counts do not tell of what is hidden either.
    assert "3 records" in member.text
    assert "La base compte 4 fiches" in coordinator.text


def test_what_waits_for_coordinators_is_shown_to_them_alone(bot: Bot) -> None:
    bot.command("ask Quand ferme l'appel Mistral de 2031 ?", ELSE)
    coordinator, others = bot.opens(ANA), [bot.opens(ELSE), bot.opens(GUEST)]
    assert {"gap_add", "gap_known", "gap_dismiss", "verify", "edit", "pass_on"} <= coordinator.names()
    assert "1 question attend une réponse" in coordinator.text and "Mistral" in coordinator.text
    assert "Appel Ancien" in coordinator.text
    for page in others:
        assert page.names() == {"prompt"}
        assert "Mistral" not in page.text and "Ancien" not in page.text


def test_the_heartbeat_of_digests_and_the_health_are_in_a_line_each(bot: Bot) -> None:
    before = bot.opens(ELSE)
    assert "Digest “letter”: it has not run yet. Next run on 5 June 2028 at 09:00." in before.text
    assert "for the first time" in before.text
    bot.clock.set(MONDAY)
    bot.ticker.run_once()
    after = bot.opens(ELSE)
    assert "Digest “letter”: quiet on 5 June 2028 at 09:00, for there was nothing to tell. Next run on 6" in after.text
    assert "All is well: 3 records, and what is due was last looked at on 5 June 2028 at 09:00." in after.text
    bot.clock.set(MONDAY + timedelta(hours=1))
    assert "Les rappels sont bloqués" in bot.opens(ANA).text


def test_a_fact_is_confirmed_from_the_page_which_is_then_published_without_it(bot: Bot) -> None:
    after = bot.click(bot.opens(ANA), "verify", "call-old")
    assert "Appel Ancien" in str(after.view["blocks"][0])
    record = bot.parts.base.record("call-old")
    assert record is not None and record.source.verified_by == ANA
    assert "call-old" not in json.dumps([one["value"] for one in bot.opens(ANA).buttons])


def test_a_fact_is_passed_on_from_the_page(bot: Bot) -> None:
    after = bot.click(bot.opens(ANA), "pass_on", "call-old")
    assert "Marc suit maintenant" in after.text
    assert "Old call" in bot.opens(MARC).text


def test_a_fact_is_edited_from_the_page_which_then_shows_it_as_it_is(bot: Bot) -> None:
    form = bot.form(bot.opens(ANA), "edit", "call-old")
    preview = bot.submit(form, {"closes": "30 juin 2028"}, ANA)["view"]
    before = len(bot.published())
    bot.submit(preview, {}, ANA)
    assert "Appel Ancien* — Clôture : 30 juin 2028" in bot.page(ANA, before).text


def test_a_gap_is_filled_from_the_page_and_whoever_asked_is_told(bot: Bot) -> None:
    bot.command("ask Quand ferme l'appel Mistral de 2031 ?", ELSE)
    kinds = bot.click(bot.opens(ANA), "gap_add")
    assert "add_kind" in kinds.names()
    form = bot.form(kinds, "add_kind", "call")
    typed = {
        "title.fr": "Appel Mistral 2031",
        "closes": "2031-03-01",
        "source.title": "Lettre",
        "source.url": "https://example.org/m",
    }
    preview = bot.submit(form, typed, ANA)["view"]
    before = len(bot.published())
    bot.submit(preview, {}, ANA)
    assert "Aucune question n'attend" in bot.page(ANA, before).text
    told = bot.slack.wait_for("chat.postMessage").params
    assert told["channel"] == ELSE and "Mistral" in told["text"]


def test_a_gap_is_closed_with_a_known_record_or_dismissed_from_the_page(bot: Bot) -> None:
    bot.command("ask Quand ferme l'appel Mistral de 2031 ?", ELSE)
    bot.command("ask Qui préside la commission des licornes ?", ELSE)
    page = bot.opens(ANA)
    form = bot.form(page, "gap_known")
    before = len(bot.published())
    assert bot.submit(form, {"line": "call-near"}, ANA) == {}
    left = bot.page(ANA, before)
    assert "1 question attend une réponse" in left.text
    after = bot.click(left, "gap_dismiss")
    assert "Aucune question n'attend" in after.text


def test_ones_own_reminders_are_taken_back_from_the_page(bot: Bot) -> None:
    assert "You are waiting for no reminder" in bot.opens(ELSE).text
    bot.command("remind me one week before call-far", ELSE)
    page = bot.opens(ELSE)
    assert "— Far call" in page.text
    assert "Far call" not in bot.opens(MARC).text
    after = bot.click(page, "reminder_cancel")
    assert "Taken back" in str(after.view["blocks"][0])
    assert "You are waiting for no reminder" in after.text
    # A page that was left open shows a button of what is gone: it says so.
    assert "gone" in str(bot.click(page, "reminder_cancel").view["blocks"][0])


def test_a_reminder_of_a_fact_that_was_limited_since_does_not_name_it(bot: Bot) -> None:
    bot.command("remind me one week before call-far", ELSE)
    record = bot.parts.base.record("call-far")
    assert record is not None
    hidden = replace(record, audience=("C0KEPT",), titles={"fr": "Nom secret", "en": "Secret name"})
    bot.parts.store.write([Write("amend", hidden, ANA, "", record.revision)], bot.clock.now())
    page = bot.opens(ELSE)
    assert "Secret" not in page.text and "reminder_cancel" not in page.names()


def test_a_question_is_asked_from_the_page_as_often_as_one_likes_and_its_answer_stands_on_top(bot: Bot) -> None:
    page = bot.opens(ELSE)
    for _ in range(2):
        page = bot.click(page, "prompt")
        assert page.view["blocks"][0]["block_id"].startswith("said-")
        assert "Deadlines of the next 30 days" in page.text
        assert "Secret" not in page.text
    rated = bot.click(page, "feedback") if "feedback" in page.names() else page
    assert "Deadlines of the next 30 days" in rated.text


def test_a_right_that_was_lost_since_the_page_was_opened_is_lost(bot: Bot) -> None:
    bot.command("ask Quand ferme l'appel Mistral de 2031 ?", ELSE)
    page = bot.opens(ANA)
    bot.slack.profiles[ANA]["is_restricted"] = True
    bot.event(type="user_change", user={"id": ANA})
    for name in ("verify", "pass_on", "edit", "gap_dismiss", "gap_known", "gap_add"):
        after = bot.click(page, name)
        assert "Seuls les coordinateurs" in str(after.view["blocks"][0])
        assert after.names() == {"prompt"}
    assert len(bot.parts.desks.gaps.open()) == 1


def test_much_is_shown_within_what_slack_takes(bot: Bot) -> None:
    for number in range(25):
        bot.command(f"ask Quand ferme l'appel Mistral{number} de {2031 + number} ?", f"U0A{number // 15}")
        bot.command(f"remind me {number + 1} days before call-far", f"U0B{number // 15}")
    outbox = bot.parts.desks.reminding.outbox
    assert outbox is not None
    page = bot.opens("U0B0")
    assert page.text.count("Appel Lointain") == 10
    assert "« /entente rappels » les montre tous." in page.text
    assert "gap_add" in bot.opens(ANA).names()


def test_nothing_breaks_where_the_home_tab_is_off(bot: Bot) -> None:
    bot.slack.refusals["views.publish"] = ["not_enabled"]
    bot.opens(ELSE)
    assert "Deadlines" in bot.opens(ELSE).text


def test_a_failure_behind_a_click_is_told_on_the_page(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    box = bot.parts.desks.reminding.outbox

    def full(*_: Any) -> bool:
        raise StoreUnavailable("disk full")

    def broken(*_: Any) -> bool:
        raise ZeroDivisionError

    bot.command("remind me one week before call-far", ANA)
    page = bot.opens(ANA)
    for wrong, sentence in ((full, "La base n'est pas joignable"), (broken, "Référence")):
        monkeypatch.setattr(type(box), "cancel_request", wrong)
        after = bot.click(page, "reminder_cancel")
        assert sentence in plain(str(after.view["blocks"][0]))
        assert after.view["blocks"][0]["block_id"].startswith("said-")


def test_the_messages_tab_still_suggests_questions(bot: Bot) -> None:
    bot.turns_to(ELSE, "messages")
    bot.slack.wait_for("assistant.threads.setSuggestedPrompts")
    assert bot.published() == []
