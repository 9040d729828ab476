"""What a question asks of a fact: the sort of value and the fields it names, and which fields of a record answer that."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from knowledge.kinds import FieldSpec
from knowledge.questions import figures, filters, phrases, progress, quantities
from knowledge.questions.amounts import in_money
from knowledge.questions.lexicon import keys
from knowledge.questions.reading import Reading, is_content
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import QUESTION_WORDS, stems

TYPES: Final = {
    "when": ("day", "recurrence"),
    "time": ("hour",),
    "where": ("text",),
    "amount": ("money", "quantity"),
    "signed": ("people",),
    "identifier": ("line",),
    "duration": ("duration",),
}


_DUE: Final = re.compile(
    r"\b(?:by (?:which|what)|d ici|pour (?:quand|quelle)|for (?:which|what|when)|meant to|supposed to|promise[sd]?|promis(?:e|es)?|censee?s?)\b"
)
_SUBORDINATE: Final = re.compile(
    r"^((?:what|which|how|who|where|combien|de combien|quel|quelle|qui)\b.*?)(?<!\band)(?<!\bor)(?<!\bet)(?<!\bou) (?:when|quand)\b"
    r"|^(?:quand|when|lorsque) (?!(?:est|a|ont|sera|seront|was|were|is|did|does|do|will)\b)(?:\w+ ){2,8}?(?=(?:combien|how many|which|what|quel|quelle|il manquait)\b)"
    r"|^((?:what|which|how|who|combien|de combien|quel|quelle|qui)\b.*?) where (?=(?:it|they|he|she|we|you|i|the|this|that|our|its|their)\b)"
)
"""A "when" that asks nothing: "what rate were they to reach when they were announced"."""
_FROM: Final = re.compile(
    r"\b(?:a partir (?:de|d) (?:quand|quel(?:le)?)|des quand|des quel(?:le)?|from (?:when|what|which)|as of (?:when|what|which)|starting (?:when|from when))\b"
)
_UNTIL: Final = re.compile(r"\bjusqu|\buntil\b|\btill\b", re.IGNORECASE)


_BEGINNINGS: Final = frozenset(("opens", "starts"))
_TARGET: Final = "target_date"


class Need(NamedTuple):
    """What is asked of a fact: a sort of value, and the fields named, if any."""

    sort: str
    fields: tuple[str, ...]
    counted: tuple[str, ...] = ()
    money: bool = False
    said: tuple[tuple[str, tuple[str, ...]], ...] = ()


def needed(reading: Reading, view: View) -> Need | None:
    """What is asked, by the words of asking first, then by the fields named."""
    need = _needed(reading, view)
    return need._replace(said=words_of_fields(reading)) if need is not None else None


def words_of_fields(reading: Reading) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words by which each field is named."""
    return tuple({tag.value: reading.tokens[tag.first : tag.last] for tag in reading.named("field")}.items())


def _needed(reading: Reading, view: View) -> Need | None:
    spans = sorted(reading.named("field"), key=lambda tag: (tag.first - tag.last, tag.first))
    fields = tuple(dict.fromkeys(tag.value for tag in spans))
    if _UNTIL.search(reading.asked.text):
        # "Open until when?" asks for the end of what has been opened.
        named = tuple(field for field in fields if field not in _BEGINNINGS)
        fields = (*named, "ends", "closes", "target_date", *(field for field in fields if field in _BEGINNINGS))
    if reading.says(_FROM) and not {"opens", "starts"} & set(fields[:1]):
        fields = ("opens", "starts", *fields)
    if reading.says(_DUE) and _TARGET not in fields:
        fields = (*fields, _TARGET)
    if filters.second_stage(reading):
        fields = ("full_proposal_deadline",)
    if reading.says(phrases.WHAT_TIME):
        return Need("time", fields)
    if reading.says(phrases.WHO_SIGNED):
        return Need("signed", fields)
    if reading.says(_LEFT):
        return Need("when", (*fields, "closes", "ends", _TARGET))
    if reading.says(phrases.HOW_LONG) and not (reading.named("kind") and reading.says(_TO_RETURN)):
        return Need("duration", fields)
    if phrases.WHEN.search(_main_clause(reading)):
        return Need("when", fields)
    if phrases.WHERE.search(_main_clause(reading)) and not reading.says(progress.STANDS):
        return Need("where", fields)
    if (reading.says(phrases.HOW_MANY) or reading.says(phrases.BUDGET)) and not _asks_who(reading):
        counted = tuple(word for word in quantities.counted_nouns(reading) if word not in _SUMS)
        sums = not counted and bool(quantities.counted_nouns(reading))
        money = sums or (
            reading.says(phrases.MONEY) and (not counted or phrases.MONEY.search(" ".join(counted)) is not None)
        )
        return Need("amount", fields, () if money else counted, money)
    return _keyword(reading, view, fields)


_SUMS: Final = frozenset("million millions milliard milliards billion billions euro euros aud usd gbp".split())
"""What money is counted in: of "how many millions?" nothing else is."""


def _main_clause(reading: Reading) -> str:
    """The question without the "when" or "where" of a clause that asks nothing."""
    return _SUBORDINATE.sub(lambda match: f"{match[1] or match[2] or ''} ", reading.plain)


def _asks_who(reading: Reading) -> bool:
    """Whether the question asks for a person or a body before it asks how many."""
    match = re.match(r"(?:(?:who|qui)\b|(?:which|quel|quelle)\b)", reading.plain)
    starts = [found.start() for cue in (phrases.HOW_MANY, phrases.BUDGET) if (found := cue.search(reading.plain))]
    return match is not None and min(starts, default=99) > 25


_TO_RETURN: Final = re.compile(r"\b(?:delai|median|rendu|turnaround|return)\b")
_LEFT: Final = re.compile(
    r"\b(?:reste (?:t il )?(?:encore )?(?:combien|de temps)|combien de (?:temps|jours) (?:\w+ ){0,3}reste|(?:how (?:long|much time|many days)) (?:\w+ ){0,3}left|time left|days left)\b"
)
"""How long there is left asks for an end."""
_DURING: Final = frozenset(("in", "en", "during", "pendant"))
_OF: Final = frozenset(("of", "de", "du", "des", "for"))


def _keyword(reading: Reading, view: View, fields: tuple[str, ...]) -> Need | None:
    """A field named without a verb ("JTC2022 closing", "DOI of the Lancet paper")."""
    opening = any(
        tag.first == 0 and tag.last < len(reading.tokens) and reading.tokens[tag.last] in _OF
        for tag in reading.named("field")
    )
    if any(tag.first > 0 and reading.tokens[tag.first - 1] in _DURING for tag in reading.named("field")):
        return None  # "And PERIGENOMED in phase 2?" names a part of what is asked, not a field.
    if not opening and (len(reading.tokens) > 7 or not QUESTION_WORDS.isdisjoint(reading.tokens)):
        return None
    types = {spec.type for kind in view.kinds.values() for field in fields if (spec := kind.field(field))}
    for sort, wanted in TYPES.items():
        if types & set(wanted):
            return Need(sort, fields)
    return None


def fields_for(record: Record, need: Need, view: View) -> tuple[FieldSpec, ...]:
    """The fields of a record that answer, the best first: those named, else for a bare "when" or "how much" the main one."""
    kind = view.kind(record)
    held = [
        spec
        for spec in kind.fields
        if record.values.get(spec.name) not in (None, "", ()) and spec.type in TYPES.get(need.sort, ())
    ]
    fields = really_named(record, need, view)
    named = [spec for spec in held if spec.name in fields]
    if need.sort == "duration":
        return tuple(named)
    if need.sort in ("time", "where", "signed"):
        return tuple(held)
    if need.sort == "amount":
        return _amounts(record, held, need, view)
    if named:
        order = {name: index for index, name in enumerate(fields)}
        return tuple(sorted(named, key=lambda spec: order[spec.name]))
    days_named = any(
        (spec := other.field(field)) is not None and spec.type == "day"
        for other in view.kinds.values()
        for field in fields
    )
    if (kind.when in kind.next and not any(kind.field(field) for field in fields)) or fields == (_TARGET,):
        days_named = False
    if days_named or need.sort == "identifier":
        return ()
    main = [spec for spec in held if spec.name == kind.when]
    return tuple(main or held)


def really_named(record: Record, need: Need, view: View) -> tuple[str, ...]:
    """The fields named, without those that the kind has not and whose words are part of the record's own name ("génome" in the
    title of a genome centre)."""
    said, kind = dict(need.said), view.kind(record)
    return tuple(
        field
        for field in need.fields
        if kind.field(field) or not all(view.holds(record, word, heading=True) for word in said.get(field, ("",)))
    )


def dropped(reading: Reading, view: View) -> frozenset[str]:
    """Words that ask for a field, unless some record is called so: they are not looked for."""
    covered = {index for tag in reading.named("field") for index in range(tag.first, tag.last)}
    others = {index for tag in reading.tags if tag.topic != "field" for index in range(tag.first, tag.last)}
    words_left = (reading.tokens[index] for index in covered - others)
    return frozenset(word for word in words_left if view.headings.isdisjoint(stems(word)))


def _amounts(record: Record, held: list[FieldSpec], need: Need, view: View) -> tuple[FieldSpec, ...]:
    """Money where money is asked, a figure where the question counts what the figure counts or names nothing else."""
    if need.counted:
        held = [spec for spec in held if spec.type == "quantity" and _counts(record, spec, need.counted, view)]
    elif need.money:
        held = sorted(held, key=lambda spec: spec.type != "money")
        held = [spec for spec in held if spec.type == "money" or in_money(record.values[spec.name])]
    return tuple(held)


def _counts(record: Record, spec: FieldSpec, counted: tuple[str, ...], view: View) -> bool:
    quantity = record.values[spec.name]
    units = keys((*quantity.unit.values(), *quantity.progress_unit.values()))
    return any(figures.counts_alike(view.kin(word), units) for word in counted)


def holds(record: Record, need: Need, view: View) -> bool:
    """Whether a record has a field that answers."""
    return bool(fields_for(record, need, view))


def names_field(record: Record, need: Need, view: View) -> bool:
    """Whether a field is asked by its name, in words that are no part of the record's own."""
    return bool(really_named(record, need, view))


def beyond_heading(reading: Reading, view: View, record: Record) -> int:
    """How many words of the question, other than names, kinds, fields and countries, a record says in its texts and not in its
    titles or aliases."""
    named = {word for topic in ("field", "kind", "country", "body") for word in reading.words_of(topic)}
    said = (word for word in dict.fromkeys(reading.tokens) if is_content(word) and word not in named)
    return sum(
        view.holds(record, word) and not view.holds(record, word, heading=True)
        for word in said
        if word not in phrases.ASKING_NOUNS and word not in _EXACT
    )


_EXACT: Final = frozenset("exact exacte exactly exactement precise precis".split())
