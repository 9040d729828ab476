"""The list of what finds no answer, and what closing a gap gives back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.desk.gaps import SHOWN, GapDesk
from bot.i18n import Translator
from bot.terminal import render
from knowledge.asked import KeptQuestion
from knowledge.gaps import Gap, gaps
from knowledge.messages import Message, Phrase, Say
from knowledge.questions.form import Answer, Asked
from knowledge.storage.questions import MemoryQuestions

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


class Grouping:
    def show(self, record_id: str, asked: Asked) -> Answer:
        return Answer("sure", "lookup", asked.default_lang, Message((Say(Phrase("x", {"id": record_id})),)))

    def gaps(self, questions: list[KeptQuestion]) -> tuple[Gap, ...]:
        return gaps(questions, {})


def desk_with(*questions: tuple[str, str, str], keeps_text: bool = True) -> GapDesk:
    """A desk over (text, person, thread) of questions without an answer."""
    log = MemoryQuestions()
    for text, person, thread in questions:
        log.keep(KeptQuestion(NOW, text, "fr", "unknown", "lookup", "", person, thread), NOW - timedelta(days=1))
    return GapDesk(Grouping(), log, NOW.date, keeps_text)  # type: ignore[arg-type]


def said(desk: GapDesk, lang: str) -> str:
    return render(desk.listing(), lang, Translator())


def test_nothing_open_says_so() -> None:
    assert "No question is waiting" in said(desk_with(), "en")


def test_where_no_text_is_kept_the_setting_is_named() -> None:
    assert "keep_text" in said(desk_with(keeps_text=False), "fr")


def test_a_gap_is_shown_with_how_often_and_by_how_many() -> None:
    desk = desk_with(("comité Norvège ?", "p1", ""), ("le comité Norvège", "p2", ""))
    assert "« le comité Norvège » (posée 2 fois, par 2 personnes)" in said(desk, "fr").replace("\u00a0", " ").replace(
        "\u202f", " "
    )
    assert "comité Norvège ?" in said(desk, "en")


def test_a_long_list_says_how_many_more_there_are() -> None:
    names = [f"sujet{number} affaire{number}" for number in range(SHOWN + 2)]
    assert "And 2 more." in said(desk_with(*((name, "p1", "") for name in names)), "en")


def test_filling_a_gap_tells_each_conversation_once_and_closes_it() -> None:
    desk = desk_with(
        ("comité Norvège ?", "p1", "C1:1.1"), ("comité Norvège", "p2", "C1:1.1"), ("le comité Norvège", "p3", "C2:2.2")
    )
    (gap,) = desk.open()
    assert [told.thread for told in desk.fill(gap, "fiche")] == ["C1:1.1", "C2:2.2"]
    assert desk.open() == ()
    assert desk.find(gap.key) is None
