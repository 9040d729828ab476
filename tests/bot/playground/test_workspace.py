"""The workspace in memory: what people would see in Slack."""

from __future__ import annotations

from bot.playground.people import BOT_USER_ID, PEOPLE, dm_of
from bot.playground.values import RESPONSE_URL_USES, TRIGGER_LIFE, Change, Prompts
from bot.playground.workspace import Workspace

CHANNEL = "C0INTERNAT"
ASKER, OTHER = PEOPLE[0].id, PEOPLE[1].id


class Clock:
    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


def heard(workspace: Workspace) -> list[Change]:
    changes: list[Change] = []
    workspace.subscribe(changes.append)
    return changes


def test_two_people_speak_french_and_two_english() -> None:
    assert sorted(person.lang for person in PEOPLE) == ["en", "en", "fr", "fr"]


def test_messages_of_the_same_instant_have_different_ts_in_order() -> None:
    workspace = Workspace(Clock())
    written = [workspace.post(CHANNEL, ASKER, str(number)).ts for number in range(50)]
    assert written == sorted(set(written))
    assert all(len(ts.partition(".")[2]) == 6 for ts in written)


def test_a_reply_is_in_its_thread_and_not_in_the_channel() -> None:
    workspace = Workspace(Clock())
    question = workspace.post(CHANNEL, ASKER, "?")
    reply = workspace.post(CHANNEL, BOT_USER_ID, "!", thread_ts=question.ts)
    assert workspace.history(CHANNEL) == [question]
    assert workspace.history(CHANNEL, thread_ts=question.ts) == [question, reply]
    assert workspace.replies(CHANNEL, question.ts) == [reply]


def test_a_reply_to_a_reply_joins_the_thread_of_its_parent() -> None:
    workspace = Workspace(Clock())
    question = workspace.post(CHANNEL, ASKER, "?")
    reply = workspace.post(CHANNEL, BOT_USER_ID, "!", thread_ts=question.ts)
    assert workspace.post(CHANNEL, ASKER, "?!", thread_ts=reply.ts).thread_ts == question.ts


def test_an_ephemeral_message_is_seen_by_one_person_only() -> None:
    workspace = Workspace(Clock())
    workspace.post(CHANNEL, BOT_USER_ID, "psst", only_for=ASKER)
    assert [post.text for post in workspace.history(CHANNEL, ASKER)] == ["psst"]
    assert workspace.history(CHANNEL, OTHER) == []
    assert workspace.history(CHANNEL) == []


def test_an_edit_keeps_what_it_does_not_name() -> None:
    workspace = Workspace(Clock())
    post = workspace.post(CHANNEL, BOT_USER_ID, "before", [{"type": "divider"}])
    edited = workspace.edit(CHANNEL, post.ts, "after", None)
    assert edited is not None
    assert (edited.text, edited.blocks, edited.ts) == ("after", ({"type": "divider"},), post.ts)
    assert edited.edited


def test_an_id_is_never_given_again_even_by_a_later_run() -> None:
    clock = Clock()
    earlier = Workspace(clock)
    first = {earlier.next_id("Ev") for _ in range(20)}
    assert len(first) == 20
    clock.seconds += 1
    later = Workspace(clock)
    assert first.isdisjoint({later.next_id("Ev") for _ in range(20)})


def test_every_change_is_told_until_one_stops_listening() -> None:
    workspace = Workspace(Clock())
    changes: list[Change] = []
    stop = workspace.subscribe(changes.append)
    post = workspace.post(CHANNEL, ASKER, "?")
    workspace.edit(CHANNEL, post.ts, "!", None)
    workspace.remove(CHANNEL, post.ts)
    stop()
    workspace.post(CHANNEL, ASKER, "again")
    assert [(change.kind, change.ts) for change in changes] == [(kind, post.ts) for kind in ("post", "edit", "remove")]


def test_a_message_of_the_bot_ends_its_status() -> None:
    workspace = Workspace(Clock())
    workspace.set_status(CHANNEL, "", "looks it up…")
    changes = heard(workspace)
    workspace.post(CHANNEL, BOT_USER_ID, "found")
    assert [(change.kind, change.note) for change in changes] == [("status", ""), ("post", "")]


def test_a_trigger_serves_once_and_not_for_long() -> None:
    clock = Clock()
    workspace = Workspace(clock)
    once, late = workspace.new_trigger(ASKER), workspace.new_trigger(ASKER)
    assert workspace.take_trigger(once) == (ASKER, "")
    assert workspace.take_trigger(once) == ("", "exchanged_trigger_id")
    clock.seconds += TRIGGER_LIFE + 0.1
    assert workspace.take_trigger(late) == ("", "expired_trigger_id")
    assert workspace.take_trigger("made up") == ("", "invalid_trigger_id")


def test_a_response_url_serves_five_times_within_half_an_hour() -> None:
    clock = Clock()
    workspace = Workspace(clock)
    name = workspace.grant_response(ASKER, CHANNEL)
    assert [workspace.use_response(name) is not None for _ in range(RESPONSE_URL_USES + 1)] == [True] * 5 + [False]
    late = workspace.grant_response(ASKER, CHANNEL)
    clock.seconds += 1801
    assert workspace.use_response(late) is None


def test_modals_pile_up_and_close_from_the_front() -> None:
    workspace = Workspace(Clock())
    first = workspace.open_view(ASKER, {"type": "modal", "title": 1})
    second = workspace.open_view(ASKER, {"type": "modal", "title": 2}, push=True)
    assert (second.root_id, second.previous_id) == (first.id, first.id)
    assert workspace.close_view(ASKER) == (second,)
    assert workspace.stack(ASKER) == (first,)
    assert workspace.stack(OTHER) == ()


def test_an_update_gives_a_view_a_new_hash_and_the_same_id() -> None:
    workspace = Workspace(Clock())
    view = workspace.open_view(ASKER, {"type": "modal", "external_id": "mine"})
    updated = workspace.update_view("mine", {"type": "modal"})
    assert updated is not None
    assert updated.id == view.id
    assert updated.hash != view.hash


def test_prompts_are_those_of_one_direct_message() -> None:
    workspace = Workspace(Clock())
    workspace.suggest(dm_of(ASKER), Prompts("Try", (("a", "b"),)))
    assert workspace.prompts(dm_of(ASKER)).title == "Try"
    assert workspace.prompts(dm_of(OTHER)).prompts == ()


def test_a_conversation_is_found_by_id_by_name_and_by_person() -> None:
    workspace = Workspace(Clock())
    assert workspace.channel_for("#international") is workspace.channel_for(CHANNEL)
    found = workspace.channel_for(ASKER)
    assert found is not None
    assert found.id == dm_of(ASKER)
    assert workspace.channel_for("C404") is None
    assert workspace.channel_for(BOT_USER_ID) is None
