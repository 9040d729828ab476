"""The user's guide: one Markdown file per page and language, shown by `/entente help`, the playground and the README.

The files use headings (`#`, `##`), bullets, **bold** and `code`, and nothing else. A bullet that is code from end to end
is an example that people can ask as it stands, unless it is a command.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from knowledge.messages import Message, Note, Phrase, Say

START: Final = "start"
_FOLDER: Final = Path(__file__).parent
_ORDER: Final = (
    START,
    "ask",
    "look-up",
    "attribute",
    "list",
    "count",
    "next",
    "progress",
    "reminders",
    "keep",
    "commands",
    "privacy",
)
_EXAMPLE: Final = re.compile(r"- `([^/`][^`]*)`\Z")
_WORDS: Final[Mapping[str, str]] = {
    "debut": START,
    "accueil": START,
    "demander": "ask",
    "question": "ask",
    "questions": "ask",
    "poser": "ask",
    "fiche": "look-up",
    "fiches": "look-up",
    "record": "look-up",
    "records": "look-up",
    "retrouver": "look-up",
    "detail": "attribute",
    "details": "attribute",
    "find": "look-up",
    "liste": "list",
    "listes": "list",
    "lists": "list",
    "nombre": "count",
    "compter": "count",
    "combien": "count",
    "number": "count",
    "date": "next",
    "dates": "next",
    "echeance": "next",
    "echeances": "next",
    "prochain": "next",
    "deadline": "next",
    "prochaine": "next",
    "last": "next",
    "cible": "progress",
    "cibles": "progress",
    "target": "progress",
    "targets": "progress",
    "avancement": "progress",
    "rappel": "reminders",
    "rappels": "reminders",
    "reminder": "reminders",
    "remind": "reminders",
    "due": "reminders",
    "calendrier": "reminders",
    "calendar": "reminders",
    "agenda": "reminders",
    "ajouter": "keep",
    "modifier": "keep",
    "tenir": "keep",
    "add": "keep",
    "edit": "keep",
    "keeping": "keep",
    **dict.fromkeys(
        ("ajoute", "modifie", "amend", "retire", "retirer", "restore", "retablir", "verify", "verifier"), "keep"
    ),
    **dict.fromkeys(("confirmer", "history", "historique", "undo", "annuler", "review", "revoir", "relire"), "keep"),
    **dict.fromkeys(("export", "exporter", "import", "importer"), "keep"),
    **dict.fromkeys(("coordinators", "coordinateurs", "coordinatrices", "gaps", "lacunes", "manques"), "commands"),
    **dict.fromkeys(("glossary", "glossaire", "help", "aide"), "commands"),
    **dict.fromkeys(("forget", "oublier", "oublie", "oublie-moi", "oubliez-moi"), "privacy"),
    **dict.fromkeys(("a-venir", "rappelle-moi", "rappelle", "rappeler", "digest", "resume"), "reminders"),
    "demande": "ask",
    "commande": "commands",
    "commandes": "commands",
    "command": "commands",
    "donnees": "privacy",
    "confidentialite": "privacy",
    "data": "privacy",
    "garde": "privacy",
}
"""Other words for the pages, in both languages, without accents."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (empty before the first one) and the Markdown under it."""

    heading: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language. `examples` are questions that can be asked as they stand."""

    name: str
    title: str
    sections: tuple[Section, ...]
    examples: tuple[str, ...]


def names() -> tuple[str, ...]:
    """The pages, in the order in which a reader meets them."""
    return _ORDER


def find(word: str) -> str | None:
    """The page that a word stands for, in either language, or None."""
    folded = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char))
    folded = folded.strip(" .?!/'\"«»“”")
    return folded if folded in _ORDER else _WORDS.get(folded)


@lru_cache(maxsize=64)
def page(name: str, lang: str) -> Page:
    """The page of that exact name. Raises KeyError for a name that is not in `names()`."""
    if name not in _ORDER:
        raise KeyError(name)
    lines = (_FOLDER / lang / f"{name}.md").read_text("utf-8").splitlines()
    sections: list[tuple[str, list[str]]] = [("", [])]
    for line in lines[1:]:
        if line.startswith("## "):
            sections.append((line[3:].strip(), []))
        else:
            sections[-1][1].append(line)
    return Page(
        name=name,
        title=lines[0].removeprefix("# ").strip(),
        sections=tuple(Section(heading, "\n".join(body).strip()) for heading, body in sections if any(body)),
        examples=tuple(found.group(1) for line in lines if (found := _EXAMPLE.match(line))),
    )


def examples(lang: str) -> tuple[str, ...]:
    """Every question that the guide gives as an example, once each."""
    return tuple(dict.fromkeys(question for name in _ORDER for question in page(name, lang).examples))


def help_message(name: str, lang: str) -> Message:
    """The page that `name` stands for, as a message without markup: a paragraph per section, bullets with "•".

    An empty name is the first page; an unknown one too, after a remark that says so.
    """
    found = find(name) if name.strip() else START
    shown = page(found or START, lang)
    parts: list[Say | Note] = [] if found else [Note(Phrase("help.unknown_page", {"page": name}))]
    parts.append(Say(Phrase("help.text", {"text": shown.title}), strong=True))
    for section in shown.sections:
        text = "\n".join(line for line in (section.heading, _plain(section.markdown)) if line)
        parts.append(Say(Phrase("help.text", {"text": text})))
    return Message(tuple(parts))


def _plain(markdown: str) -> str:
    text = re.sub(r"^- ", "• ", markdown, flags=re.MULTILINE)
    return re.sub(r"\*\*|`", "", text)
