"""The line that Slack's Socket Mode client connects to: hello, envelopes, acknowledgements. It does not read payloads."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.people import APP_ID
from bot.playground.values import Json

ACK_SECONDS = 3.0
"""How long Slack waits for an acknowledgement."""
PATH = "/link"


class NoAnswer(Exception):
    """The bot is not there, or did not acknowledge in time."""


class SocketMode:
    """Every line that the bot has open. An envelope goes down the newest; `on_change` hears when one opens or closes."""

    def __init__(
        self, on_change: Callable[[bool], None] = lambda connected: None, ack_seconds: float = ACK_SECONDS
    ) -> None:
        self._on_change, self._ack_seconds = on_change, ack_seconds
        self._lines: list[WebSocket] = []
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._counter = 0
        self._opened = asyncio.Event()

    @property
    def connected(self) -> bool:
        return bool(self._lines)

    def issue_ticket(self) -> str:
        """A word that opens one line, once: what `apps.connections.open` puts in its address."""
        self._counter += 1
        ticket = f"ticket-{self._counter}"
        self._tickets.add(ticket)
        return ticket

    async def endpoint(self, line: WebSocket) -> None:
        """Serves one line until it closes."""
        ticket = line.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await line.close(code=1008)
            return
        self._tickets.discard(ticket)
        await line.accept()
        await line.send_json(self._hello())
        self._lines.append(line)
        self._opened.set()
        self._on_change(True)
        try:
            while True:
                self._take_ack(await line.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass  # the client left, or the server is closing: both end the line
        finally:
            self._lines.remove(line)
            if not self._lines:
                self._opened.clear()
            self._on_change(self.connected)

    async def send(self, kind: str, payload: Json, *, accepts_response: bool = False, attempt: int = 0) -> Json:
        """Sends one envelope (`events_api`, `slash_commands` or `interactive`) and waits for its acknowledgement.

        Returns the payload of the acknowledgement, empty when there is none. Raises `NoAnswer`.
        """
        await self._wait_for_line()
        self._counter += 1
        envelope_id = f"envelope-{self._counter}"
        envelope: Json = {
            "envelope_id": envelope_id,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": accepts_response,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        try:
            await self._lines[-1].send_json(envelope)
            return await asyncio.wait_for(answer, self._ack_seconds)
        except (TimeoutError, WebSocketDisconnect, RuntimeError, IndexError) as error:
            raise NoAnswer(kind) from error
        finally:
            self._waiting.pop(envelope_id, None)

    async def send_event(self, payload: Json) -> bool:
        """Sends an event, once more when nobody acknowledges it, as Slack does at first. Says whether it was taken."""
        for attempt in (0, 1):
            try:
                await self.send("events_api", payload, attempt=attempt)
                return True
            except NoAnswer:
                continue
        return False

    async def _wait_for_line(self) -> None:
        try:
            await asyncio.wait_for(self._opened.wait(), self._ack_seconds)
        except TimeoutError as error:
            raise NoAnswer("no line") from error

    def _take_ack(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            return
        answer = self._waiting.get(said.get("envelope_id", "")) if isinstance(said, dict) else None
        if answer and not answer.done():
            payload = said.get("payload")
            answer.set_result(payload if isinstance(payload, dict) else {})

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._lines) + 1,
            "debug_info": {"host": "playground", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }
