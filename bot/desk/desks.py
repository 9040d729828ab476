"""The desks of one bot, each for something that people do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.desk.calendars import CalendarDesk
from bot.desk.forgetting import ForgetDesk
from bot.desk.gaps import GapDesk
from bot.desk.glossary import GlossaryDesk
from bot.desk.home import HomeDesk
from bot.desk.keeping import Keeping
from bot.desk.own_reminders import OwnDesk
from bot.desk.reminder_acts import ActDesk
from bot.desk.reminding import RemindDesk
from bot.desk.reviewing import ReviewDesk
from bot.desk.tuning import TuningDesk
from bot.desk.values import Person, Reply


class Answers(Protocol):
    """The part of `bot.desk.Desk` that surfaces call."""

    def ask(self, text: str, person: Person, thread: str = "", lang: str | None = None) -> Reply: ...

    def choose(
        self, record_id: str, person: Person, thread: str = "", lang: str | None = None, question: str = ""
    ) -> Reply: ...

    def why(self, question: str, person: Person, thread: str = "", lang: str | None = None) -> Reply: ...

    def help(self, person: Person, page: str = "", lang: str | None = None) -> Reply: ...

    def rate(self, answer_key: str, verdict: str, person: Person, lang: str | None = None) -> Reply: ...

    def prompts(self, lang: str) -> tuple[str, ...]: ...

    def language(self, person: Person) -> str: ...


@dataclass(frozen=True, slots=True)
class Desks:
    """`asking` answers questions, `gaps` shows what finds no answer, `reminding` what will be said, `acting` keeps what
    people do about reminders, `own` those that they ask for themselves, `tuning` gives records more
    names, `keeping` is what coordinators do with facts, `forgetting` drops what is kept of a person,
    `reviewing` shows what wants to be looked at again, `glossary` keeps the team's pairs of words."""

    asking: Answers
    gaps: GapDesk
    reminding: RemindDesk
    tuning: TuningDesk
    keeping: Keeping
    forgetting: ForgetDesk
    reviewing: ReviewDesk
    glossary: GlossaryDesk
    acting: ActDesk
    own: OwnDesk
    calendars: CalendarDesk

    @property
    def home(self) -> HomeDesk:
        """Puts the home page of a person together."""
        return HomeDesk(self.reminding, self.gaps, self.reviewing, self.own)
