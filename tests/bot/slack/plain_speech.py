"""The simplest words: a phrase is its key and its arguments, a value is its `str`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.messages import Phrase


class PlainSpeech:
    """`Phrase("echo", {"text": t})` says `t` alone; any other phrase says its key, then its arguments."""

    def say(self, phrase: Phrase, lang: str) -> str:
        if phrase.key == "echo":
            return str(phrase.args["text"])
        return " ".join([f"[{lang}] {phrase.key}", *(self.show(value, lang) for value in phrase.args.values())])

    def show(self, value: Any, lang: str) -> str:
        return str(value.get(lang, "")) if isinstance(value, Mapping) else "" if value is None else str(value)
