"""The glossary of the team at its desk: the check before a pair counts, the list, taking out and putting back."""

from __future__ import annotations

from bot.desk.glossary import SHOWN, GlossaryDesk
from bot.i18n import Translator
from bot.terminal import render
from knowledge.base import KnowledgeBase
from knowledge.messages import Action, Actions, Message
from knowledge.records import FORMER_MEMBER
from knowledge.storage.memory import MemoryStore
from knowledge.storage.questions import MemoryQuestions
from tests.knowledge.asking import SHIPPED_DAY, StillClock, new_base, shipped_organisers, shipped_records

GOLDEN = ("Que sait-on du zorglub ?", "c'est quoi SeqOIA ?")


def base(store: MemoryStore | None = None) -> KnowledgeBase:
    records = [record for record in shipped_records() if record.kind == "organisation"]
    return new_base(shipped_organisers(), records, store)


def desk(kept: KnowledgeBase, golden: tuple[str, ...] = GOLDEN) -> GlossaryDesk:
    return GlossaryDesk(kept, MemoryQuestions(), lambda: SHIPPED_DAY, lambda: golden)


def said(message: Message, lang: str = "fr") -> str:
    return " ".join(render(message, lang, Translator()).split())


def actions(message: Message) -> list[Action]:
    return [action for part in message.parts if isinstance(part, Actions) for action in part.actions]


def test_a_pair_that_changes_no_answer_is_added_and_says_how_many_were_checked() -> None:
    kept = base()
    message = desk(kept).add("zygote  poétique = SeqOIA", "UANA")
    assert "2 questions ont été vérifiées" in said(message)
    assert [(pair.sides, pair.by) for pair in kept.glossary.pairs()] == [(("zygote poétique", "SeqOIA"), "UANA")]
    assert [action.name for action in actions(message)] == ["pair_remove"]


def test_a_pair_that_would_change_an_answer_is_not_added_and_names_the_question() -> None:
    kept = base()
    message = desk(kept).add("zorglub = SeqOIA", "UANA")
    assert "Rien n'est changé" in said(message) and "Que sait-on du zorglub" in said(message)
    assert kept.glossary.pairs() == ()
    (anyway,) = actions(message)
    assert (anyway.name, anyway.value) == ("pair_anyway", "zorglub = SeqOIA")
    assert "C'est fait" in said(desk(kept).add(anyway.value, "UANA", anyway=True))
    assert len(kept.glossary.pairs()) == 1


def test_what_cannot_be_read_or_is_known_changes_nothing() -> None:
    kept = base()
    for text, told in (
        ("zorglub", "ajoute une paire"),
        ("zorglub = chimère", "ne connaît ni"),
        ("le = SeqOIA", "vrai mot"),
    ):
        assert told in said(desk(kept).add(text, "UANA"))
        assert desk(kept).problem(text) is not None
    assert desk(kept).problem("zorglub = SeqOIA") is None
    desk(kept, ()).add("zorglub = SeqOIA", "UANA")
    assert "déjà" in said(desk(kept, ()).add("zorglub = SeqOIA", "UMARC"))
    assert len(kept.glossary.pairs()) == 1


def test_the_list_says_who_and_when_and_what_was_taken_out() -> None:
    kept = base()
    assert "aucune paire" in said(desk(kept).listing())
    desk(kept, ()).add("zorglub = SeqOIA", "UANA")
    desk(kept, ()).add("gluon = SeqOIA", "UANA")
    assert "C'est retiré" in said(desk(kept).remove("gluon", "UMARC"))
    listed = said(desk(kept).listing({"UANA": "Ana", "UMARC": "Marc"}.__getitem__))
    assert "« zorglub » = « SeqOIA », par Ana" in listed
    assert "Retirée : « gluon » = « SeqOIA », par Marc" in listed
    assert "zorglub" in said(desk(kept).listing(words="ZORG"))
    assert "Aucune paire" in said(desk(kept).listing(words="gluon"))


def test_a_pair_taken_out_can_be_put_back() -> None:
    kept = base()
    (remove,) = actions(desk(kept, ()).add("zorglub = SeqOIA", "UANA"))
    (back,) = actions(desk(kept).remove(remove.value, "UANA"))
    desk(kept).add(back.value, "UANA", anyway=back.name == "pair_anyway")
    assert [pair.in_force for pair in kept.glossary.pairs()] == [False, True]


def test_words_that_name_no_pair_or_several_take_nothing_out() -> None:
    kept = base()
    for said_word in ("zorglub", "gluon"):
        desk(kept, ()).add(f"{said_word} = SeqOIA", "UANA")
    for words in ("SeqOIA", "nothing", "7", "9" * 30, "gluon = autre"):
        assert "Aucune paire" in said(desk(kept).remove(words, "UANA"))
    assert "Taken out" in said(desk(kept).remove("gluon = SeqOIA", "UANA"), "en")


def test_a_long_list_is_cut_and_says_so() -> None:
    store = MemoryStore()
    kept = base(store)
    for number in range(SHOWN + 3):
        store.add_glossary_pair(f"mot{number}", "SeqOIA", FORMER_MEMBER, StillClock().now())
    message = desk(kept).listing()
    assert f"{SHOWN} sur {SHOWN + 3}" in said(message) and "un ancien membre" in said(message)
    assert len(actions(message)) == SHOWN
