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
    """The answer with what its cards have to say of the age of their facts. What is past its last day does not pretend to be
    as it was."""

    def aged(part: Part) -> Part:
        if isinstance(part, Card) and (record := view.records.get(part.record_id)):
            status = None if is_past(record) else part.status
            return replace(part, status=status, remarks=remarks(record, view.kinds[record.kind], today))
        return replace(part, items=tuple(map(marked, part.items))) if isinstance(part, Listing) else part

    def marked(item: Item) -> Item:
        record = view.records.get(item.record_id)
        if record is None or not is_past(record):
            return item
        detail = Phrase("card.past_item_of", {"detail": item.detail}) if item.detail else Phrase("card.past_item")
        return replace(item, detail=detail)

    def is_past(record: Record) -> bool:
        return review_state(record, view.kinds[record.kind], today) == "past"

    return replace(answer, message=Message(tuple(map(aged, answer.message.parts))))
