"""Reads `config.yaml` and the environment into a `Config`, or says every mistake at once, each with its line.

The file holds no secret: tokens come from the environment only, and a token found in the file is refused. An empty file
is a good file. Reads the files it is given and nothing else: the environment comes as an argument.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import SecretStr, ValidationError

from bot.config_problems import TOKEN, as_phrase
from bot.rule_names import content, named_twice, names_in
from bot.settings import MeaningSettings, Settings
from knowledge.exchange.yaml_files import Document, parse_yaml, read_yaml
from knowledge.fields import Plain
from knowledge.messages import Phrase
from knowledge.records import Problem
from knowledge.search.onnx_folder import OnnxFolder, libraries_here, read_folder

CONFIG_FILE: Final = Path("config.yaml")
SLACK_API_URL: Final = "https://slack.com/api/"
PORT: Final = 8080
HISTORY_KEY: Final = "ENTENTE_HISTORY_KEY"
KEY_LENGTH: Final = 16
"""Characters that the key of the history has at least."""
ENVIRONMENT: Final = "environment"
"""What the problems of the environment name as their file."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only the environment knows. Their values never show in a printed `Config`."""

    bot_token: SecretStr | None = None
    app_token: SecretStr | None = None
    signing_secret: SecretStr | None = None
    history_key: SecretStr | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that was decided before starting. Paths are absolute or relative to where the program was started."""

    settings: Settings
    secrets: Secrets
    database: Path
    fact_files: tuple[Path, ...]
    shipped_facts: bool
    kind_files: tuple[Path, ...]
    slack_api_url: str = SLACK_API_URL
    port: int = PORT
    history_key_file: Path | None = None
    file: Path | None = None
    meaning_model: OnnxFolder | None = None


def load_config(path: Path | None, environ: Mapping[str, str]) -> Config | tuple[Problem, ...]:
    """The configuration in `path`; None stands for the file named by ENTENTE_CONFIG, else `config.yaml` here if there is one.

    The database named by ENTENTE_DB comes before the file's. Paths in the file start from the folder of the file.
    """
    file = path or chosen_file(environ)
    document = read_yaml(file, str(file)) if file else parse_yaml("", CONFIG_FILE.name)
    problems = list(_leaked(file)) if file else []
    if not isinstance(document, Document):
        return (*problems, *document)
    folder = file.parent if file else Path()
    settings = _settings(document)
    problems += _missing_files(folder, document)
    if isinstance(model := _meaning_model(_meaning(document), folder), Problem):
        problems.append(document.problem(("meaning", "folder"), model.phrase))
    if not isinstance(settings, Settings):
        problems += [problem for problem in settings if problem.line not in {leak.line for leak in problems}]
    problems = sorted([*problems, *named_twice(document)], key=lambda problem: problem.line or 0)
    secrets, url, port, wrong = _environment(environ)
    problems += wrong
    if problems or not isinstance(settings, Settings) or isinstance(model, Problem):
        return tuple(problems)
    return Config(
        settings=settings,
        secrets=secrets,
        database=_database(settings, folder, environ),
        fact_files=tuple(folder / name for name in settings.facts if name != "shipped"),
        shipped_facts="shipped" in settings.facts,
        kind_files=tuple(folder / name for name in settings.kinds),
        slack_api_url=url,
        port=port,
        history_key_file=folder / settings.history_key if settings.history_key else None,
        file=file,
        meaning_model=model,
    )


def missing_secrets(config: Config, http: bool = False) -> tuple[Problem, ...]:
    """The secrets that Slack needs and the environment lacks: the app token for Socket Mode, the signing secret for HTTP."""
    needed = {"SLACK_BOT_TOKEN": config.secrets.bot_token}
    if http:
        needed["SLACK_SIGNING_SECRET"] = config.secrets.signing_secret
    else:
        needed["SLACK_APP_TOKEN"] = config.secrets.app_token
    return tuple(_wrong(name, "config.secret_missing") for name, value in needed.items() if value is None)


def chosen_file(environ: Mapping[str, str]) -> Path | None:
    """The file of the configuration where none is given; None where there is none."""
    named = environ.get("ENTENTE_CONFIG", "").strip()
    if named:
        return Path(named)
    return CONFIG_FILE if CONFIG_FILE.exists() else None


def _database(settings: Settings, folder: Path, environ: Mapping[str, str]) -> Path:
    named = environ.get("ENTENTE_DB", "").strip()
    return Path(named) if named else folder / settings.database


def _settings(document: Document) -> Settings | tuple[Problem, ...]:
    try:
        return Settings.model_validate(_without_nulls(document.data) or {})
    except ValidationError as error:
        found = error.errors(include_url=False)
    # A list whose only value is wrong is not empty too.
    inside = {mistake["loc"][:-1] for mistake in found if mistake["loc"]}
    found = [mistake for mistake in found if mistake["loc"] not in inside]
    problems = []
    for mistake in found:
        path = tuple(part for part in mistake["loc"] if part != "[key]")
        problems.append(document.problem(path, as_phrase(mistake)))
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _without_nulls(data: Plain) -> Plain:
    """A key with nothing behind it counts as left out."""
    if isinstance(data, dict):
        return {key: _without_nulls(value) for key, value in data.items() if value is not None}
    return data


def _missing_files(folder: Path, document: Document) -> list[Problem]:
    """The files of facts and kinds that are named and not there, whatever else is wrong with the configuration."""
    return [
        document.problem((key, index), Phrase("config.no_such_file", {"given": name}))
        for key in ("facts", "kinds")
        for index, name in enumerate(names_in(content(document), key))
        if name and (key, name) != ("facts", "shipped") and not (folder / name).is_file()
    ]


def _meaning(document: Document) -> MeaningSettings:
    """The section of the model, if it is sound; one that asks for none otherwise."""
    try:
        return MeaningSettings.model_validate(_without_nulls(content(document).get("meaning")) or {})
    except ValidationError:
        return MeaningSettings()


def _meaning_model(meaning: MeaningSettings, folder: Path) -> OnnxFolder | Problem | None:
    """The model in the folder that is named, or what is wrong with it; None where none is asked for."""
    found = Phrase("meaning.folder_unused")
    if meaning.encoder != "onnx":
        return Problem("folder", found) if meaning.folder else None
    if meaning.folder is None:
        return Problem("folder", Phrase("meaning.folder_missing"))
    read = read_folder(folder / meaning.folder)
    if isinstance(read, Phrase):
        return Problem("folder", read)
    return read if libraries_here() else Problem("folder", Phrase("meaning.not_installed"))


def _leaked(file: Path) -> list[Problem]:
    """Tokens written in the file, in a comment too. The sentence does not repeat them."""
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [
        Problem(_key_of(line), Phrase("config.secret_in_file"), number, str(file))
        for number, line in enumerate(lines, 1)
        if TOKEN.search(line)
    ]


def _key_of(line: str) -> str:
    """The key that a line of YAML begins with; empty when it has none, or one that is itself a secret."""
    found = re.match(r"[\s#-]*(\w+)\s*:", line)
    return found.group(1) if found and not TOKEN.search(found.group(1)) else ""


def _environment(environ: Mapping[str, str]) -> tuple[Secrets, str, int, list[Problem]]:
    problems = []
    names = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", HISTORY_KEY)
    given = {name: environ.get(name, "").strip() for name in names}
    for name, start in (("SLACK_BOT_TOKEN", "xoxb-"), ("SLACK_APP_TOKEN", "xapp-")):
        if given[name] and not given[name].startswith(start):
            problems.append(_wrong(name, "config.token_start", start=start))
    if given[HISTORY_KEY] and len(given[HISTORY_KEY]) < KEY_LENGTH:
        problems.append(_wrong(HISTORY_KEY, "config.short_key", length=str(KEY_LENGTH)))
    url = environ.get("SLACK_API_URL", "").strip() or SLACK_API_URL
    if not re.match(r"https?://[^/\s]+", url):
        problems.append(_wrong("SLACK_API_URL", "config.not_an_address", given=url[:60]))
    port = environ.get("PORT", "").strip() or str(PORT)
    if not (port.isascii() and port.isdigit() and 0 < int(port[:9]) < 65536):
        problems.append(_wrong("PORT", "config.not_a_port", given=port[:60]))
        port = str(PORT)
    secrets = Secrets(*(SecretStr(value) if value else None for value in given.values()))
    return secrets, url.rstrip("/") + "/", int(port), problems


def _wrong(name: str, key: str, **arguments: str) -> Problem:
    return Problem(name, Phrase(key, {"key": name, **arguments}), None, ENVIRONMENT)
