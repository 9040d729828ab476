"""What every kind of record promises, whoever declares it. All that derives from kinds stands on this."""

from __future__ import annotations

import pytest

from knowledge.field_types import TYPES
from knowledge.kinds import RECORD_KEYS, FieldSpec, Kind
from knowledge.kinds.reading import load_kinds
from knowledge.records import LANGUAGES

KINDS, PROBLEMS = load_kinds()
FIELDS = [(kind, spec) for kind in KINDS.values() for spec in kind.fields]

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
every_field = pytest.mark.parametrize(
    ("kind", "spec"), FIELDS, ids=[f"{kind.name}.{spec.name}" for kind, spec in FIELDS]
)


def test_the_shipped_kinds_are_read_without_a_problem() -> None:
    assert PROBLEMS == ()
    assert len(KINDS) == 11


@every_kind
def test_a_kind_has_names_and_words_in_both_languages(kind: Kind) -> None:
    for lang in LANGUAGES:
        assert kind.labels[lang]
        assert kind.plurals[lang]
        asked = {word.lower() for word in (*kind.words[lang], *kind.group_words.get(lang, ()))}
        assert len(asked) >= 2


@every_kind
def test_its_own_name_and_plural_are_among_its_words(kind: Kind) -> None:
    for lang in LANGUAGES:
        asked = {word.lower() for word in (*kind.words[lang], *kind.group_words.get(lang, ()))}
        assert {kind.labels[lang].lower(), kind.plurals[lang].lower()} <= asked


@every_kind
def test_what_a_kind_names_are_fields_of_the_right_type(kind: Kind) -> None:
    types = {spec.name: spec.type for spec in kind.fields}
    assert set(kind.card) <= set(types)
    days = [kind.when, kind.until, *(kind.open or ()), *kind.order]
    assert {types[name] for name in days if name} <= {"day"}
    assert {types[name] for name in kind.next} <= {"day", "recurrence"}
    assert kind.when, "a list question about a period needs a day to look at"


@every_kind
def test_a_card_shows_each_field_once_and_never_the_status(kind: Kind) -> None:
    assert len(set(kind.card)) == len(kind.card)
    assert "status" not in kind.card


@every_kind
def test_the_next_deadline_looks_at_every_deadline(kind: Kind) -> None:
    assert {spec.name for spec in kind.deadlines} <= set(kind.next)


@every_kind
def test_a_kind_has_the_fields_of_every_kind_and_a_status(kind: Kind) -> None:
    assert {"organisations", "countries", "related", "status"} <= {spec.name for spec in kind.fields}
    status = kind.field("status")
    assert status is not None
    assert "unknown" in status.choices


@every_field
def test_a_field_has_a_type_that_exists_and_a_free_name(kind: Kind, spec: FieldSpec) -> None:
    assert spec.type in TYPES
    assert spec.name == "status" or spec.name not in RECORD_KEYS


@every_field
def test_a_field_has_a_label_and_words_in_both_languages(kind: Kind, spec: FieldSpec) -> None:
    for lang in LANGUAGES:
        assert spec.labels[lang]
        assert spec.words[lang]


@every_field
def test_no_word_of_a_field_is_given_twice(kind: Kind, spec: FieldSpec) -> None:
    for lang in LANGUAGES:
        words = [word.lower() for word in spec.words[lang]]
        assert len(set(words)) == len(words)


@every_field
def test_a_deadline_is_a_day_or_comes_back(kind: Kind, spec: FieldSpec) -> None:
    assert not spec.deadline or spec.type in ("day", "recurrence")


@every_field
def test_a_choice_has_labels_and_words_for_each_value(kind: Kind, spec: FieldSpec) -> None:
    assert bool(spec.choices) == (spec.type == "choice")
    for value, labels in spec.choices.items():
        for lang in LANGUAGES:
            assert labels[lang]
            assert spec.choice_words[value][lang]


def test_no_two_kinds_are_called_by_the_same_word() -> None:
    for lang in LANGUAGES:
        owner: dict[str, str] = {}
        for kind in KINDS.values():
            for word in kind.words[lang]:
                assert owner.setdefault(word.lower(), kind.name) == kind.name, word


def test_kinds_of_a_group_share_its_words() -> None:
    event, workshop = KINDS["event"], KINDS["workshop"]
    assert event.group == workshop.group == "event"
    assert event.group_words == workshop.group_words
    assert "réunions" in event.group_words["fr"]
