"""Kill -9 at random moments while a stand-in of Slack fails in every way, and what became of the posts.

The delivery under test is the real one, with the real client, in a process that is forked anew after every kill.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import socket
import struct
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from tests.scheduler.crashing_bot import TIMEOUT, prepare, speak

HISTORY_LAG = 0.3
CHANNELS = 20
FAULTS = ("429", "500 and not taken", "500 and taken", "reset", "timeout", "cut answer")
"""What befalls one post in twenty each; a reset and a timeout come after the post was taken, or instead."""
LONGEST_LIFE = 0.8


@dataclass(frozen=True, slots=True)
class Toll:
    """What a storm came to: kills, faults by name, what was never said, what was said twice, and the seconds it took."""

    posts: int
    kills: int
    faults: dict[str, int]
    missed: int
    doubled: int
    ordered: bool
    seconds: float


@dataclass
class Channels:
    """What was posted where and when; `seed` is the luck of the day."""

    seed: int
    posts: list[tuple[str, str, str, float]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    lock: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def draw(self) -> tuple[str, bool]:
        """What befalls a post ("" for nothing), and whether it is taken all the same."""
        with self.lock:
            luck, taken = int(self.chance.random() * 20), self.chance.random() < 0.5
            fault = FAULTS[luck] if luck < len(FAULTS) else ""
            self.faults.update([fault] if fault else [])
        return fault, taken if fault in {"reset", "timeout"} else fault not in {"429", "500 and not taken"}

    def take(self, channel: str, mark: str, text: str) -> str:
        with self.lock:
            self.posts.append((channel, mark, text, time.time()))
            return f"{self.posts[-1][-1]:.6f}"

    def history(self, channel: str, oldest: float) -> list[dict[str, Any]]:
        with self.lock:
            seen = [
                post for post in self.posts if post[0] == channel and oldest <= post[3] <= time.time() - HISTORY_LAG
            ]
        return [
            {"ts": f"{at:.6f}", "text": text, "metadata": {"event_payload": {"k": mark}}}
            for _, mark, text, at in reversed(seen)
        ]

    def heard(self) -> None:
        with self.lock:
            self.requests += 1
            self.lock.notify_all()

    def wait_for(self, requests: int) -> None:
        """Until so many more requests have come, or for a while."""
        with self.lock:
            until = self.requests + requests
            self.lock.wait_for(lambda: self.requests >= until, LONGEST_LIFE)


def handler(channels: Channels) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked = json.loads(raw) if "json" in self.headers["Content-Type"] else dict(parse_qsl(raw))
            channels.heard()
            if self.path.endswith("conversations.history"):
                found = channels.history(asked["channel"], float(asked["oldest"]))
                self.answer(200, {"ok": True, "messages": found})
                return
            fault, taken = channels.draw()
            metadata = asked["metadata"] if isinstance(asked["metadata"], dict) else json.loads(asked["metadata"])
            mark = metadata["event_payload"]["k"]
            ts = channels.take(asked["channel"], mark, asked["text"]) if taken else ""
            self.befall(fault, {"ok": True, "channel": asked["channel"], "ts": ts})

        def befall(self, fault: str, said: dict[str, Any]) -> None:
            if fault == "429":
                self.answer(429, {"ok": False, "error": "ratelimited"})
            elif fault.startswith("500"):
                self.answer(500, {"ok": False})
            elif fault == "reset":
                # Closed with nothing to linger for, the system sends a reset.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            elif fault == "timeout":
                time.sleep(TIMEOUT + 0.1)
            else:
                self.answer(200, said, cut=fault == "cut answer")

        def answer(self, status: int, said: dict[str, Any], cut: bool = False) -> None:
            text = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            if status == 429:
                self.send_header("Retry-After", "1")
            self.end_headers()
            self.wfile.write(text[: len(text) // 2] if cut else text)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    return Handler


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A killed client is no error here."""


@contextmanager
def served(channels: Channels) -> Iterator[str]:
    server = QuietServer(("127.0.0.1", 0), handler(channels))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def storm(folder: Path, posts: int, kills: int, channels: int = CHANNELS, seed: int = 1) -> Toll:
    """Posts over so many channels, all due at once. Each life ends a random moment after a random number of requests, until
    there were so many kills or all is said; the last life is left alone."""
    slack, chance, started, killed = Channels(seed), random.Random(seed), time.monotonic(), 0
    at = datetime.fromtimestamp(int(time.time()), UTC)
    prepare(folder / "base.db", posts, channels, at)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.scheduler.crashing_bot"])
    with served(slack) as address:
        while True:
            bot = context.Process(target=speak, args=(folder / "base.db", address, posts, channels, at))
            bot.start()
            if killed < kills:
                slack.wait_for(chance.randrange(3))
                bot.join(0.04 * chance.random())
            else:
                bot.join(120)
            if bot.exitcode is not None:
                assert bot.exitcode == 0, "the bot broke down by itself"
                break
            assert killed < kills, "the last life did not come to an end"
            bot.kill()
            bot.join()
            killed += 1
    said = Counter(mark for _, mark, _, _ in slack.posts)
    order = defaultdict(list)
    for channel, _, text, _ in slack.posts:
        order[channel].append(text)
    ordered = all(found == sorted(found) for found in order.values())
    doubled = sum(count > 1 for count in said.values())
    return Toll(posts, killed, dict(slack.faults), posts - len(said), doubled, ordered, time.monotonic() - started)
