"""`entente play` as people start it: a coordinator adds a fact in the page, and it is the answer to the next question."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.journeys.stand_in import eventually

ROOT = Path(__file__).parents[2]
COORDINATOR, MEMBER, CHANNEL = "U0COORDFR0", "U0EQUIPEFR", "C0INTERNAT"


class Page:
    """What the page asks of the playground's server, as one person."""

    def __init__(self, address: str) -> None:
        self.address = address

    def post(self, name: str, user: str = COORDINATOR, **given: Any) -> Any:
        body = json.dumps({"as": user, **given}).encode()
        request = Request(f"{self.address}page/{name}", body, {"Content-Type": "application/json"})
        with urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def get(self, name: str, user: str = COORDINATOR, **query: str) -> Any:
        asked = "&".join(f"{key}={value}" for key, value in {"as": user, **query}.items())
        with urlopen(f"{self.address}page/{name}?{asked}", timeout=10) as answer:
            return json.load(answer)

    def say(self, text: str, user: str = COORDINATOR) -> str:
        """What the bot answers to a command."""
        before = len(self.get("history", user, channel=CHANNEL)["posts"])
        self.post("say", user, channel=CHANNEL, text=text)
        posts = eventually(lambda: self.get("history", user, channel=CHANNEL)["posts"][before:])
        return re.sub(r"<[^>]+>", " ", posts[-1]["html"]).replace("\u00a0", " ")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    config = tmp_path / "config.yaml"
    config.write_text("meaning: {encoder: none}\n")
    environ = {
        **os.environ,
        "ENTENTE_CONFIG": str(config),
        "ENTENTE_DB": str(tmp_path / "play.db"),
        "PORT": str(free_port()),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "play"], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    assert found
    yield Page(found[0])
    process.terminate()
    process.communicate(timeout=20)


def test_a_coordinator_adds_a_fact_in_the_page_and_it_answers_the_next_question(page: Page) -> None:
    page.post("say", channel=CHANNEL, text="/entente ajouter appel")
    form = eventually(lambda: page.get("state")["view"])
    assert (form["title"], form["submit"]) == ("Nouvelle fiche", "Vérifier")
    wrong = page.post("submit", view_id=form["id"], inputs={"closes typed": "31/02/2027"})["errors"]
    assert {"title.fr", "source.title"} <= set(wrong)

    typed = {"title.fr typed": "Appel Zephyr", "closes typed": "fin juin 2027", "source.title typed": "Lettre"}
    assert page.post("submit", view_id=form["id"], inputs=typed)["errors"] == {}
    preview = page.get("state")["view"]
    assert "« fin juin 2027 »" in preview["html"].replace("\u00a0", " ")
    page.post("submit", view_id=preview["id"], inputs={})
    assert "Ajouté" in page.get("state")["view"]["html"]

    said = page.say("/entente Quand ferme l'appel Zephir ?", MEMBER)
    assert "30 juin 2027" in said and "Retirer" not in said
    assert "Retirer" in page.say("/entente Quand ferme l'appel Zephyr ?")


def test_a_member_of_the_page_is_told_whom_to_ask(page: Page) -> None:
    assert "Adressez-vous à" in page.say("/entente ajouter appel", MEMBER)
