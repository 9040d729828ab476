"""Who and what the playground starts with. Everybody is a role, not a person: nobody here exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TEAM_ID = "T0PLAYGRND"
TEAM_NAME = "Playground"
APP_ID = "A0ENTENTE0"
BOT_ID = "B0ENTENTE0"
BOT_USER_ID = "U0ENTENTE0"
BOT_NAME = "Entente"
BOT_TOKEN = "xoxb-playground"
APP_TOKEN = "xapp-playground"


@dataclass(frozen=True, slots=True)
class User:
    """A member of the workspace. `handle` is what follows an @, `title` what people read. `colour` fills the picture."""

    id: str
    handle: str
    title: str
    locale: str
    tz: str
    tz_label: str
    tz_offset: int
    colour: str
    is_bot: bool = False

    @property
    def lang(self) -> str:
        return self.locale.partition("-")[0]

    @property
    def initials(self) -> str:
        words = [word for word in self.title.replace("(", " ").replace(")", " ").split() if word[0].isalpha()]
        return "".join(word[0] for word in words[:2]).upper() if len(words) > 1 else self.title[:2].capitalize()


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, or a direct message with the bot when `im_with` names somebody."""

    id: str
    name: str
    topic: Mapping[str, str]
    members: tuple[str, ...]
    im_with: str = ""

    @property
    def is_im(self) -> bool:
        return bool(self.im_with)


COORDINATORS = ("U0COORDFR0", "U0COORDEN0")
"""The people whom a configuration may name as coordinators."""

PEOPLE = (
    User(COORDINATORS[0], "coordinatrice", "Coordinatrice (FR)", "fr-FR", "Europe/Paris", "CET", 3600, "#0b7a75"),
    User("U0EQUIPEFR", "equipe", "Membre de l’équipe (FR)", "fr-FR", "Europe/Paris", "CET", 3600, "#b4532a"),
    User(COORDINATORS[1], "coordinator", "Coordinator (EN)", "en-GB", "Europe/London", "GMT", 0, "#5b4b9a"),
    User("U0TEAMEN00", "team", "Team member (EN)", "en-US", "America/New_York", "EST", -18000, "#9a3b5f"),
)
BOT = User(BOT_USER_ID, "entente", BOT_NAME, "en-US", "Europe/Paris", "CET", 3600, "#12343b", is_bot=True)

_EVERYBODY = (*(person.id for person in PEOPLE), BOT.id)


def dm_of(user_id: str) -> str:
    """The id of the direct message between that person and the bot."""
    return "D" + user_id[1:]


CHANNELS = (
    Channel(
        "C0INTERNAT",
        "international",
        {"fr": "La vie du programme international", "en": "The life of the international programme"},
        _EVERYBODY,
    ),
    Channel(
        "C0APPELS00",
        "appels-a-projets",
        {"fr": "Appels à projets et échéances", "en": "Calls for proposals and their deadlines"},
        _EVERYBODY,
    ),
    Channel(
        "C0PARTNERS",
        "partners-en",
        {"fr": "Échanges avec les partenaires, en anglais", "en": "Working with partners, in English"},
        _EVERYBODY,
    ),
    *(Channel(dm_of(person.id), "directmessage", {}, (person.id, BOT.id), im_with=person.id) for person in PEOPLE),
)
