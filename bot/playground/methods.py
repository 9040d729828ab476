"""The methods of Slack's Web API that a bot like ours calls, each a function of the workspace and the arguments.

They return what Slack adds to `ok: true`, and raise `Refused` with the error that Slack gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.playground import payloads
from bot.playground.incoming import (
    Refused,
    channel,
    content,
    invalid,
    is_true,
    limit,
    open_view,
    own_message,
    thread,
    view_body,
)
from bot.playground.people import BOT, BOT_ID, BOT_USER_ID, TEAM_ID, TEAM_NAME
from bot.playground.values import Json
from bot.playground.workspace import Workspace

Method = Callable[[Workspace, Json], Json]


def _auth_test(workspace: Workspace, given: Json) -> Json:
    return {
        "url": "https://playground.invalid/",
        "team": TEAM_NAME,
        "user": BOT.handle,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def _post_message(workspace: Workspace, given: Json) -> Json:
    place = channel(workspace, given)
    text, blocks = content(workspace, given)
    thread_ts = thread(workspace, place, given)
    metadata = given.get("metadata") if isinstance(given.get("metadata"), dict) else None
    post = workspace.post(place.id, BOT_USER_ID, text or "", blocks or (), thread_ts=thread_ts, metadata=metadata)
    return {"channel": place.id, "ts": post.ts, "message": payloads.message(post)}


def _post_ephemeral(workspace: Workspace, given: Json) -> Json:
    place = channel(workspace, given)
    text, blocks = content(workspace, given)
    user = str(given.get("user") or "")
    if user not in place.members or user == BOT_USER_ID:
        raise Refused("user_not_in_channel" if user in workspace.people else "invalid_arguments")
    thread_ts = thread(workspace, place, given)
    post = workspace.post(place.id, BOT_USER_ID, text or "", blocks or (), thread_ts=thread_ts, only_for=user)
    return {"message_ts": post.ts}


def _update(workspace: Workspace, given: Json) -> Json:
    place = channel(workspace, given)
    own_message(workspace, place, given, "cant_update_message")
    text, blocks = content(workspace, given)
    post = workspace.edit(place.id, str(given["ts"]), text, blocks)
    assert post is not None, "found two lines above, in the same thread"
    return {"channel": place.id, "ts": post.ts, "text": post.text, "message": payloads.message(post)}


def _delete(workspace: Workspace, given: Json) -> Json:
    place = channel(workspace, given)
    post = own_message(workspace, place, given, "cant_delete_message")
    workspace.remove(place.id, post.ts)
    return {"channel": place.id, "ts": post.ts}


def _permalink(workspace: Workspace, given: Json) -> Json:
    place = channel(workspace, given)
    ts = str(given.get("message_ts") or "")
    if workspace.find(place.id, ts) is None:
        raise Refused("message_not_found")
    return {"channel": place.id, "permalink": f"https://playground.invalid/archives/{place.id}/p{ts.replace('.', '')}"}


def _user_info(workspace: Workspace, given: Json) -> Json:
    member = workspace.people.get(str(given.get("user")))
    if member is None:
        raise Refused("user_not_found")
    return {"user": payloads.user(member, with_locale=is_true(given.get("include_locale")))}


def _user_list(workspace: Workspace, given: Json) -> Json:
    with_locale = is_true(given.get("include_locale"))
    members = [payloads.user(member, with_locale) for member in workspace.people.values()]
    return {"members": members, "response_metadata": {"next_cursor": ""}}


def _conversation_info(workspace: Workspace, given: Json) -> Json:
    return {"channel": payloads.channel(channel(workspace, given))}


def _conversation_list(workspace: Workspace, given: Json) -> Json:
    kinds = str(given.get("types") or "public_channel").split(",")
    shown = [place for place in workspace.channels.values() if ("im" if place.is_im else "public_channel") in kinds]
    return {"channels": [payloads.channel(place) for place in shown], "response_metadata": {"next_cursor": ""}}


def _conversation_open(workspace: Workspace, given: Json) -> Json:
    users = [name for name in str(given.get("users") or "").split(",") if name]
    if len(users) != 1 and not given.get("channel"):
        raise Refused("users_list_not_supplied" if not users else "not_enough_users")
    place = workspace.channel_for(users[0] if users else str(given["channel"]))
    if place is None or not place.is_im:
        raise Refused("user_not_found" if users else "channel_not_found")
    shown = payloads.channel(place) if is_true(given.get("return_im")) else {"id": place.id}
    return {"no_op": True, "already_open": True, "channel": shown}


def _conversation_history(workspace: Workspace, given: Json) -> Json:
    place = channel(workspace, given)
    posts = workspace.history(place.id)
    oldest, latest = str(given.get("oldest") or "0"), str(given.get("latest") or "9")
    posts = [
        post
        for post in posts
        if oldest < post.ts < latest or (post.ts in (oldest, latest) and is_true(given.get("inclusive")))
    ]
    most = limit(given)
    shown = [payloads.parent_message(post, workspace.replies(place.id, post.ts)) for post in reversed(posts)]
    return {"messages": shown[:most], "has_more": len(shown) > most, "response_metadata": {"next_cursor": ""}}


def _conversation_replies(workspace: Workspace, given: Json) -> Json:
    place = channel(workspace, given)
    parent = workspace.find(place.id, str(given.get("ts") or ""))
    if parent is None or parent.only_for:
        raise Refused("thread_not_found")
    root = parent.thread_ts or parent.ts
    replies = workspace.replies(place.id, root)
    first = workspace.find(place.id, root)
    shown = ([payloads.parent_message(first, replies)] if first else []) + [payloads.message(post) for post in replies]
    most = limit(given)
    return {"messages": shown[:most], "has_more": len(shown) > most, "response_metadata": {"next_cursor": ""}}


def _conversation_members(workspace: Workspace, given: Json) -> Json:
    return {"members": list(channel(workspace, given).members), "response_metadata": {"next_cursor": ""}}


def _open_view(workspace: Workspace, given: Json) -> Json:
    return _show_view(workspace, given, push=False)


def _push_view(workspace: Workspace, given: Json) -> Json:
    return _show_view(workspace, given, push=True)


def _show_view(workspace: Workspace, given: Json, *, push: bool) -> Json:
    body = view_body(workspace, given, "modal")
    user, error = workspace.take_trigger(str(given.get("trigger_id") or given.get("interactivity_pointer") or ""))
    if error:
        raise Refused(error)
    if push and len(workspace.stack(user)) >= 3:
        raise Refused("push_limit_reached")
    return {"view": payloads.view(workspace.open_view(user, body, push=push))}


def _update_view(workspace: Workspace, given: Json) -> Json:
    body = view_body(workspace, given, "modal")
    old = open_view(workspace, str(given.get("view_id") or given.get("external_id") or ""))
    if given.get("hash") and given["hash"] != old.hash:
        raise Refused("hash_conflict")
    view = workspace.update_view(old.id, body)
    assert view is not None, "found above, in the same thread"
    return {"view": payloads.view(view)}


def _publish_view(workspace: Workspace, given: Json) -> Json:
    body = view_body(workspace, given, "home")
    user = str(given.get("user_id") or "")
    if user not in workspace.people:
        raise Refused("user_not_found")
    old = workspace.home(user)
    if given.get("hash") and old and given["hash"] != old.hash:
        raise Refused("hash_conflict")
    return {"view": payloads.view(workspace.publish_home(user, body))}


def _set_prompts(workspace: Workspace, given: Json) -> Json:
    place = workspace.channel_for(str(given.get("channel_id") or ""))
    if place is None or not place.is_im:
        raise Refused("channel_not_found")
    prompts = payloads.prompts(given.get("prompts"), str(given.get("title") or ""))
    if prompts is None:
        raise invalid(["[ERROR] must be 1 to 4 prompts with a title and a message [json-pointer:/prompts]"])
    if not given.get("thread_ts"):  # in an app with an agent view, Slack says ok to a thread_ts and shows nothing
        workspace.suggest(place.id, prompts)
    return {}


def _set_status(workspace: Workspace, given: Json) -> Json:
    place = workspace.channel_for(str(given.get("channel_id") or ""))
    if place is None:
        raise Refused("channel_not_found")
    workspace.set_status(place.id, str(given.get("thread_ts") or ""), str(given.get("status") or ""))
    return {}


def _nothing(workspace: Workspace, given: Json) -> Json:
    return {}


METHODS: Mapping[str, Method] = {
    "api.test": _nothing,
    "auth.test": _auth_test,
    "assistant.threads.setStatus": _set_status,
    "assistant.threads.setSuggestedPrompts": _set_prompts,
    "assistant.threads.setTitle": _nothing,
    "chat.delete": _delete,
    "chat.getPermalink": _permalink,
    "chat.postEphemeral": _post_ephemeral,
    "chat.postMessage": _post_message,
    "chat.update": _update,
    "conversations.history": _conversation_history,
    "conversations.info": _conversation_info,
    "conversations.list": _conversation_list,
    "conversations.members": _conversation_members,
    "conversations.open": _conversation_open,
    "conversations.replies": _conversation_replies,
    "users.info": _user_info,
    "users.list": _user_list,
    "views.open": _open_view,
    "views.publish": _publish_view,
    "views.push": _push_view,
    "views.update": _update_view,
}
