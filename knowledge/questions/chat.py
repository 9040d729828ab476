"""Courtesy: greetings, thanks, good-byes. A short, polite word back; never a fact."""

from __future__ import annotations

from knowledge.messages import Part, Phrase, Say
from knowledge.questions import phrases
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.say import reply
from knowledge.questions.view import View

NAME = "chat"
EXAMPLES = {"fr": ("Bonjour", "Merci, c'est parfait"), "en": ("Good morning", "Thanks, that is all")}


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when nothing but courtesy was said."""
    said = [name for name in ("who", "bye", "thanks", "hello") if phrases.CHAT[name].search(reading.folded)]
    if not said:
        return None
    rest = reading.folded
    for pattern in (phrases.COURTESY, *phrases.CHAT.values(), phrases.CHAT_FILLER):
        rest = pattern.sub(" ", rest)
    if rest.strip():
        return None
    parts: list[Part] = [Say(Phrase(f"chat.{said[0]}"))]
    return reply(reading, NAME, "chat", parts)
