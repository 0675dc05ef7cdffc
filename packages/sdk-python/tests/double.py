"""A server on a real socket that answers, stalls and breaks as a test says."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Seen:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


Reply = Callable[["Line"], None]


@dataclass
class Double:
    """Gives its replies in turn, one per request; the last one again and again."""

    replies: list[Reply]
    seen: list[Seen] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    url: str = ""


class Line:
    """The connection of one request."""

    def __init__(self, connection: socket.socket, double: Double) -> None:
        self._connection = connection
        self._double = double

    def head(self, status: int, headers: dict[str, str]) -> None:
        lines = [f"HTTP/1.1 {status} X", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
        self.write("\r\n".join(lines).encode())

    def write(self, data: bytes) -> None:
        self._connection.sendall(data)

    def cut(self) -> None:
        """A reset, as of a machine that is gone."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self._connection.close()

    def wait_until_left(self, seconds: float = 5) -> None:
        """Sees the client go."""
        self._connection.settimeout(seconds)
        with suppress(OSError):
            if self._connection.recv(1) == b"":
                self._double.left.set()


def json_reply(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    def reply(line: Line) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        line.head(
            status,
            {
                "Content-Type": "application/json",
                "Content-Length": str(len(data)),
                "Connection": "close",
                **(headers or {}),
            },
        )
        line.write(data)

    return reply


def problem(status: int, code: str, *, retry_after: int | None = None) -> Reply:
    body = {"type": "about:blank", "title": "x", "status": status, "detail": "It failed."}
    headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
    return json_reply({**body, "code": code, "requestId": "req-1"}, status, headers)


def no_content(line: Line) -> None:
    line.head(204, {"Connection": "close"})


def hang_up(line: Line) -> None:
    line.cut()


def silence(line: Line) -> None:
    line.wait_until_left()


def sse(*events: bytes, then: str = "end") -> Reply:
    """Events, then the end, a cut or silence."""

    def reply(line: Line) -> None:
        line.head(200, {"Content-Type": "text/event-stream", "Connection": "close"})
        for event in events:
            line.write(event)
        if then == "cut":
            time.sleep(0.05)  # what was written would be lost with the reset
            line.cut()
        elif then == "silence":
            line.wait_until_left()

    return reply


def event(data: dict[str, Any], id: int | None = None) -> bytes:
    lines = [f"event: {data.get('type', 'message')}", f"data: {json.dumps(data)}"]
    return "\n".join([*lines, *([f"id: {id}"] if id is not None else []), "", ""]).encode()


@contextmanager
def serve(*replies: Reply) -> Iterator[Double]:
    double = Double(list(replies))
    listener = socket.create_server(("127.0.0.1", 0))
    double.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    threading.Thread(target=_accept, args=(listener, double), daemon=True).start()
    try:
        yield double
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _accept(listener: socket.socket, double: Double) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve_one, args=(connection, double), daemon=True).start()


def _serve_one(connection: socket.socket, double: Double) -> None:
    with connection, suppress(OSError):
        request = _read_request(connection)
        if request is None:
            return
        reply = double.replies[min(len(double.seen), len(double.replies) - 1)]
        double.seen.append(request)
        reply(Line(connection, double))


def _read_request(connection: socket.socket) -> Seen | None:
    reader = connection.makefile("rb")
    first = reader.readline().decode().split()
    if not first:
        return None
    headers: dict[str, str] = {}
    while (line := reader.readline().decode().rstrip("\r\n")) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while (size := int(reader.readline(), 16)) > 0:
            body += reader.read(size)
            reader.readline()
        reader.readline()
    else:
        body = reader.read(int(headers.get("content-length", "0")))
    return Seen(first[0], first[1], headers, body)
