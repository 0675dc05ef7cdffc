"""Does the steps of packages/testkit/src/acceptance with this SDK; see the README there."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from pydantic import BaseModel

import lorebox
from lorebox import AsyncLorebox, Lorebox, types

T = TypeVar("T")

KINDS: list[tuple[type[lorebox.LoreboxError], str]] = [
    (lorebox.BadRequestError, "bad-request"),
    (lorebox.AuthenticationError, "authentication"),
    (lorebox.PermissionDeniedError, "permission"),
    (lorebox.NotFoundError, "not-found"),
    (lorebox.ConflictError, "conflict"),
    (lorebox.RateLimitError, "rate-limit"),
    (lorebox.CancelledError, "cancelled"),
    (lorebox.ServerError, "server"),
    (lorebox.APIConnectionError, "connection"),
]

Action = Callable[..., Any]


def times(client: Lorebox, workspace: str) -> Any:
    found = client.workspaces.get(workspace)
    is_fresh = datetime.now(timezone.utc) - found.created_at < timedelta(minutes=5)
    return {"isFresh": is_fresh, "isUpdatedLater": found.updated_at > found.created_at}


def first_page(client: Lorebox, workspace: str, limit: int) -> Any:
    page = client.documents.list(workspace, limit=limit).first_page()
    return {"items": len(page.items), "hasMore": page.next_cursor is not None}


def ask(client: Lorebox, **args: Any) -> Any:
    answer = client.ask(**args)
    return {
        "answerId": answer.started.answer_id,
        "threadId": answer.started.thread_id,
        "events": list(answer),
        "text": "".join(answer.text()),
        "final": answer.final(),
    }


def ask_and_leave(client: Lorebox, after: int, **args: Any) -> Any:
    answer = client.ask(**args)
    events: list[types.AnswerEvent] = []
    for event in answer:
        events.append(event)
        if len(events) == after:
            break
    left = len(events)
    events += client.watch(answer.started.answer_id, str(events[-1].seq))
    return {
        "answerId": answer.started.answer_id,
        "left": left,
        "events": events,
        "final": events[-1].type,
    }


def ask_and_cancel(client: Lorebox, **args: Any) -> Any:
    answer = client.ask(**args)
    for event in answer:
        if isinstance(event, types.TextDeltaEvent):
            break
    answer.cancel()
    last = list(answer)[-1]
    code = last.code if isinstance(last, types.AnswerErrorEvent) else None
    return {"threadId": answer.started.thread_id, "last": last.type, "code": code}


def thread_round_trip(client: Lorebox, workspace: str, title: str, next: str) -> Any:
    made = client.threads.create(workspace, title=title)
    client.threads.update(made.id, title=next)
    renamed = [t.title for t in client.threads.list(workspace) if t.id == made.id]
    client.threads.delete(made.id)
    is_gone = all(t.id != made.id for t in client.threads.list(workspace))
    return {"made": made.title, "renamed": renamed[0], "isGone": is_gone}


def create_twice(client: Lorebox, username: str, password: str) -> Any:
    client.users.create(username, password)
    return client.users.create(username, password)


def download(client: Lorebox, document_id: str) -> Any:
    whole = client.documents.download(document_id)
    part = client.documents.download(document_id, start=4, end=9)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "saved"
        assert client.documents.save(document_id, path) == len(whole)
        assert path.read_bytes() == whole
    return {"whole": whole.decode(), "part": part.decode()}


def event_types(client: Lorebox, workspace: str) -> Any:
    found = [event.type for event in client.events.list(workspace=workspace)]
    return {"first": found[-1], "hasReady": "document.ready" in found}


def webhook_round_trip(client: Lorebox, url: str, event_types: list[types.EventType]) -> Any:
    made = client.webhooks.create(url, event_types=event_types)
    changed = client.webhooks.update(made.id, enabled=False)
    deliveries = client.webhooks.deliveries(made.id).to_list()
    client.webhooks.delete(made.id)
    return {
        "hasSecret": made.secret.startswith("whsec_"),
        "eventTypes": made.event_types,
        "isOff": not changed.enabled,
        "deliveries": len(deliveries),
        "isGone": all(one.id != made.id for one in client.webhooks.list()),
    }


def rotate(client: Lorebox, key_id: str, grace_minutes: int) -> Any:
    made = client.api_keys.rotate(key_id, grace_minutes=grace_minutes)
    return {"isNew": made.key.startswith("lbx_"), "hasGrace": made.previous_key_until is not None}


ACTIONS: dict[str, Action] = {
    "documents.download": download,
    "events.types": event_types,
    "webhooks.roundTrip": webhook_round_trip,
    "apiKeys.rotate": rotate,
    "settings.get": lambda c: c.settings.get(),
    "auth.me": lambda c: c.auth.me(),
    "workspaces.create": lambda c, **a: c.workspaces.create(**a),
    "workspaces.get": lambda c, **a: c.workspaces.get(**a),
    "workspaces.update": lambda c, **a: c.workspaces.update(**a),
    "workspaces.list": lambda c, **a: c.workspaces.list(**a).to_list(),
    "workspaces.delete": lambda c, **a: c.workspaces.delete(**a),
    "workspaces.times": times,
    "documents.upload": lambda c, workspace, path, **a: c.documents.upload(workspace, path, **a),
    "documents.uploadBytes": lambda c, workspace, filename, text: c.documents.upload(
        workspace, (filename, text.encode())
    ),
    "documents.importTexts": lambda c, **a: c.documents.import_texts(**a),
    "documents.waitUntilIdle": lambda c, **a: c.documents.wait_until_idle(**a),
    "documents.list": lambda c, **a: c.documents.list(**a).to_list(),
    "documents.firstPage": first_page,
    "documents.get": lambda c, **a: c.documents.get(**a),
    "documents.text": lambda c, **a: c.documents.text(**a),
    "documents.chunks": lambda c, **a: c.documents.chunks(**a).to_list(),
    "documents.delete": lambda c, **a: c.documents.delete_many(**a),
    "search": lambda c, **a: c.search(**a),
    "ask": ask,
    "watch": lambda c, **a: list(c.watch(**a)),
    "askAndLeave": ask_and_leave,
    "askAndCancel": ask_and_cancel,
    "threads.messages": lambda c, **a: c.threads.messages(**a).to_list(),
    "threads.lastStatus": lambda c, **a: c.threads.messages(**a).to_list()[-1].status,
    "threads.roundTrip": thread_round_trip,
    "apiKeys.create": lambda c, **a: c.api_keys.create(**a),
    "apiKeys.revoke": lambda c, **a: c.api_keys.revoke(**a),
    "users.createTwice": create_twice,
}


class Waited:
    """The asynchronous client behind the face of the other one, so that both do the same steps."""

    def __init__(self, target: Any, run: Callable[[Any], Any]) -> None:
        self._target = target
        self._run = run

    def __getattr__(self, name: str) -> Any:
        return self._wrap(getattr(self._target, name))

    def __iter__(self) -> Any:
        loop = aiter(self._target)
        try:
            while True:
                try:
                    yield self._run(anext(loop))
                except StopAsyncIteration:
                    return
        finally:
            self._run(loop.aclose())

    def _wrap(self, value: Any) -> Any:
        if inspect.iscoroutine(value):
            return self._wrap(self._run(value))
        if callable(value):
            return lambda *args, **named: self._wrap(value(*args, **named))
        is_plain = isinstance(value, (str, bytes, int, BaseModel, list, type(None)))
        return value if is_plain else Waited(value, self._run)


def fill(value: Any, saved: dict[str, Any]) -> Any:
    """Texts that begin with "$" stand for what was saved."""
    if isinstance(value, list):
        return [fill(item, saved) for item in value]
    if isinstance(value, dict):
        return {name: fill(inner, saved) for name, inner in value.items()}
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    found: Any = saved
    for part in value[1:].split("."):
        found = found[int(part) if isinstance(found, list) else part]
    return found


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def to_wire(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, list):
        return [to_wire(item) for item in value]
    if isinstance(value, dict):
        return {name: to_wire(inner) for name, inner in value.items()}
    return value


def describe(error: lorebox.LoreboxError) -> Any:
    return {
        "kind": next((name for kind, name in KINDS if isinstance(error, kind)), None),
        "code": error.code,
        "status": error.status,
        "requestId": error.request_id,
        "isRetryable": error.is_retryable,
    }


def connect(
    step: dict[str, Any], saved: dict[str, Any], loop: asyncio.AbstractEventLoop | None
) -> Any:
    given = fill(step.get("client", {}), saved)
    known = saved["input"]
    line = "tornUrl" if given.get("isTorn") else "lossyUrl" if given.get("isLossy") else "url"
    url, key = given.get("url", known[line]), given.get("apiKey", known["apiKey"])
    retries = given.get("maxRetries", 2)
    if loop is None:
        return Lorebox(url, key, max_retries=retries)
    return Waited(AsyncLorebox(url, key, max_retries=retries), loop.run_until_complete)


def main(steps_file: str, input_text: str) -> None:
    saved: dict[str, Any] = {"input": json.loads(input_text)}
    is_async = os.environ.get("ACCEPTANCE_CLIENT") == "async"
    loop = asyncio.new_event_loop() if is_async else None
    for step in json.loads(Path(steps_file).read_text()):
        args = {snake(name): fill(value, saved) for name, value in step.get("with", {}).items()}
        if "idempotencyKey" in step:
            args["idempotency_key"] = step["idempotencyKey"]
        outcome: dict[str, Any]
        try:
            client = connect(step, saved, loop)
            outcome = {"result": to_wire(ACTIONS[step["do"]](client, **args))}
        except lorebox.LoreboxError as error:
            outcome = {"error": describe(error)}
        if "save" in step and "result" in outcome:
            saved[step["save"]] = outcome["result"]
        print(json.dumps({"step": step["name"], **outcome}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
