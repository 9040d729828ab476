"""A `Message` as a Slack message: text and plain block dicts, in one language. Pure.

Knows how things look, never what is true: it reads no record and no clock. What does not fit is cut with "…", so
that the result always passes `limits.check_blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, cast

from slackblocks import ActionsBlock, ContextActionsBlock, FeedbackButton, FeedbackButtons, PlainText

from bot.slack import limits
from bot.slack.click import FEEDBACK, WHY, Click
from bot.slack.escaping import bold, escape, label, link, plain
from bot.slack.limits import Payload, chunks, cut
from bot.slack.page import ROOMS, Page, cut_line
from bot.slack.speech import Speech, pick, summary
from knowledge.messages import Action, Actions, Card, Item, Listing, Message, Note, Part, Phrase, Row, Say

_HERE: Final = "⟦…⟧"
"""Stands for a link while its sentence is escaped; a link put in before would be escaped with it."""
_ADDRESS = re.compile(r"https?://\S+\Z")


def render(
    message: Message,
    lang: str,
    speech: Speech,
    *,
    question: str = "",
    answer_key: str = "",
    plain_feedback: bool = False,
    most: int = limits.BLOCKS,
    size: int = limits.MESSAGE,
) -> Payload:
    """The whole message in at most so many blocks and fewer than `size` characters. `question` is remembered in its buttons;
    `answer_key` asks for an opinion on the answer, with ordinary buttons when `plain_feedback` (some places refuse Slack's own
    feedback element)."""
    payload, question = Payload(text="", blocks=[]), plain(question)
    for room in ROOMS:
        page = Page(lang, speech, room, question)
        for part in message.parts:
            _add(page, part)
        if answer_key:
            _add_feedback(page, answer_key, plain_feedback)
        blocks = [block._resolve() for block in page.blocks]  # noqa: SLF001 - the library's way to a dict
        text = cut(summary(message, lang, speech), min(limits.MESSAGE_TEXT, room.section))
        payload = Payload(text=text or "…", blocks=keep(blocks, most))
        if limits.size(payload) < size:
            return payload
    while payload["blocks"] and limits.size(payload) >= size:
        payload["blocks"] = keep(payload["blocks"], len(payload["blocks"]) - 1)
    return payload


def keep(blocks: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """The first blocks, and before them those that can be clicked: an answer without its choices is a dead end."""
    spare = max(0, len(blocks) - most)
    silent = [block for block in blocks if block["type"] not in ("actions", "context_actions")]
    dropped = silent[-spare:] if spare and len(silent) > 1 else blocks[most:]
    gone = {id(block) for block in dropped}
    return [block for block in blocks if id(block) not in gone][:most]


def _add(page: Page, part: Part) -> None:
    match part:
        case Say(phrase, strong):
            _add_say(page, page.say(phrase), strong)
        case Card():
            _add_card(page, part)
        case Listing():
            _add_listing(page, part)
        case Actions(actions, seen_by):
            _add_actions(page, actions, seen_by)
        case Note(phrase):
            page.context("note", [page.say(phrase)])


def _add_say(page: Page, text: str, strong: bool) -> None:
    # Bold marks take two characters a line, so a piece leaves room for them.
    room = page.room.section
    pieces = chunks(text, max(room - 200, room // 2) if strong else room)
    for piece in pieces[: page.room.pieces]:
        page.section("say", bold(piece) if strong else piece)
    if len(pieces) > page.room.pieces:
        page.context("cut", [page.say(Phrase("slack.cut"))])


def _add_card(page: Page, card: Card) -> None:
    about = [page.text(card.kind), page.text(card.status) if card.status else ""]
    title = cut(label(pick(card.title, page.lang)[:1000]) or label(card.record_id), 500)
    head = "\n".join(line for line in (bold(title), " · ".join(word for word in about if word)) if line)
    fields = [text for row in card.rows if (text := _row(page, row))]
    page.section("card", head, fields[: limits.FIELDS])
    for start in range(limits.FIELDS, len(fields), limits.FIELDS):
        page.section("rows", "", fields[start : start + limits.FIELDS])
    page.section("summary", page.text(card.summary))
    page.context("source", [_source(page, card), _others(page, card), *_remarks(page, card)])


def _row(page: Page, row: Row) -> str:
    shown = page.speech.show(row.value, page.lang)
    value = link(shown) if _ADDRESS.match(shown) else escape(shown[: limits.FIELD_TEXT])
    name = cut(label(pick(row.label, page.lang)[:300]), min(150, page.room.field // 2))
    return f"{bold(name)}\n{cut_line(value, page.room.field - len(name) - 3)}" if value else ""


def _source(page: Page, card: Card) -> str:
    if not card.source:
        return ""
    key = "source.undated" if card.source_date is None else "source.link"
    sentence = page.say(Phrase(key, {"title": _HERE, "date": card.source_date}))
    return sentence.replace(_HERE, link(card.source.url, cut(card.source.title, 300)))


def _others(page: Page, card: Card) -> str:
    links = [shown for other in card.other_sources[:5] if (shown := link(other.url, cut(other.title, 100)))]
    return page.say(Phrase("source.other", {"sources": _HERE})).replace(_HERE, " · ".join(links)) if links else ""


def _remarks(page: Page, card: Card) -> Iterable[str]:
    if card.programme:
        yield page.say(Phrase("source.programme"))
    yield from map(page.say, card.remarks)
    if note := pick(card.note, page.lang):
        yield page.say(Phrase("card.note", {"note": note}))


def _add_listing(page: Page, listing: Listing) -> None:
    lines = [_item(page, item) for item in listing.items]
    for piece in _paragraphs(lines, page.room.section)[: page.room.pieces]:
        page.section("list", piece)
    if listing.total > len(listing.items):
        page.context("more", [page.say(Phrase("slack.more", {"shown": len(listing.items), "total": listing.total}))])


def _item(page: Page, item: Item) -> str:
    line = "• " + bold(cut(label(pick(item.title, page.lang)[:600]) or label(item.record_id), 300))
    return f"{line} — {cut(label(page.speech.say(item.detail, page.lang)[:600]), 300)}" if item.detail else line


def _paragraphs(lines: list[str], limit: int) -> list[str]:
    """Lines put together into texts of at most `limit` characters; a line is never split over two of them."""
    pieces: list[str] = []
    for line in (cut(line, limit) for line in lines):
        if pieces and len(pieces[-1]) + 1 + len(line) <= limit:
            pieces[-1] += "\n" + line
        else:
            pieces.append(line)
    return pieces


def _add_actions(page: Page, actions: tuple[Action, ...], seen_by: tuple[str, ...]) -> None:
    labels = [_label(page, action) for action in actions[: limits.BUTTONS]]
    if any(len(text) > limits.BUTTON_TEXT for text in labels):
        # Two long titles may differ only in what a button has no room for: say them in full, numbered.
        page.section("titles", "\n".join(f"{number}. {cut(text, 300)}" for number, text in enumerate(labels, 1)))
        labels = [f"{number}. {text}" for number, text in enumerate(labels, 1)]
    buttons = [
        page.button(action.name, text, Click(action.value, page.lang, page.question).dump(), seen_by)
        for action, text in zip(actions, labels, strict=False)
    ]
    if buttons:
        page.blocks.append(ActionsBlock(cast("list[Any]", buttons), page.block_id("actions")))


def _label(page: Page, action: Action) -> str:
    words = (
        page.speech.say(action.label, page.lang) if isinstance(action.label, Phrase) else pick(action.label, page.lang)
    )
    return label(words[:600])


def _add_feedback(page: Page, answer_key: str, ordinary: bool) -> None:
    sides = [(verdict, label(page.speech.say(Phrase(f"feedback.{verdict}"), page.lang))) for verdict in ("good", "bad")]
    values = {verdict: Click(f"{verdict}:{answer_key}", page.lang).dump() for verdict, _ in sides}
    why = Click(WHY, page.lang, page.question).dump()
    asked = [page.button(WHY, page.speech.say(Phrase("actions.why"), page.lang), why)] if page.question else []
    if ordinary:
        buttons = [*(page.button(FEEDBACK, text, values[verdict]) for verdict, text in sides), *asked]
        page.blocks.append(ActionsBlock(cast("list[Any]", buttons), page.block_id(FEEDBACK)))
        return
    if asked:
        page.blocks.append(ActionsBlock(cast("list[Any]", asked), page.block_id(WHY)))
    good, bad = (
        FeedbackButton(PlainText(cut(text, limits.BUTTON_TEXT)), values[verdict], cut(text, limits.BUTTON_TEXT))
        for verdict, text in sides
    )
    page.blocks.append(ContextActionsBlock([FeedbackButtons(good, bad, f"{FEEDBACK}:0")], page.block_id(FEEDBACK)))
