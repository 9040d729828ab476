"""When the record itself answers, whatever field the words of the question name."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker


@pytest.mark.parametrize("text", ["On a signé avec le Danemark ?", "Have we signed with Denmark?"])
def test_whether_it_is_so_is_answered_with_the_record(ask: Asker, text: str) -> None:
    found = ask(text)
    assert (found.band, found.form, found.field) == ("sure", "attribute", "")


def test_which_memorandum_asks_for_the_record_not_for_who_signed(ask: Asker) -> None:
    found = ask("Which memorandum was supposed to be signed after the day of workshops?")
    assert (found.band, found.facts) == ("sure", ("mou-a-signer",))
