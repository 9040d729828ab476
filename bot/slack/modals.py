"""Forms and small windows of Slack: a kind of fact as a view, what was filled in, and problems under their inputs. Pure.

A view holds at most 100 blocks: a kind with more inputs than `PAGE` is filled in over several pages, whose answers are
gathered in a draft.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from bot.desk.fact_form import Input, Typed
from bot.slack.blocks import render
from bot.slack.escaping import label as escaped_label
from bot.slack.limits import cut
from bot.slack.speech import Speech, pick
from knowledge.messages import Message, Phrase, Text
from knowledge.records import Problem

FORM: Final = "fact_form"
PREVIEW: Final = "fact_preview"
DONE: Final = "fact_done"
PAGE: Final = 90
TITLE: Final = 24
OPTIONS: Final = 100
_LABEL: Final = 150
_OPTION: Final = 75
INITIAL: Final = 3000
"""Characters that Slack shows in an input when it opens."""
_ACTION: Final = "typed"
_MEMBER: Final = re.compile(r"[UW][A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What travels with a form: its draft, the kind, the fact that is amended ("" for a new one) and the revision that the
    person saw, the page, the language, and the channel to answer in."""

    draft: str
    kind: str
    record: str = ""
    revision: int = 0
    page: int = 0
    lang: str = "fr"
    channel: str = ""

    def dump(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> Ticket:
        """Reads what `dump` wrote. Raises ValueError for anything else."""
        try:
            return cls(**json.loads(text))
        except TypeError as error:
            raise ValueError(str(error)) from None


def pages(inputs: Sequence[Input]) -> list[Sequence[Input]]:
    return [inputs[start : start + PAGE] for start in range(0, len(inputs), PAGE)]


def form(
    inputs: Sequence[Input],
    typed: Typed,
    ticket: Ticket,
    speech: Speech,
    *,
    problems: Mapping[str, str] | None = None,
    said: Phrase | None = None,
) -> dict[str, Any]:
    """The view of one page of a form, filled. `said` stands above the inputs; so do `problems` (sentences by key), where
    Slack gives no place to show them under theirs."""
    everything = pages(inputs)
    lang, shown = ticket.lang, everything[min(ticket.page, len(everything) - 1)]
    blocks: list[dict[str, Any]] = []
    above = [speech.say(said, lang)] if said else []
    wrong = problems or {}
    above += [f"{_words(one.label, lang, speech)} : {wrong[one.key]}" for one in shown if one.key in wrong]
    if above:
        blocks.append({"type": "section", "block_id": "said", "text": _plain(" · ".join(above), 2900)})
    blocks += [_block(one, typed.get(one.key), lang, speech) for one in shown]
    last = ticket.page >= len(everything) - 1
    title = Phrase("fact.amend_title" if ticket.record else "fact.add_title")
    return view(FORM, title, blocks, ticket, speech, submit=Phrase("fact.check" if last else "fact.next"))


def view(
    callback: str,
    title: Phrase,
    blocks: Sequence[Mapping[str, Any]],
    ticket: Ticket,
    speech: Speech,
    *,
    submit: Phrase | None = None,
) -> dict[str, Any]:
    """A window with a title, at most 24 characters like its buttons."""
    lang = ticket.lang
    body: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(speech.say(title, lang), TITLE),
        "close": _plain(speech.say(Phrase("fact.close" if submit is None else "fact.cancel"), lang), TITLE),
        "private_metadata": ticket.dump(),
        "blocks": list(blocks),
    }
    return body | ({"submit": _plain(speech.say(submit, lang), TITLE)} if submit else {})


def told(
    callback: str, title: Phrase, message: Message, ticket: Ticket, speech: Speech, submit: Phrase | None = None
) -> dict[str, Any]:
    """A window that says a message, with its buttons."""
    return view(callback, title, render(message, ticket.lang, speech)["blocks"], ticket, speech, submit=submit)


def read(state: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """What was filled in, by key; inputs left empty give "" or []."""
    typed: dict[str, str | list[str]] = {}
    for key, inside in (state.get("values") or {}).items():
        for element in inside.values():
            if "selected_options" in element:
                typed[key] = [str(option.get("value")) for option in element["selected_options"] or ()]
            elif "selected_option" in element:
                typed[key] = str((element["selected_option"] or {}).get("value") or "")
            else:
                typed[key] = str(element.get("value") or element.get("selected_user") or "")
    return typed


def errors(problems: Sequence[Problem], inputs: Sequence[Input], lang: str, speech: Speech) -> dict[str, str]:
    """Each problem under the input that it is about: sentences by key; several of one input are joined."""
    keys = [one.key for one in inputs]
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(place(problem.field, keys), []).append(speech.say(problem.phrase, lang))
    return {key: cut(escaped_label(" ".join(dict.fromkeys(said))), 2000) for key, said in found.items()}


def place(field: str, keys: Sequence[str]) -> str:
    """The input that a problem's dotted key is about: that one, the nearest above it, or the first below it."""
    parts = field.split(".")
    for length in range(len(parts), 0, -1):
        key = ".".join(parts[:length])
        below = next((one for one in keys if one == key or one.startswith(key + ".")), None)
        if below:
            return below
    return keys[0]


def _block(one: Input, value: str | list[str] | None, lang: str, speech: Speech) -> dict[str, Any]:
    block: dict[str, Any] = {
        "type": "input",
        "block_id": one.key,
        "optional": True,
        "label": _plain(_words(one.label, lang, speech), _LABEL),
        "element": _element(one, value, lang),
    }
    return block | ({"hint": _plain(speech.say(one.hint, lang), _LABEL)} if one.hint else {})


def _element(one: Input, value: str | list[str] | None, lang: str) -> dict[str, Any]:
    if one.widget in ("choice", "choices"):
        options = [
            {"text": _plain(pick(text, lang) or name, _OPTION), "value": name}
            for name, text in list(one.options.items())[:OPTIONS]
        ]
        # In the order of the fact, which its own form must not change.
        chosen = [option for name in value or () for option in options if option["value"] == name]
        if one.widget == "choices":
            kept: dict[str, Any] = {"initial_options": chosen} if chosen else {}
            return {"type": "multi_static_select", "action_id": _ACTION, "options": options, **kept}
        chosen = [option for option in options if option["value"] == value]
        kept = {"initial_option": chosen[0]} if chosen else {}
        return {"type": "static_select", "action_id": _ACTION, "options": options, **kept}
    text = value if isinstance(value, str) else ""
    # An owner who is no member of the workspace, such as a name in a file, cannot be chosen in a list of members.
    if one.widget == "user" and (not text or _MEMBER.fullmatch(text)):
        return {"type": "users_select", "action_id": _ACTION, **({"initial_user": text} if text else {})}
    element = {"type": "plain_text_input", "action_id": _ACTION, "multiline": one.widget == "long"}
    return element | ({"initial_value": text[:INITIAL]} if text else {})


def _words(words: Phrase | Text, lang: str, speech: Speech) -> str:
    return speech.say(words, lang) if isinstance(words, Phrase) else pick(words, lang)


def _plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": cut(escaped_label(text), limit) or "…"}
