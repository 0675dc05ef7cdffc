"""Parses server-sent events from bytes. No I/O."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class ServerSentEvent:
    """A server-sent event."""

    type: str
    data: str
    id: str | None


class EventParser:
    """Parses bytes into events. An incomplete event at the end is discarded."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._text = ""
        self._type = ""
        self._data: list[str] = []
        self._id: str | None = None

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """The events that end in this chunk."""
        self._text += self._decoder.decode(chunk)
        # A carriage return at the end may be the half of a line end.
        held = self._text.endswith("\r")
        lines = _LINE_END.split(self._text[:-1] if held else self._text)
        self._text = lines.pop() + ("\r" if held else "")
        for line in lines:
            if line:
                self._read(line)
                continue
            if self._data:
                yield ServerSentEvent(self._type or "message", "\n".join(self._data), self._id)
            self._type, self._data, self._id = "", [], None

    def _read(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._type = value
        elif name == "id" and "\0" not in value:
            self._id = value
