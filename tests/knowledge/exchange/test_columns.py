"""Items share a cell, and cells are defused, without a sign lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.exchange.columns import joined, parted
from knowledge.exchange.csv_files import armed, defused
from knowledge.plain_values import clean

LINES = st.text(min_size=1, max_size=30).map(clean).filter(bool)


@given(st.lists(LINES, min_size=1, max_size=5), st.sampled_from(";|"))
def test_items_share_a_cell_and_part_again(items: list[str], sign: str) -> None:
    assert parted(joined(items, sign), sign) == items


@given(st.text())
def test_a_cell_that_would_be_computed_is_defused_and_read_as_it_was(text: str) -> None:
    assert armed(defused(text)) == text
    assert not defused(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
