"""Kill -9 at random moments while a fake Slack fails in every way: nothing is missed, nothing is said twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HISTORY_LAG = 0.2
POSTS, KILLS = 110, 20


class Channels:
    """What was posted where and when, by mark; and the luck of the day."""

    def __init__(self, seed: int) -> None:
        self.posts: list[tuple[str, str, str, float]] = []
        self.chance = random.Random(seed)
        self.lock = threading.Lock()

    def take(self, body: dict[str, str]) -> str:
        with self.lock:
            self.posts.append((body["mark"], body["channel"], body["key"], time.monotonic()))
            return str(len(self.posts))

    def find(self, mark: str) -> str:
        seen = time.monotonic() - HISTORY_LAG
        with self.lock:
            found = [n for n, (one, _, _, at) in enumerate(self.posts, 1) if one == mark and at <= seen]
        return str(found[0]) if found else ""


def handler(channels: Channels) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/find":
                self.answer(200, {"ts": channels.find(body["mark"])})
                return
            luck = int(channels.chance.random() * 20)
            if luck == 0:
                self.answer(429, {})
            elif luck == 1:
                self.answer(500, {})
            else:
                ts = channels.take(body)
                self.fail_or_answer(luck, {"ts": ts})

        def fail_or_answer(self, luck: int, said: dict[str, Any]) -> None:
            if luck == 2:
                self.answer(500, {})
            elif luck == 3:
                self.connection.close()
            elif luck == 4:
                time.sleep(0.35)
            else:
                self.answer(200, said, cut=luck == 5)

        def answer(self, status: int, said: dict[str, Any], cut: bool = False) -> None:
            text = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text[: len(text) // 2] if cut else text)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    return Handler


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A killed client is no error here."""


@pytest.fixture
def slack() -> Iterator[tuple[Channels, str]]:
    channels = Channels(1)
    server = QuietServer(("127.0.0.1", 0), handler(channels))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield channels, f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_killed_at_random_moments_it_says_everything_once_and_in_order(
    slack: tuple[Channels, str], tmp_path: Path
) -> None:
    channels, address = slack
    command = [sys.executable, "-m", "tests.scheduler.crashing_bot", str(tmp_path / "base.db"), address, str(POSTS)]
    chance, kills = random.Random(2), 0
    for _ in range(KILLS):
        bot = subprocess.Popen(command, cwd=ROOT)
        try:
            bot.wait(0.45 + 0.5 * chance.random())
            break
        except subprocess.TimeoutExpired:
            bot.kill()
            bot.wait()
            kills += 1
    assert subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == 0
    assert kills >= 5
    said = Counter(mark for mark, _, _, _ in channels.posts)
    assert len(said) == POSTS
    assert max(said.values()) == 1
    keys = defaultdict(list)
    for _, channel, key, _ in channels.posts:
        keys[channel].append(key)
    assert all(found == sorted(found) for found in keys.values())
