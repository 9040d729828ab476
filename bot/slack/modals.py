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

from bot.desk.fact_form import Input, offered
from bot.desk.typed import Typed, chosen
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
WORDS: Final = 100
"""Characters of what somebody types that a list is searched for."""
_LABEL: Final = 150
_OPTION: Final = 75
INITIAL: Final = 3000
"""Characters that Slack shows in an input when it opens."""
TYPED: Final = "typed"
"""The name of what somebody does in any input."""
_MEMBER: Final = re.compile(r"[UW][A-Z0-9_]+")
_CHANNEL: Final = re.compile(r"[CG][A-Z0-9_]+")


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
    plain: bool = False,
) -> dict[str, Any]:
    """The view of one page of a form, filled. `said` stands above the inputs; so do `problems` (sentences by key), where
    Slack gives no place to show them under theirs. `plain`: people and channels are typed, for Slack refuses ids of people
    or channels that it does not know."""
    everything = pages(inputs)
    lang, shown = ticket.lang, everything[min(ticket.page, len(everything) - 1)]
    blocks: list[dict[str, Any]] = []
    above = [speech.say(said, lang)] if said else []
    wrong = problems or {}
    above += [f"{_words(one.label, lang, speech)} : {wrong[one.key]}" for one in shown if one.key in wrong]
    if above:
        blocks.append({"type": "section", "block_id": "said", "text": _plain(" · ".join(above), 2900)})
    blocks += [_block(one, typed.get(one.key), lang, speech, plain) for one in shown]
    last = ticket.page >= len(everything) - 1
    name = "fact.amend_title" if ticket.record else "fact.add_title"
    counted = {"page": ticket.page + 1, "pages": len(everything)}
    title = Phrase(f"{name}_of", counted) if len(everything) > 1 else Phrase(name)
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
            elif "selected_conversations" in element:
                typed[key] = list(map(str, element["selected_conversations"] or ()))
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
        found.setdefault(place(problem.field, keys, lang), []).append(speech.say(problem.phrase, lang))
    return {key: cut(escaped_label(" ".join(dict.fromkeys(said))), 2000) for key, said in found.items()}


def place(field: str, keys: Sequence[str], lang: str) -> str:
    """The input that a problem's dotted key is about: that one, the nearest above it, or the first below it; of a text that is
    missing in both languages, the one in `lang`."""
    if f"{field}.{lang}" in keys:
        return f"{field}.{lang}"
    parts = field.split(".")
    for length in range(len(parts), 0, -1):
        key = ".".join(parts[:length])
        below = next((one for one in keys if one == key or one.startswith(key + ".")), None)
        if below:
            return below
    return keys[0]


def _block(one: Input, value: str | list[str] | None, lang: str, speech: Speech, plain: bool) -> dict[str, Any]:
    block: dict[str, Any] = {
        "type": "input",
        "block_id": one.key,
        "optional": True,
        "label": _plain(_words(one.label, lang, speech), _LABEL),
        "element": _element(one, value, lang, speech, plain),
    }
    return block | ({"hint": _plain(speech.say(one.hint, lang), _LABEL)} if one.hint else {})


def _element(one: Input, value: str | list[str] | None, lang: str, speech: Speech, plain: bool) -> dict[str, Any]:
    text = ", ".join(value) if isinstance(value, list) else value or ""
    if one.widget in ("choice", "choices", "ticks"):
        return _choice(one, value, lang, speech)
    # Nobody finds an owner who is no member of the workspace, such as a name in a file, in a list of members.
    if one.widget == "user" and not plain and (not text or _MEMBER.fullmatch(text)):
        return {"type": "users_select", "action_id": TYPED, **({"initial_user": text} if text else {})}
    if one.widget == "channels" and not plain and all(map(_CHANNEL.fullmatch, chosen(value))):
        kept: dict[str, Any] = {"initial_conversations": chosen(value)} if text else {}
        only = {"include": ["public", "private"], "exclude_bot_users": True}
        return {"type": "multi_conversations_select", "action_id": TYPED, "filter": only, **kept}
    element = {"type": "plain_text_input", "action_id": TYPED, "multiline": one.widget == "long"}
    return element | ({"initial_value": text[:INITIAL]} if text else {})


def _choice(one: Input, value: str | list[str] | None, lang: str, speech: Speech) -> dict[str, Any]:
    """A list to choose from: whole where Slack has room for it, else one that is searched while somebody types."""
    if one.widget == "choice":
        values = [value] if isinstance(value, str) and value in one.options else []
    else:
        # In the order of the fact, which its own form must not change; what is no longer offered stays chosen.
        values = list(dict.fromkeys(chosen(value)))
    initial = [_option(one, name, lang, speech) for name in values]
    several = one.widget != "choice"
    kept = {"initial_options" if several else "initial_option": initial if several else initial[0]} if initial else {}
    names = [*one.options, *(name for name in values if name not in one.options)]
    if one.widget != "ticks" and not 0 < len(names) <= OPTIONS:
        kind = "multi_external_select" if several else "external_select"
        return {"type": kind, "action_id": TYPED, "min_query_length": 0, **kept}
    kind = {"choice": "static_select", "ticks": "checkboxes"}.get(one.widget, "multi_static_select")
    return {"type": kind, "action_id": TYPED, "options": [_option(one, name, lang, speech) for name in names], **kept}


def suggestions(one: Input, words: str, lang: str, speech: Speech) -> list[dict[str, Any]]:
    """What a list that is searched offers for the words that somebody has typed so far."""
    return [_option(one, name, lang, speech) for name in offered(one, words)[:OPTIONS]]


def _option(one: Input, name: str, lang: str, speech: Speech) -> dict[str, Any]:
    words = one.options.get(name)
    shown = (_words(words, lang, speech) if words else "") or name
    return {"text": _plain(shown, _OPTION), "value": name}


def _words(words: Phrase | Text, lang: str, speech: Speech) -> str:
    return speech.say(words, lang) if isinstance(words, Phrase) else pick(words, lang)


def _plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": cut(escaped_label(text), limit) or "…"}
