"""What a thread is about from one answer to the next."""

from __future__ import annotations

from knowledge.questions import thread
from knowledge.questions.form import Asked, Topic
from tests.knowledge.asking import Asker


def test_a_topic_is_the_same_after_it_was_kept() -> None:
    topic = Topic(("a", "b"), "closes", "list", "fr", "et en mars ?", "quels appels en mars", ("a", "b", "c"), "d")
    assert Topic.load(topic.dump()) == topic


def test_a_topic_that_an_older_version_kept_is_read() -> None:
    assert Topic.load({"facts": ["a"], "field": "closes"}) == Topic(("a",), "closes")


def test_a_list_is_what_was_shown_until_another_one_is(ask: Asker) -> None:
    listed, picked, field = ask.thread("Quels accords avec la Suède ?", "la deuxième", "qui l'a signée ?")
    assert listed.topic and picked.topic and field.topic
    assert listed.topic.shown == picked.topic.shown == field.topic.shown == listed.facts
    assert picked.topic.facts == (listed.facts[1],)


def test_the_fact_before_is_kept(ask: Asker) -> None:
    _, second, third = ask.thread("What is SeqOIA?", "What is AURAGEN?", "and CRefIX?")
    assert second.topic and third.topic
    assert (second.topic.before, third.topic.before) == ("seqoia", "auragen")


def test_a_question_that_strays_leaves_the_thread_where_it_was(ask: Asker) -> None:
    _, stray, after = ask.thread(
        "When does JTC2024 close?", "what's the weather like in the office?", "and the budget?"
    )
    assert stray.band == "unknown"
    assert (after.facts, after.value) == (("appel-ep-permed-jtc2024",), 45_000_000)


def test_what_was_not_found_is_in_no_focus(ask: Asker) -> None:
    _, unknown, after = ask.thread("What is SeqOIA?", "Do we have an agreement with Japan?", "when was it signed?")
    assert unknown.topic and unknown.topic.facts == ()
    assert after.band != "sure"


def test_a_fact_called_by_its_name_is_in_focus_though_it_does_not_answer(ask: Asker) -> None:
    _, after = ask.thread("Qui préside GA4GH ?", "c'est quoi ?")
    assert (after.band, after.facts) == ("sure", ("ga4gh",))


def test_of_several_the_linked_one_is_closest_then_the_likest(ask: Asker) -> None:
    view, _, _ = ask.state()
    focus = view.records["mou-danemark-dngc-2023"]
    swedish = [view.records[name] for name in ("partenariat-france-suede-2017", "mou-suede-gms-2021")]
    assert thread.closest(swedish, focus) == view.records["mou-suede-gms-2021"]
    linked = [view.records["activite-sources-financement"], *swedish]
    assert thread.closest(linked, focus) == view.records["activite-sources-financement"]
    assert thread.closest([], focus) is None


def test_a_pair_is_the_two_shown_or_the_last_two_in_focus(museum: Asker) -> None:
    view, _, _ = museum.state()
    shown = Topic(facts=("expo-cartes",), shown=("expo-cartes", "expo-verre"))
    assert [record.id for record in thread.pair(shown, view)] == ["expo-cartes", "expo-verre"]
    spoken = Topic(facts=("expo-cartes",), before="expo-verre")
    assert [record.id for record in thread.pair(spoken, view)] == ["expo-verre", "expo-cartes"]
    assert thread.pair(Topic(facts=("expo-cartes",)), view) == ()


def test_after_a_click_on_one_of_two_the_other_can_be_asked_for(ask: Asker) -> None:
    choice = ask("JTC2025, date limite ?")
    clicked = ask.base.show(choice.facts[1], Asked("JTC2025, date limite ?", ask.today, topic=choice.topic))
    other = ask("et l'autre ?", topic=clicked.topic)
    assert (clicked.facts, other.facts) == (choice.facts[1:2], choice.facts[:1])
    assert other.field == "closes"
