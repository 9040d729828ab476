"""The commands behind /entente, one file for each group. A new one is its file and its name in this list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.surfaces.commands.asking import ASK, HELP
from bot.surfaces.commands.calendar import CALENDAR
from bot.surfaces.commands.call import Call, Subcommand
from bot.surfaces.commands.coordinators import COORDINATORS
from bot.surfaces.commands.exporting import EXPORT
from bot.surfaces.commands.forgetting import FORGET
from bot.surfaces.commands.gaps import GAPS
from bot.surfaces.commands.glossary import GLOSSARY
from bot.surfaces.commands.importing import IMPORT
from bot.surfaces.commands.keeping import KEEPING
from bot.surfaces.commands.reminding import DIGEST, DUE, REMIND, REMINDERS
from bot.surfaces.commands.reviewing import REVIEW

__all__ = ["ASK", "COMMANDS", "HELP", "WORDS", "Call", "Subcommand"]

COMMANDS: Final[tuple[Subcommand, ...]] = (
    ASK,
    HELP,
    COORDINATORS,
    GAPS,
    GLOSSARY,
    DUE,
    REMIND,
    REMINDERS,
    DIGEST,
    CALENDAR,
    *KEEPING,
    EXPORT,
    IMPORT,
    FORGET,
    REVIEW,
)
WORDS: Final[Mapping[str, Subcommand]] = {word: command for command in COMMANDS for word in command.words}
"""Every word that starts a command. A word stands for one command only: a test sees to it."""
