"""How old the facts of an answer are, said in the answer. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.messages import Card, Item, Listing, Message, Part, Phrase
from knowledge.questions.form import Answer
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.trust import remarks, review_state


def with_age(answer: Answer, view: View, today: date) -> Answer:
    """The answer with what its cards and lists have to say of the age of their facts."""

    def told(part: Part) -> Part:
        if isinstance(part, Card) and (record := view.records.get(part.record_id)):
            return aged(part, record, view, today)
        return replace(part, items=tuple(map(marked, part.items))) if isinstance(part, Listing) else part

    def marked(item: Item) -> Item:
        record = view.records.get(item.record_id)
        if record is None or not _is_past(record, view, today):
            return item
        detail = Phrase("card.past_item_of", {"detail": item.detail}) if item.detail else Phrase("card.past_item")
        return replace(item, detail=detail)

    return replace(answer, message=Message(tuple(map(told, answer.message.parts))))


def aged(card: Card, record: Record, view: View, today: date) -> Card:
    """The card with its remarks. What is past its last day does not pretend to be as it was."""
    status = None if _is_past(record, view, today) else card.status
    return replace(card, status=status, remarks=remarks(record, view.kinds[record.kind], today))


def _is_past(record: Record, view: View, today: date) -> bool:
    return review_state(record, view.kinds[record.kind], today) == "past"
