"""What the documents promise exists: commands, options, files, links, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner
from pydantic import BaseModel

from bot.cli import main
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CONFIG = ROOT / "config.yaml"
HIDDEN = (".venv", ".git", ".pytest_cache", ".ruff_cache", ".mypy_cache", "build", "dist")
DOCUMENTS = [
    path for path in sorted(ROOT.rglob("*.md")) if not any(part in HIDDEN for part in path.relative_to(ROOT).parts)
]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_MAKE = re.compile(r"(?:^|[`$&;]\s*)(?:[A-Z_]+=\S+ )*make ([a-z][a-z-]*)", re.MULTILINE)
_ENTENTE = re.compile(r"(?<![\w/@])(?:\.venv/bin/)?entente ([a-z][a-z-]*)([^`\n|]*)")
_OPTION = re.compile(r"(?<!\S)(--?[a-z][a-z-]*)")


def code_of(path: Path) -> str:
    """Only what stands in code, each piece on lines of its own."""
    return "\n".join(_CODE.findall(path.read_text(encoding="utf-8")))


def prose_of(path: Path) -> str:
    return _CODE.sub("", path.read_text(encoding="utf-8"))


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, re.MULTILINE))


def unknown_make_targets(code: str) -> set[str]:
    return set(_MAKE.findall(code)) - make_targets()


def unknown_commands(code: str) -> set[str]:
    """Sub-commands of `entente`, or options of one, that do not exist."""
    assert isinstance(main, click.Group)
    unknown = set()
    for name, rest in _ENTENTE.findall(code):
        command = main.commands.get(name)
        known = {"-h", "--help"} | {option for part in command.params for option in part.opts} if command else set()
        if command is None:
            unknown.add(f"entente {name}")
        unknown |= {f"entente {name} {option}" for option in _OPTION.findall(rest) if command and option not in known}
    return unknown


def broken_links(path: Path, text: str) -> list[str]:
    """Relative links that lead nowhere, and anchors that name no heading."""
    broken = []
    for target in _LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            broken.append(target)
    return broken


def anchors(path: Path) -> set[str]:
    """The anchors that the usual code hosts give to the headings of a page."""
    headings = re.findall(r"^#+ +(.+?) *#*$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def table_of_changes(text: str) -> list[list[str]]:
    """The rows of the table "I want to change … -> open …", each the paths in code of its columns after the first."""
    table = re.search(r"^\|[^\n|]*I want to[^\n]*\n\|[-| :]+\n((?:\|[^\n]*\n?)+)", text, re.MULTILINE | re.IGNORECASE)
    rows = table[1].splitlines() if table else []
    return [re.findall(r"`([^`\s]+)`", "|".join(row.strip("|").split("|")[1:])) for row in rows]


def missing_paths(paths: list[str]) -> list[str]:
    """Those that name no file: `knowledge/kinds/<kind>.yaml` and `bot/help/{fr,en}/*.md` name all that fit."""
    patterns = [re.sub(r"<[^>]+>|\{[^}]+\}|…", "*", path.rstrip("/")) for path in paths if "/" in path or "." in path]
    return [pattern for pattern in patterns if not any(ROOT.glob(pattern))]


def undocumented_keys(text: str) -> list[str]:
    """Keys of a YAML file that no comment explains: beside them, right above them, or by name in the same section."""
    missing, section, above = [], "", ""
    for line in text.splitlines():
        key = re.match(r"( *)([a-z_]+):(.*)", line)
        if line.strip().startswith("#"):
            above += line + "\n"
            continue
        if key and not key[1]:
            section = ""
        if key and key[2] not in ("fr", "en"):
            section += above
            told = above or "#" in key[3] or re.search(rf"\b{key[2]}\b", section)
            missing += [] if told else [key[2]]
        above = ""
    return missing


def setting_names(model: type[BaseModel], where: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield where + name
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from setting_names(field.annotation, f"{where}{name}.")


def key_names(plain: Any, where: str = "") -> Iterator[str]:
    for name, value in plain.items() if isinstance(plain, dict) else ():
        yield where + name
        yield from key_names(value, f"{where}{name}.")


def test_the_readme_names_the_two_commands_that_start_everything() -> None:
    assert {"demo", "test"} <= set(_MAKE.findall(code_of(README)))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_in_a_document_exists(path: Path) -> None:
    code = code_of(path)
    assert unknown_make_targets(code) == set()
    # In Slack, `/entente help` is another thing: what follows the slash is a question.
    assert unknown_commands(code) == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(path: Path) -> None:
    assert broken_links(path, prose_of(path)) == []


def test_the_readme_says_which_file_to_open_for_which_change() -> None:
    rows = table_of_changes(README.read_text(encoding="utf-8"))
    assert rows, 'no table "I want to change … | open …"'
    assert all(rows), "a row without a path in code"
    assert missing_paths([path for row in rows for path in row]) == []


def named_examples(text: str) -> dict[str, str]:
    """The blocks of YAML whose first line is a comment that names their file, by that name."""
    blocks = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return dict(blocks)


def test_the_kind_and_the_fact_that_the_readme_shows_can_be_asked_about(tmp_path: Path) -> None:
    examples = named_examples(README.read_text(encoding="utf-8"))
    for name, text in examples.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with (tmp_path / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("meaning: {encoder: none}\n")
    asked = ["ask", "--config", str(tmp_path / "config.yaml"), "When do applications for the Uppsala fellowship close?"]
    result = CliRunner().invoke(main, asked, env={"ENTENTE_DB": None})
    assert result.stdout.startswith("31 January 2027\n"), result.output


def test_every_setting_is_explained_where_it_is_set() -> None:
    text = CONFIG.read_text(encoding="utf-8")
    assert undocumented_keys(text) == []
    assert set(setting_names(Settings)) <= set(key_names(yaml.safe_load(text)))


def test_every_target_of_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z]+):.*  ## \S", makefile, re.MULTILINE))
    assert explained == make_targets()
    assert explained == set(" ".join(re.findall(r"^\.PHONY: (.+)", makefile, re.MULTILINE)).split())


def test_requirements_hold_hashes_and_no_address() -> None:
    files = sorted(ROOT.glob("requirements*.txt"))
    assert len(files) == 4
    for path in files:
        text = path.read_text(encoding="utf-8")
        packages = re.findall(r"^[a-z0-9-]+(?:\[[a-z,-]+\])?==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
        assert len(packages) >= 20
        assert all("--hash=sha256:" in package for package in packages)
        assert "://" not in text
        assert not re.search(r"^--", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("`make supper`", "supper"),
        ("```\n$ PORT=9000 make supper\n```", "supper"),
        ("`entente dance`", "entente dance"),
        ("```\n.venv/bin/entente play --loudly\n```", "entente play --loudly"),
    ],
)
def test_a_command_that_does_not_exist_is_caught(code: str, complaint: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"We make things up.\n{code}\nSee make nothing, entente cordiale.")
    found = unknown_make_targets(code_of(page)) | unknown_commands(code_of(page))
    assert found == {complaint}


def test_links_and_paths_that_lead_nowhere_are_caught(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A title, here\n[a](other.md) [b](#a-title-here) [c](#no-title) [d](https://example.org) `[e](x.md)`"
    )
    assert broken_links(page, prose_of(page)) == ["other.md", "#no-title"]
    table = (
        "| I want to change | open |\n|---|---|\n| a kind | `knowledge/kinds/<kind>.yaml` |\n| all | `no/such.py` |\n"
    )
    rows = table_of_changes(table)
    assert rows == [["knowledge/kinds/<kind>.yaml"], ["no/such.py"]]
    assert missing_paths([path for row in rows for path in row]) == ["no/such.py"]


def test_a_setting_that_no_comment_explains_is_caught() -> None:
    text = "# What it is called.\nname: x\nport: 1\nmail: y  # where to write\n# All of it: deep is how far.\nsea:\n  deep: 1\n  wide: 2\n"
    assert undocumented_keys(text) == ["port", "wide"]
