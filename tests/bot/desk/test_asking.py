"""What a person may do, whatever the surface: asked of a base that remembers what reaches it."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest

from bot.desk import QUESTION_LIMIT, TOPIC_LIFE, Desk, Person, Reply, clean
from knowledge.glossary_pairs import GlossaryPair
from knowledge.keeping import Shift
from knowledge.messages import Message, Note, Phrase, Say
from knowledge.questions.form import Answer, Asked, Band, Topic
from knowledge.records import Record
from knowledge.storage.memory import MemoryStore
from knowledge.storage.questions import MemoryQuestions

EVENING = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
MARIE, JOHN = Person("U1", "fr"), Person("U2", "en")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.moment = EVENING

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, time: timedelta) -> None:
        self.moment += time


class NoGlossary:
    """Keeps no pair and proposes none."""

    def pairs(self) -> tuple[GlossaryPair, ...]:
        return ()

    def check(self, said: str, means: str) -> Phrase:
        return Phrase("glossary.empty")

    def preview(self, sides: tuple[str, str], questions: object, today: date) -> tuple[Shift, ...]:
        return ()

    def add(self, sides: tuple[str, str], by: str) -> None:
        return None

    def remove(self, number: int, by: str) -> None:
        return None

    def proposals(self, text: str, record_id: str, titles: object) -> tuple[tuple[str, str], ...]:
        return ()


class FakeBase:
    """Answers "<band>: anything" in that band, about `fact-<number>`; "help" as the form of that name."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.glossary = NoGlossary()
        self.shown: list[tuple[str, Asked]] = []
        self._numbers = itertools.count(1)

    def ask(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        if asked.text == "help":
            return Answer("chat", "help", "en", Message(()))
        band = cast("Band", asked.text.partition(":")[0] if ":" in asked.text else "sure")
        return self._answer(band, f"fact-{next(self._numbers)}", asked)

    def show(self, record_id: str, asked: Asked) -> Answer:
        self.shown.append((record_id, asked))
        return self._answer("sure", record_id, asked)

    def record(self, record_id: str) -> Record | None:
        return None

    def why(self, asked: Asked) -> tuple[Phrase, ...]:
        self.asked.append(asked)
        return (Phrase("why.line"),)

    def _answer(self, band: Band, fact: str, asked: Asked) -> Answer:
        topic = None if band == "chat" else Topic((fact,), "closes", "attribute", "fr", asked.text)
        lang = asked.lang or asked.default_lang
        return Answer(band, "attribute", lang, Message((Say(Phrase("x")),)), (fact,), topic=topic)


class Office:
    """A desk and everything around it."""

    def __init__(self, secret: str = "s1", keep_text: bool = True) -> None:
        self.base, self.store, self.clock, self.log = FakeBase(), MemoryStore(), Clock(), MemoryQuestions()
        prompts = {"fr": ("a ?", "b ?", "c ?", "d ?", "e ?")}
        self.desk = Desk(
            self.base, self.store, self.clock, "Europe/Paris", ("fr", "en"), prompts, secret, self.log, keep_text, 30
        )

    def topic_of(self, text: str, thread: str) -> Topic | None:
        """The topic with which a question of a thread reaches the base."""
        self.desk.ask(text, MARIE, thread)
        return self.base.asked[-1].topic


@pytest.fixture
def office() -> Office:
    return Office()


def keys(reply: Reply) -> list[str]:
    return [part.phrase.key for part in reply.message.parts if isinstance(part, Say | Note)]


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  Quand   ferme\tJTC2024\n? ", "Quand ferme JTC2024 ?"),
        ("JTC\uff12\uff10\uff12\uff14", "JTC2024"),
        ("\ufb01n", "fin"),
        ("e\u0301te\u0301", "été"),
        ("a\u202eb\u2066c\u200bd\ufeffe", "abcde"),
        ("a\x00b\x07c\x1b[31m", "a b c [31m"),
        ("a\u2028b\u2029c", "a b c"),
        ("\uff1c!channel\uff1e", "<!channel>"),
        ("\ud800", "?"),
        ("", ""),
        ("\u200f\u202a", ""),
    ],
)
def test_text_is_cleaned_before_anything_reads_it(office: Office, raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned
    office.desk.ask(raw, MARIE)
    assert office.base.asked[-1].text == cleaned


def test_cleaning_twice_changes_nothing() -> None:
    once = clean(" \uff1c!channel\uff1e\u202e Été\u0301\x00 ")
    assert clean(once) == once


@pytest.mark.parametrize(("length", "noted"), [(QUESTION_LIMIT, False), (QUESTION_LIMIT + 1, True), (10_000, True)])
def test_a_question_longer_than_is_read_says_so(office: Office, length: int, noted: bool) -> None:
    reply = office.desk.ask("a" * length, MARIE)
    assert (keys(reply) == ["x", "truncated.question"]) is noted
    if noted:
        last = reply.message.parts[-1]
        assert isinstance(last, Note) and last.phrase.args == {"limit": 300}


def test_the_length_that_counts_is_that_of_the_cleaned_text(office: Office) -> None:
    assert keys(office.desk.ask("a " + " " * 400 + "b", MARIE)) == ["x"]


def test_no_more_of_a_question_than_is_read_goes_any_further(office: Office) -> None:
    office.desk.ask("a" * 10_000, MARIE, "T1")
    assert len(office.base.asked[-1].text) == QUESTION_LIMIT
    kept = office.store.topic("T1", EVENING)
    assert kept is not None and len(kept["text"]) == QUESTION_LIMIT


def test_a_day_is_that_of_the_programme_not_of_the_machine(office: Office) -> None:
    assert office.desk.today() == date(2026, 11, 24), "half past midnight in Paris"
    office.desk.ask("Quand ?", MARIE)
    assert office.base.asked[-1].today == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("person", "default"), [(MARIE, "fr"), (JOHN, "en"), (Person("U3"), "fr"), (Person("U4", "de"), "fr")]
)
def test_the_language_of_a_person_is_the_default_and_one_asked_for_overrides(
    office: Office, person: Person, default: str
) -> None:
    office.desk.ask("JTC ?", person)
    assert (office.base.asked[-1].default_lang, office.base.asked[-1].lang) == (default, None)
    assert office.desk.ask("JTC ?", person, lang="en").lang == "en"
    assert office.desk.language(person) == default


def test_what_a_thread_is_about_is_kept_for_its_next_question(office: Office) -> None:
    assert office.topic_of("Quand ferme-t-il ?", "T1") is None
    topic = office.topic_of("et le budget ?", "T1")
    assert topic == Topic(("fact-1",), "closes", "attribute", "fr", "Quand ferme-t-il ?")
    assert office.topic_of("et l'heure ?", "T1") == Topic(("fact-2",), "closes", "attribute", "fr", "et le budget ?")


def test_one_thread_knows_nothing_of_another(office: Office) -> None:
    office.desk.ask("Quand ?", MARIE, "T1")
    assert office.topic_of("Quand ?", "T2") is None


def test_outside_any_thread_nothing_is_kept(office: Office) -> None:
    office.desk.ask("Quand ?", MARIE)
    assert office.topic_of("Et quand ?", "") is None


def test_a_courtesy_leaves_the_topic_as_it_was(office: Office) -> None:
    office.desk.ask("Quand ?", MARIE, "T1")
    office.desk.ask("chat: merci", MARIE, "T1")
    topic = office.topic_of("et le budget ?", "T1")
    assert topic is not None and topic.facts == ("fact-1",)


@pytest.mark.parametrize(
    ("later", "kept"),
    [(TOPIC_LIFE - timedelta(seconds=1), True), (TOPIC_LIFE, False), (TOPIC_LIFE + timedelta(days=3), False)],
)
def test_a_topic_is_forgotten_after_half_a_day(office: Office, later: timedelta, kept: bool) -> None:
    assert timedelta(hours=12) == TOPIC_LIFE
    office.desk.ask("Quand ?", MARIE, "T1")
    office.clock.pass_by(later)
    assert (office.topic_of("et le budget ?", "T1") is not None) is kept


def test_each_answer_makes_the_topic_last_again(office: Office) -> None:
    for _ in range(3):
        office.desk.ask("Quand ?", MARIE, "T1")
        office.clock.pass_by(timedelta(hours=11))
    assert office.topic_of("et le budget ?", "T1") is not None


def test_a_choice_answers_the_question_asked_with_the_fact_chosen(office: Office) -> None:
    office.desk.ask("unsure: quand ferme JTC2025 ?", MARIE, "T1")
    reply = office.desk.choose("fact-b", MARIE, "T1", question=" quand ferme\u202e JTC2025 ? ")
    record_id, asked = office.base.shown[-1]
    assert (record_id, asked.text) == ("fact-b", "quand ferme JTC2025 ?")
    assert reply.answer is not None and reply.answer.facts == ("fact-b",)
    topic = office.topic_of("et le budget ?", "T1")
    assert topic is not None and topic.facts == ("fact-b",), "the fact chosen is now in focus"


def test_a_choice_is_shown_in_the_language_of_the_question(office: Office) -> None:
    assert office.desk.choose("fact-b", MARIE, "T1", lang="en", question="when?").lang == "en"


@pytest.mark.parametrize(("band", "rated"), [("sure", True), ("unknown", True), ("unsure", False), ("chat", False)])
def test_an_answer_can_be_rated_where_that_makes_sense(office: Office, band: str, rated: bool) -> None:
    assert bool(office.desk.ask(f"{band}: x", MARIE).answer_key) is rated


def test_a_rating_keeps_a_pseudonym_and_not_the_person_nor_the_question(office: Office) -> None:
    reply = office.desk.ask("sure: qui a signé le mémorandum ?", MARIE)
    thanks = office.desk.rate(reply.answer_key, "good", MARIE)
    ((answer, person, verdict),) = office.store.feedback()
    assert (verdict, keys(thanks), thanks.lang) == ("good", ["feedback.thanks"], "fr")
    assert person == office.desk.pseudonym(MARIE) and MARIE.id not in person
    assert answer == reply.answer_key and "signé" not in answer and "memorandum" not in answer


def test_a_second_thought_replaces_the_first_and_another_person_adds_one(office: Office) -> None:
    key = office.desk.ask("sure: x", MARIE).answer_key
    for person, verdict in ((MARIE, "good"), (MARIE, "bad"), (JOHN, "good")):
        office.desk.rate(key, verdict, person)
    assert sorted(verdict for _, _, verdict in office.store.feedback()) == ["bad", "good"]


def test_a_pseudonym_depends_on_the_secret(office: Office) -> None:
    assert office.desk.pseudonym(MARIE) == office.desk.pseudonym(Person("U1", "en"))
    assert office.desk.pseudonym(MARIE) != office.desk.pseudonym(JOHN)
    assert office.desk.pseudonym(MARIE) != Office("s2").desk.pseudonym(MARIE)


def test_the_same_question_has_the_same_key_and_another_has_not(office: Office) -> None:
    first, again, other = (office.desk.choose("fact-b", MARIE, question=text) for text in ("a ?", "a ?", "b ?"))
    assert first.answer_key == again.answer_key != other.answer_key


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_help_has_a_start_page_and_others_in_each_language(office: Office, lang: str) -> None:
    start = office.desk.help(MARIE, lang=lang)
    assert start.lang == lang and start.message.parts and start.answer_key == ""
    assert office.desk.help(MARIE, "list", lang).message != start.message


def test_a_page_that_does_not_exist_gives_the_first_one_and_says_so(office: Office) -> None:
    reply = office.desk.help(JOHN, "no such page")
    assert "help.unknown_page" in keys(reply)
    assert len(reply.message.parts) > 1 and reply.lang == "en"


def test_asking_for_help_in_words_gives_the_start_page(office: Office) -> None:
    reply = office.desk.ask("help", MARIE, "T1")
    assert reply.message == office.desk.help(MARIE, lang="en").message
    assert office.store.topic("T1", EVENING) is None


def test_at_most_four_questions_are_suggested(office: Office) -> None:
    assert office.desk.prompts("fr") == ("a ?", "b ?", "c ?", "d ?")
    assert office.desk.prompts("en") == ()


def test_a_question_is_kept_with_what_became_of_it_and_no_name(office: Office) -> None:
    office.desk.ask("unknown: où ?", MARIE, "C1:1.1")
    (kept,) = office.log.questions()
    assert (kept.text, kept.band, kept.fact, kept.thread) == ("unknown: où ?", "unknown", "", "C1:1.1")
    assert kept.person == office.desk.pseudonym(MARIE) != MARIE.id
    assert kept.is_gap


def test_a_sure_answer_is_kept_with_its_fact_and_becomes_a_gap_when_it_is_rated_bad(office: Office) -> None:
    reply = office.desk.ask("sure: quand ?", MARIE)
    assert (office.log.questions()[0].fact, office.log.questions()[0].is_gap) == ("fact-1", False)
    office.desk.rate(reply.answer_key, "bad", MARIE)
    assert office.log.questions()[0].is_gap


def test_without_leave_no_text_is_kept() -> None:
    office = Office(keep_text=False)
    office.desk.ask("unknown: où ?", MARIE)
    assert office.log.questions()[0].text == ""


def test_chat_and_help_are_not_kept(office: Office) -> None:
    office.desk.ask("chat: bonjour", MARIE)
    office.desk.ask("help", MARIE)
    assert list(office.log.questions()) == []


def test_questions_are_dropped_after_their_time(office: Office) -> None:
    office.desk.ask("unknown: où ?", MARIE)
    office.clock.pass_by(timedelta(days=31))
    office.desk.ask("unknown: quand ?", MARIE)
    assert [kept.text for kept in office.log.questions()] == ["unknown: quand ?"]


def test_why_is_told_of_the_question_in_its_conversation(office: Office) -> None:
    office.desk.ask("sure: quand ?", MARIE, "C1:1.1")
    reply = office.desk.why("sure: quand ?", MARIE, "C1:1.1", "en")
    asked = office.base.asked[-1]
    assert (asked.text, asked.topic is not None and asked.topic.facts) == ("sure: quand ?", ("fact-1",))
    assert (keys(reply), reply.lang) == (["why.lead", "why.line"], "en")
