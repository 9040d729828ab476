"""Moments and days as options of the command line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import click

_YEARS: Final = range(1970, 2200)
"""Far enough, and safe to count from in any time zone."""


class Moment(click.ParamType[datetime]):
    """An aware moment such as 2026-03-02T08:59:00+01:00."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a moment. Example: 2026-03-02T08:59:00+01:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no offset from UTC. Example: 2026-03-02T08:59:00+01:00", param, ctx)
        if moment.year not in _YEARS:
            self.fail(f"{value!r} is too far away: years {_YEARS[0]} to {_YEARS[-1]}", param, ctx)
        return moment


class Day(click.ParamType[date]):
    """A day such as 2026-03-02."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day. Example: 2026-03-02", param, ctx)
