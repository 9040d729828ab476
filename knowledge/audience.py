"""Who may see a fact. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from knowledge.records import COORDINATORS, Record


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, and from where: the id of the place, whether only they see what is said there, and what they are."""

    place: str = ""
    private: bool = True
    coordinator: bool = False


ANYONE: Final = Viewer()
"""Who sees only what everyone may."""


def visible(record: Record, viewer: Viewer) -> bool:
    """Whether this record may be shown, listed, counted or hinted at to this viewer."""
    if not record.audience or viewer.place in record.audience:
        return True
    return COORDINATORS in record.audience and viewer.coordinator and viewer.private
