"""Every format gives back the very facts that it was given, and refuses in words and in good time what is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowledge.exchange.files import FORMATS, read_upload, write_file
from knowledge.exchange.plan import plan_import
from knowledge.exchange.rows import Read
from knowledge.records import Record
from tests.knowledge.asking import shipped_records
from tests.knowledge.exchange.made_up import KINDS, TODAY, VOCABULARY, made_up_records


def written(form: str, records: Sequence[Record]) -> bytes:
    data = write_file(form, records, KINDS)
    assert isinstance(data, bytes), data
    return data


def read_back(form: str, data: bytes) -> tuple[Record, ...]:
    read = read_upload(f"facts.{form}", data, KINDS)
    assert isinstance(read, Read), read
    assert read.problems == ()
    plan = plan_import(read.rows, {}, KINDS, VOCABULARY, TODAY)
    assert plan.refused == ()
    return tuple(sorted(plan.new, key=lambda record: record.id))


def goes_round(form: str, records: Sequence[Record]) -> None:
    data = written(form, records)
    again = read_back(form, data)
    assert again == tuple(records)
    assert written(form, again) == data


@pytest.mark.parametrize("form", FORMATS)
def test_the_shipped_facts_go_out_and_come_back_the_same(form: str) -> None:
    records = tuple(sorted(shipped_records(), key=lambda record: record.id))
    assert len(records) == 180
    goes_round(form, records)


@pytest.mark.parametrize("form", FORMATS)
def test_made_up_facts_of_every_kind_and_type_go_out_and_come_back_the_same(form: str) -> None:
    records = made_up_records(range(300))
    assert {record.kind for record in records} == set(KINDS)
    goes_round(form, records)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("form", FORMATS)
def test_ten_thousand_made_up_facts_go_out_and_come_back_the_same(form: str) -> None:
    goes_round(form, made_up_records(range(10_000)))
