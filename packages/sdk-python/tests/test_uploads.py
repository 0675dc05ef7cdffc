from __future__ import annotations

import io
from pathlib import Path

import pytest

import lorebox
from lorebox import AsyncLorebox, Lorebox

from .double import hang_up, json_reply, serve
from .samples import DOCUMENT

STATES = [("a", "ready"), ("b", "processing"), ("b", "failed")]
ACCEPTED = json_reply({"documents": []}, 202)


def test_uploads_paths_bytes_and_open_files_after_their_fields(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("from a path")
    with serve(ACCEPTED) as double, path.open("rb") as opened:
        Lorebox(double.url).documents.upload(
            "demo",
            path,
            str(path),
            opened,
            ("bytes.txt", b"from bytes"),
            ("stream.txt", io.BytesIO(b"from a stream")),
            ("renamed.txt", path),
            metadata={"shelf": 7},
            title="Title",
            external_id="e1",
        )
    [seen] = double.seen
    assert seen.path == "/v1/workspaces/demo/documents"
    assert seen.headers["content-type"].startswith("multipart/form-data")
    body = seen.body.decode()
    assert body.count("from a path") == 4
    assert body.count('filename="notes.txt"') == 3
    for name in ("bytes.txt", "stream.txt", "renamed.txt"):
        assert f'filename="{name}"' in body
    assert '{"shelf": 7}' in body
    assert max(body.index(f'name="{n}"') for n in ("metadata", "title", "externalId")) < body.index(
        'name="file"'
    )


def test_is_sent_once() -> None:
    with serve(hang_up) as double:
        with pytest.raises(lorebox.APIConnectionError):
            Lorebox(double.url).documents.upload("demo", ("x.txt", b"x"))
        assert len(double.seen) == 1


def test_a_large_file_is_streamed() -> None:
    class Counted(io.RawIOBase):
        largest = 0
        sent = 0
        name = "large.bin"

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            assert size > 0, "read at once"
            piece = b"x" * min(size, 8_000_000 - self.sent)
            self.sent += len(piece)
            self.largest = max(self.largest, len(piece))
            return piece

    file = Counted()
    with serve(ACCEPTED) as double:
        Lorebox(double.url).documents.upload("demo", file)  # type: ignore[arg-type]
    assert double.seen[0].body.count(b"x") >= 8_000_000
    assert file.largest < 1_000_000


def test_refuses_what_is_no_file() -> None:
    client = Lorebox("http://127.0.0.1:9", max_retries=0)
    with pytest.raises(ValueError, match="at least one"):
        client.documents.upload("demo")
    with pytest.raises(FileNotFoundError):
        client.documents.upload("demo", "/no/such/file")
    with pytest.raises(TypeError, match="need a name"):
        client.documents.upload("demo", b"bytes")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no name"):
        client.documents.upload("demo", io.BytesIO(b"x"))
    with pytest.raises(TypeError, match="encode"):
        client.documents.upload("demo", ("x.txt", "text"))  # type: ignore[arg-type]


async def test_uploads_asynchronously(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("from a path")
    with serve(ACCEPTED) as double:
        async with AsyncLorebox(double.url) as client:
            await client.documents.upload("demo", path, ("b.txt", b"bytes"), title="T")
    assert b"from a path" in double.seen[0].body


def test_sends_details_for_each_file() -> None:
    details: list[lorebox.FileDetails] = [
        {"external_id": "a/x.txt", "relative_path": "a/x.txt", "metadata": {"shelf": 7}},
        {},
    ]
    with serve(ACCEPTED) as double:
        documents = Lorebox(double.url).documents
        documents.upload("demo", ("x.txt", b"x"), ("y.txt", b"y"), details=details)
    expected = (
        '[{"externalId": "a/x.txt", "relativePath": "a/x.txt", "metadata": {"shelf": 7}}, {}]'
    )
    assert expected in double.seen[0].body.decode()


def test_waits_until_nothing_is_processing() -> None:
    def summary(processing: int) -> dict[str, int]:
        return {"ready": 1, "failed": 0, "processing": processing}

    with serve(json_reply(summary(2)), json_reply(summary(0))) as double:
        documents = Lorebox(double.url).documents
        assert documents.wait_until_idle("demo").ready == 1
        assert len(double.seen) == 2
    with (
        serve(json_reply(summary(2))) as double,
        pytest.raises(lorebox.APITimeoutError, match="2 documents are still processing"),
    ):
        Lorebox(double.url).documents.wait_until_idle("demo", timeout=0.05)


def test_waits_until_documents_are_ready_or_have_failed() -> None:
    replies = [json_reply({**DOCUMENT, "id": i, "status": s}) for i, s in STATES]
    with serve(*replies) as double:
        documents = Lorebox(double.url).documents.wait_until_ready(["a", "b"])
        assert [document.status for document in documents] == ["ready", "failed"]
        assert len(double.seen) == 3


def test_names_the_cause_of_a_connection_error() -> None:
    with pytest.raises(lorebox.APIConnectionError) as caught:
        Lorebox("http://127.0.0.1:9", max_retries=0).status()
    assert caught.value.cause_code == "ECONNREFUSED"


def test_refuses_a_url_with_a_version() -> None:
    with pytest.raises(ValueError, match="must not end in /v1"):
        Lorebox("http://127.0.0.1:3001/v1/")
