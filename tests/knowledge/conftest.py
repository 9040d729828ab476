"""The bases that the tests of this folder ask."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker, museum_asker, shipped_asker


@pytest.fixture(scope="session")
def ask() -> Asker:
    """Asks the facts that ship with the project, on 23 November 2026 unless a day is given."""
    return shipped_asker()


@pytest.fixture(scope="session")
def museum() -> Asker:
    """Asks a made-up network of museums, on 20 May 2031 unless a day is given."""
    return museum_asker()
