"""A delivery in a process of its own, to be killed: `python -m tests.scheduler.crashing_bot BASE ADDRESS COUNT`.

Every COUNT posts are due now, in five channels. It ends by itself once all is said.
"""

from __future__ import annotations

import http.client
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from knowledge.messages import Message, Phrase, Say
from knowledge.storage import open_store
from scheduler.delivery import Delivery
from scheduler.outbox import Patience
from scheduler.ports import Absent, Found, Outcome, Refused, Retry, Sent, Unclear
from scheduler.rules import Team
from scheduler.storage import SqliteOutbox
from scheduler.values import Due, Receipt
from tests.plain_codec import PLAIN

PATIENCE = Patience(lease=timedelta(seconds=0.6), between_scans=timedelta(seconds=0.15), tries=1000)


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Words:
    def compose(self, due: Due, now: datetime) -> Message | None:
        return Message((Say(Phrase(due.key)),))


class HttpMessenger:
    """Talks to the fake server of the test. Calls end within 0.3 s, half the lease."""

    def __init__(self, address: str) -> None:
        self.address = address

    def post(self, due: Due, message: Message) -> Outcome:
        try:
            status, said = self._call("/post", {"channel": due.channel, "mark": due.mark, "key": due.key})
        except ConnectionRefusedError:
            return Retry(0.1, "no connection")
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Unclear(type(error).__name__)
        if status == 429:
            return Retry(0.05, "ratelimited")
        return Sent(Receipt(due.channel, said["ts"])) if status == 200 else Unclear(str(status))

    def find(self, due: Due, since: datetime) -> Found:
        try:
            status, said = self._call("/find", {"channel": due.channel, "mark": due.mark})
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Unclear(type(error).__name__)
        if status != 200:
            return Refused(str(status))
        return Sent(Receipt(due.channel, said["ts"])) if said["ts"] else Absent()

    def _call(self, path: str, body: dict[str, str]) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(self.address, timeout=0.3)
        try:
            connection.request("POST", path, json.dumps(body))
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()


def occurrences(count: int, at: datetime) -> list[Due]:
    return [
        Due(f"post:{n:04}", "report", "", at + timedelta(microseconds=n), f"C{n % 5}", "en", "Europe/Paris")
        for n in range(count)
    ]


def main() -> None:
    base, address, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    store: Any = open_store(base, PLAIN)
    outbox = SqliteOutbox(store)
    clock = SystemClock()
    if outbox.planned_until() is None:
        outbox.plan(occurrences(count, clock.now()), (), clock.now())
    with ThreadPoolExecutor(5) as pool:
        messenger = HttpMessenger(address)
        delivery = Delivery(
            *(store, {}, outbox, Words(), messenger, clock, pool, time.sleep), (), (), Team(), PATIENCE, 0.005
        )
        while outbox.waiting():
            delivery.tick()
            time.sleep(0.02)
    store.close()


if __name__ == "__main__":
    main()
