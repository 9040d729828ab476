"""What people do in the page, told to the bot as Slack would: writing, running a command, clicking, submitting, opening.

Each gesture changes the workspace, sends an envelope down the line and does what the acknowledgement asks.
"""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Callable, Coroutine, Iterable, Mapping

from bot.playground import files, interactions, payloads
from bot.playground.elements import Given, action, find, options, values
from bot.playground.incoming import Refused, read_view
from bot.playground.people import BOT, BOT_USER_ID, Channel, User, dm_of
from bot.playground.socket_mode import NoAnswer, SocketMode
from bot.playground.values import Change, Grant, Json, Post, View
from bot.playground.web_api import answer_response_url
from bot.playground.workspace import Workspace

LONGEST_TEXT = 4000
LONGEST_NAME = 200
COMMANDS = ("/entente",)
Shortcuts = tuple[tuple[str, str], ...]
_URL = re.compile(r"https?://[^\s<>]+")


class Gestures:
    """`address` is the host:port at which the bot finds this server; `commands` are those that the app declares, `shortcuts` those
    of the menu of a message: (callback_id, name)."""

    def __init__(
        self,
        workspace: Workspace,
        link: SocketMode,
        address: str,
        clock: Callable[[], float],
        commands: tuple[str, ...] = COMMANDS,
        shortcuts: Shortcuts = (),
    ) -> None:
        self._workspace, self._link, self._address, self._clock = workspace, link, address, clock
        self.commands, self.shortcuts = commands, shortcuts
        self._tasks: set[asyncio.Task[None]] = set()

    async def say(self, user: User, place: Channel, text: str, thread_ts: str = "") -> None:
        """Writes a message, or runs the command that it starts with."""
        text = text.strip()[:LONGEST_TEXT]
        if not text:
            return
        if text.startswith("/"):
            await self._run_command(user, place, text, thread_ts)
            return
        post = self._workspace.post(place.id, user.id, encode(text, self._workspace), thread_ts=thread_ts)
        if place.is_im:
            self._send_event(payloads.message_im(post))
        elif f"<@{BOT_USER_ID}>" in post.text:
            self._send_event(payloads.app_mention(post))

    async def share(self, user: User, place: Channel, name: str, data: bytes) -> None:
        """Gives a file: the bot hears of it in a direct message."""
        post, file_id = files.share(self._workspace, place, user, name[:LONGEST_NAME], data, self._address)
        if place.is_im:
            self._send_event(payloads.file_share(post, [files.described(self._workspace, file_id)]))

    async def use_shortcut(self, user: User, callback_id: str, channel: str, ts: str) -> bool:
        """Chooses a shortcut in the menu of a message. False: no such shortcut or message, or no answer."""
        place, post, _ = self._place_of(user, channel, ts, "")
        if place is None or post is None or post.only_for or callback_id not in dict(self.shortcuts):
            return False
        url = self._response_url(self._workspace.grant_response(user.id, place.id, post.thread_ts))
        trigger = self._workspace.new_trigger(user.id)
        payload = interactions.message_action(user, place, post, callback_id, trigger, url)
        return await self._interact(user, payload) is not None

    async def click(
        self,
        user: User,
        block_id: str,
        action_id: str,
        given: Given,
        inputs: Mapping[str, Given],
        *,
        channel: str = "",
        ts: str = "",
        view_id: str = "",
    ) -> bool:
        """Tells the bot about a click or a choice in a message or a view. False: no such element, or no answer."""
        place, post, view = self._place_of(user, channel, ts, view_id)
        blocks: Iterable[Json] = post.blocks if post else view.body.get("blocks") or [] if view else []
        element = find(blocks, block_id, action_id)
        done = action(element, block_id, given, self._workspace.next_ts()) if element else None
        if done is None:
            return False
        trigger, state = self._workspace.new_trigger(user.id), values(blocks, inputs)
        if place and post:
            name = self._workspace.grant_response(user.id, place.id, post.thread_ts, post.ts, bool(post.only_for))
            payload = interactions.click_in_message(user, place, post, done, state, trigger, self._response_url(name))
        elif view:
            payload = interactions.click_in_view(user, view, done, state, trigger)
        else:
            return False
        return await self._interact(user, payload) is not None

    async def submit(self, user: User, view_id: str, inputs: Mapping[str, Given]) -> Mapping[str, str]:
        """Sends a modal. Returns the errors to show, by block; none when the bot took it. The key "" is for the whole."""
        view = self._modal(user, view_id)
        if view is None:
            return {}
        state = values(view.body.get("blocks") or [], inputs)
        trigger = self._workspace.new_trigger(user.id)
        answer = await self._interact(user, interactions.view_submission(user, view, state, trigger), quiet=True)
        if answer is None:
            return {"": "modal_failed"}
        return self._after_submission(user, answer)

    async def close(self, user: User, view_id: str, everything: bool = False) -> None:
        """Closes the modal in front, or all of them, and says so to those that asked to know."""
        if self._modal(user, view_id) is None:
            return
        for view in self._workspace.close_view(user.id, all_of_them=everything):
            if view.body.get("notify_on_close"):
                self._start(self._tell_closed(user, view, everything))

    async def open_app(self, user: User, tab: str) -> None:
        """Opens the direct message with the bot on its `home` or `messages` tab."""
        home = self._workspace.home(user.id)
        event = payloads.app_home_opened(user, dm_of(user.id), tab, self._workspace.next_ts(), home)
        self._send_event(event)

    async def suggest(
        self, user: User, block_id: str, action_id: str, typed: str, channel: str = "", ts: str = "", view_id: str = ""
    ) -> list[Json]:
        """The options that the bot offers in an external select for what is typed: `value` and `text` of each."""
        _, post, view = self._place_of(user, channel, ts, view_id)
        payload = interactions.block_suggestion(user, view, post, block_id, action_id, typed[:150])
        answer = await self._interact(user, payload, quiet=True) or {}
        found = options({"options": answer.get("options"), "option_groups": answer.get("option_groups")})
        return [
            {"value": str(item.get("value", "")), "text": str(item.get("text", {}).get("text", ""))} for item in found
        ]

    # in the background

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)  # a task that nobody holds may vanish
        task.add_done_callback(self._tasks.discard)

    def _send_event(self, event: Json) -> None:
        payload = payloads.event_callback(event, self._workspace.next_id("Ev"), self._clock())
        self._start(self._deliver(payload))

    async def _deliver(self, payload: Json) -> None:
        taken = await self._link.send_event(payload)
        if not taken and not self._link.connected:
            self._notice(str(payload["event"].get("user", "")), "no_bot")

    async def _tell_closed(self, user: User, view: View, cleared: bool) -> None:
        await self._interact(user, interactions.view_closed(user, view, cleared), quiet=True)

    async def _run_command(self, user: User, place: Channel, text: str, thread_ts: str) -> None:
        command, _, rest = text.partition(" ")
        if command not in self.commands or thread_ts:
            self._notice(user.id, "no_command_in_thread" if command in self.commands else "unknown_command")
            return
        name = self._workspace.grant_response(user.id, place.id)
        trigger = self._workspace.new_trigger(user.id)
        arguments = html.escape(rest.strip(), quote=False)
        payload = interactions.slash_command(user, place, command, arguments, trigger, self._response_url(name))
        try:
            answer = await self._link.send("slash_commands", payload, accepts_response=True)
        except NoAnswer:
            self._notice(user.id, "command_failed" if self._link.connected else "no_bot")
            return
        if answer.get("text") or answer.get("blocks"):
            self._say_back(Grant(user.id, place.id, "", "", True, self._clock()), answer, name)

    def _say_back(self, grant: Grant, answer: Json, name: str) -> None:
        """Writes what an acknowledgement says; a later call of the response_url may replace it."""
        try:
            post = answer_response_url(self._workspace, grant, answer)
        except Refused:
            self._notice(grant.user, "command_failed")
            return
        if post:
            self._workspace.remember_original(name, post.ts)

    async def _interact(self, user: User, payload: Json, quiet: bool = False) -> Json | None:
        try:
            return await self._link.send("interactive", payload, accepts_response=True)
        except NoAnswer:
            if not quiet:
                self._notice(user.id, "click_failed" if self._link.connected else "no_bot")
            return None

    def _after_submission(self, user: User, answer: Json) -> Mapping[str, str]:
        wanted = answer.get("response_action")
        if wanted == "errors":
            return {str(block): str(words) for block, words in (answer.get("errors") or {}).items()}
        if wanted == "clear":
            self._workspace.close_view(user.id, all_of_them=True)
        elif wanted in ("update", "push"):
            try:
                body = read_view(self._workspace, answer.get("view"))
            except Refused:
                return {"": "modal_failed"}
            if wanted == "push":
                self._workspace.open_view(user.id, body, push=True)
            else:
                self._workspace.update_view(self._workspace.stack(user.id)[-1].id, body)
        else:
            self._workspace.close_view(user.id)
        return {}

    def _place_of(
        self, user: User, channel: str, ts: str, view_id: str
    ) -> tuple[Channel | None, Post | None, View | None]:
        """The message or the view that a gesture is about, when that person may see it."""
        post = self._workspace.find(channel, ts) if ts else None
        place = self._workspace.channels.get(channel)
        if post and place and user.id in place.members and post.only_for in ("", user.id):
            return place, post, None
        view = self._workspace.view(view_id) if view_id else None
        return None, None, view if view and view.user == user.id else None

    def _modal(self, user: User, view_id: str) -> View | None:
        stack = self._workspace.stack(user.id)
        return stack[-1] if stack and stack[-1].id == view_id else None

    def _response_url(self, name: str) -> str:
        return f"http://{self._address}/response/{name}"

    def _notice(self, user: str, key: str) -> None:
        self._workspace.tell(Change("notice", viewer=user, note=key))


def encode(typed: str, workspace: Workspace) -> str:
    """What somebody typed, as Slack sends it: escaped, with mentions, channels and addresses in angle brackets."""
    text = html.escape(typed, quote=False)
    text = _URL.sub(lambda match: f"<{match[0]}>", text)
    handles = {BOT.title: BOT.id} | {person.title: person.id for person in workspace.people.values()}
    handles |= {person.handle: person.id for person in workspace.people.values()}
    for name in sorted(handles, key=len, reverse=True):
        # the sign may follow a letter in an address, and the name may go on: neither is a mention
        text = re.sub(rf"(?<![\w<@.])@{re.escape(name)}(?!\w)", f"<@{handles[name]}>", text, flags=re.IGNORECASE)
    for place in workspace.channels.values():
        if not place.is_im:
            text = re.sub(rf"(?<![\w<#&])#{re.escape(place.name)}(?![\w-])", f"<#{place.id}|{place.name}>", text)
    return text
