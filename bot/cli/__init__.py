"""The command line: one file of this folder for each group of commands, and their names in the list below.

Every mistake is one clear line on standard error and an exit code: 1 for a question that cannot be read, 2 for wrong usage,
70 for a mistake of ours, 78 for a configuration or base that cannot be used.
"""

from __future__ import annotations

from typing import Final

import click

from bot.cli.asking import ask
from bot.cli.calendar import calendar_command
from bot.cli.common import CONFIGURATION, OUR_MISTAKE, Program
from bot.cli.due import due
from bot.cli.exchange import export_command, import_command, undo_command
from bot.cli.gaps import gaps
from bot.cli.glossary import glossary
from bot.cli.serving import doctor, manifest_command, play, run

__all__ = ["CONFIGURATION", "OUR_MISTAKE", "main"]

COMMANDS: Final[tuple[click.Command, ...]] = (
    ask,
    gaps,
    glossary,
    due,
    calendar_command,
    import_command,
    export_command,
    undo_command,
    run,
    play,
    doctor,
    manifest_command,
)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="entente")
def main() -> None:
    """A knowledge base and a Slack bot for a team that runs an international programme."""


for command in COMMANDS:
    main.add_command(command)
