"""A real Chromium before the playground, and the bot behind it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.playground.server import StartBot, serving
from tests.browser import tiny_bot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


def what_is_missing() -> str:
    """Why these tests cannot run here, or an empty string."""
    if find_spec("playwright") is None:
        return "the browser tests need playwright"
    return "" if chromium() else "the browser tests need Chromium on the PATH (apt-get install chromium)"


def chromium() -> str:
    """The path of the browser, or an empty string."""
    found = (shutil.which(name) for name in _NAMES)
    return next((path for path in found if path and Path(path).exists()), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=chromium(), args=list(_ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def start_bot() -> StartBot:
    """The bot behind the page."""
    return tiny_bot.start


@pytest.fixture(scope="session")
def address(browser: Browser, start_bot: StartBot) -> Iterator[str]:
    """Where the playground is, with its bot behind it. Comes after the browser: without one, nothing starts."""
    with serving(0, start_bot) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page on the playground, on a wide screen. Fails the test when the page itself goes wrong or calls outside."""
    context = browser.new_context(viewport={"width": 1360, "height": 850}, reduced_motion="reduce")
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(f"outside: {asked.url}"))
    opened.goto(address)
    opened.locator("html[data-speaker]").wait_for()
    yield opened
    context.close()
    assert wrong == []
