"""A question as it is kept after it was asked: what became of it, and where to tell its asker what has been found since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Outcome = Literal["", "answered", "dismissed"]
BAD: Final = "bad"
"""The verdict of somebody whom the answer did not help."""


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """One question. `text` is empty where the team keeps none. `band` says how it was answered, `fact` with which record
    ("" for none); `person` is a pseudonym and `thread` the conversation it was asked in. `answer` is the key under which it
    is rated, `verdict` the rating. `outcome` is what a coordinator made of it since. `seq` is given by the log."""

    at: datetime
    text: str
    lang: str
    band: str
    form: str
    fact: str = ""
    person: str = ""
    thread: str = ""
    answer: str = ""
    verdict: str = ""
    outcome: Outcome = ""
    seq: int = 0

    @property
    def is_gap(self) -> bool:
        """Whether it still waits for an answer: none was found, or the one given was rated bad."""
        return bool(self.text) and not self.outcome and (self.band == "unknown" or self.verdict == BAD)
