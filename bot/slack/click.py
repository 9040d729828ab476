"""What a button carries to the click on it, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from bot.slack import limits

FEEDBACK: Final = "feedback"
"""The name of the action that rates an answer; its value is the verdict, a colon, and the key of the answer."""


WHY: Final = "why"
"""The name of the action that explains an answer."""


@dataclass(frozen=True, slots=True)
class Click:
    """What travels in a button's value: the argument of the action, the reader's language and the question that led
    here."""

    value: str
    lang: str = ""
    question: str = ""

    def dump(self) -> str:
        """At most the 2,000 characters that Slack allows; the question is left out when it does not fit."""
        for values in ({"v": self.value, "l": self.lang, "q": self.question}, {"v": self.value, "l": self.lang}):
            if len(text := _dumped(values)) <= limits.BUTTON_VALUE:
                return text
        return _dumped({"v": "", "l": self.lang})

    @classmethod
    def load(cls, text: str) -> Click:
        """Reads what `dump` wrote. Anything else, such as a forged value, gives an empty click."""
        try:
            values = json.loads(text)
            return cls(*(str(values.get(key) or "") for key in "vlq"))
        except (ValueError, AttributeError, RecursionError):
            return cls("")


def _dumped(values: dict[str, str]) -> str:
    """JSON without a character that marks up: what people wrote must stay dead wherever a button is shown."""
    text = json.dumps(values, ensure_ascii=False)
    return text.translate({ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&@"})
