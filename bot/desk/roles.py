"""Who may do what: decided from what the directory says of a person and from whether they coordinate. Pure.

Asking is open to all, acting on reminders to full members of the workspace. Whatever changes a fact, or shows who changed it,
is for coordinators who are full members; where that cannot be told, nothing is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from knowledge.messages import Phrase

Act = Literal[
    "ask",
    "forget",
    "add",
    "amend",
    "retire",
    "restore",
    "verify",
    "undo",
    "history",
    "import",
    "export",
    "gaps",
    "glossary",
    "coordinators",
    "remind",
    "calendar",
    "follow",
]
ACTS: Final[tuple[Act, ...]] = get_args(Act)
OPEN: Final[frozenset[Act]] = frozenset(("ask", "forget"))
"""What anybody may do: ask, and have their own words erased."""
MEMBERS: Final[frozenset[Act]] = frozenset(("remind", "follow"))
"""What every full member may do: act on the reminders of a channel, and be given an address that stays open when they leave."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the directory knows them. `guest` has access to a few channels, `stranger` belongs to another workspace and
    shares a channel with this one; `locale` is their language setting ("fr-FR"), "" when not told. `name` is what they are
    called, `real_name` how they are called in full."""

    id: str
    name: str = ""
    locale: str = ""
    team: str = ""
    guest: bool = False
    stranger: bool = False
    bot: bool = False
    deleted: bool = False
    real_name: str = ""

    @property
    def full(self) -> bool:
        """Whether they belong to the workspace with all the rights of its people."""
        return not (self.guest or self.stranger or self.bot or self.deleted)


def may(act: Act, member: Member | None, coordinates: bool | None) -> bool | None:
    """Whether this person may do it; None where that could not be found out. `member` None: the directory does not answer;
    `coordinates` None: it is not known whether they coordinate."""
    if act in OPEN:
        return True
    if member is None:
        return None
    return (act in MEMBERS or coordinates) if member.full else False


def refusal(allowed: bool | None, coordinators: Sequence[str] = (), act: Act = "amend") -> Phrase | None:
    """What to say to somebody who may not do it, the same to all; None to those who may. `coordinators` are names to turn to."""
    if allowed:
        return None
    if allowed is None:
        return Phrase("rights.unchecked")
    if act in MEMBERS:
        return Phrase("rights.members_only")
    if not coordinators:
        return Phrase("rights.nobody")
    return Phrase("rights.coordinators_only", {"people": list(coordinators)})
