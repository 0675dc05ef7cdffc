from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

import pydantic
import pytest

import lorebox
from lorebox import Lorebox

from .double import Double, hang_up, json_reply, problem, serve, silence
from .samples import WORKSPACE


def connect(double: Double, **options: object) -> Lorebox:
    return Lorebox(double.url, "lbx_key", **options)  # type: ignore[arg-type]


def test_sends_what_was_given_and_reads_dates() -> None:
    with serve(json_reply({**WORKSPACE, "newInTheNextVersion": 1, "mode": "telepathy"})) as double:
        workspace = connect(double).workspaces.update("a/b", model=None, top_k=3)
    [seen] = double.seen
    assert (seen.method, seen.path) == ("PATCH", "/v1/workspaces/a%2Fb")
    assert seen.json() == {"model": None, "topK": 3}
    assert seen.headers["authorization"] == "Bearer lbx_key"
    assert seen.headers["user-agent"].startswith("lorebox-python/")
    assert workspace.created_at == datetime(2026, 11, 23, 10, 0, 0, 123000, tzinfo=timezone.utc)
    assert (workspace.refusal_text, workspace.mode) == ("", "telepathy")
    assert workspace.model_extra == {"newInTheNextVersion": 1}


def test_sends_dates_lists_and_models() -> None:
    with serve(json_reply({"documents": []})) as double:
        connect(double).documents.import_texts(
            "demo",
            [lorebox.types.TextItem(text="one", external_id="1"), {"text": "two", "title": "Two"}],
        )
    assert double.seen[0].json() == {
        "items": [{"text": "one", "externalId": "1"}, {"text": "two", "title": "Two"}]
    }


def test_refuses_what_the_server_would_ignore_or_address_elsewhere() -> None:
    with serve(json_reply({})) as double:
        client = connect(double)
        with pytest.raises(pydantic.ValidationError, match="externlaId"):
            client.documents.import_texts("demo", [{"text": "x", "externlaId": "1"}])
        for wrong in ("", ".", ".."):
            with pytest.raises(ValueError, match="id or slug"):
                client.workspaces.delete(wrong)
        with pytest.raises(TypeError, match="NoneType"):
            client.workspaces.delete(None)  # type: ignore[arg-type]
    assert double.seen == []


def test_tries_again_with_the_same_key_when_an_answer_is_lost() -> None:
    replies = [hang_up, problem(503, "SHUTTING_DOWN"), json_reply(WORKSPACE, 201)]
    with serve(*replies) as double:
        assert connect(double).workspaces.create("Notes").slug == "notes"
    keys = [seen.headers["idempotency-key"] for seen in double.seen]
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert len(keys[0]) == 36


def test_keys_differ_between_calls_and_can_be_given() -> None:
    with serve(json_reply(WORKSPACE, 201)) as double:
        client = connect(double)
        client.workspaces.create("Notes")
        client.workspaces.create("Notes")
        client.workspaces.create("Notes", idempotency_key="job-17")
        client.workspaces.get("notes")
    one, two, mine, get = (seen.headers.get("idempotency-key") for seen in double.seen)
    assert one != two
    assert (mine, get) == ("job-17", None)


def test_waits_as_long_as_the_server_says() -> None:
    limited = problem(429, "RATE_LIMITED", retry_after=1)
    with serve(limited, json_reply(WORKSPACE)) as double:
        began = time.monotonic()
        connect(double).workspaces.get("notes")
        assert 1 <= time.monotonic() - began < 3
    with serve(problem(429, "RATE_LIMITED", retry_after=600)) as double:
        with pytest.raises(lorebox.RateLimitError) as caught:
            connect(double).workspaces.get("notes")
        assert caught.value.retry_after == 600
        assert len(double.seen) == 1


def test_gives_up_after_max_retries_and_at_once_where_trying_makes_no_sense() -> None:
    with serve(problem(503, "SHUTTING_DOWN")) as double:
        with pytest.raises(lorebox.ServerError):
            connect(double, max_retries=1).workspaces.get("notes")
        assert len(double.seen) == 2
        with pytest.raises(lorebox.ServerError):
            connect(double).workspaces.get("notes", max_retries=0)
        assert len(double.seen) == 3
    with serve(problem(500, "INTERNAL")) as double:
        with pytest.raises(lorebox.ServerError):
            connect(double).workspaces.get("notes")
        assert len(double.seen) == 1


@pytest.mark.parametrize(
    ("status", "kind", "is_retryable"),
    [
        (400, lorebox.BadRequestError, False),
        (401, lorebox.AuthenticationError, False),
        (403, lorebox.PermissionDeniedError, False),
        (404, lorebox.NotFoundError, False),
        (409, lorebox.ConflictError, False),
        (413, lorebox.BadRequestError, False),
        (422, lorebox.BadRequestError, False),
        (429, lorebox.RateLimitError, True),
        (500, lorebox.ServerError, False),
        (502, lorebox.ServerError, True),
        (418, lorebox.LoreboxError, False),
    ],
)
def test_errors_have_a_class_a_code_and_a_request_id(
    status: int, kind: type[lorebox.LoreboxError], is_retryable: bool
) -> None:
    with serve(problem(status, "SOME_CODE")) as double, pytest.raises(kind) as caught:
        connect(double, max_retries=0).status()
    error = caught.value
    assert type(error) is kind
    assert (error.code, error.status, error.request_id) == ("SOME_CODE", status, "req-1")
    assert error.is_retryable is is_retryable
    assert str(error) == "It failed. (SOME_CODE, request req-1)"


def test_says_where_the_input_is_wrong() -> None:
    body = {"code": "BAD_REQUEST", "detail": "No.", "errors": [{"path": "name", "message": "!"}]}
    with serve(json_reply(body, 400)) as double, pytest.raises(lorebox.BadRequestError) as caught:
        connect(double).workspaces.create("")
    assert caught.value.fields == (lorebox.FieldProblem("name", "!"),)


def test_tells_another_server_from_lorebox() -> None:
    page = json_reply(b"<html>\nHello", headers={"Content-Type": "text/html"})
    with serve(page) as double, pytest.raises(lorebox.MalformedResponseError, match="<html>"):
        connect(double).status()
    broken = json_reply(b"<h1>Bad gateway</h1>", 502, {"Retry-After": "0"})
    with serve(broken) as double:
        with pytest.raises(lorebox.ServerError, match="Bad gateway") as caught:
            connect(double).status()
        assert (caught.value.code, len(double.seen)) == ("HTTP_502", 3)


def test_says_when_nobody_answers_or_nobody_answers_in_time() -> None:
    with pytest.raises(lorebox.APIConnectionError, match="Can't reach") as caught:
        Lorebox("http://127.0.0.1:9", max_retries=0).status()
    assert (caught.value.code, caught.value.status, caught.value.is_retryable) == (
        "CONNECTION",
        None,
        True,
    )
    with serve(silence) as double, pytest.raises(lorebox.APITimeoutError) as timed_out:
        connect(double, timeout=0.1, max_retries=0).status()
    assert timed_out.value.code == "TIMED_OUT"


def test_takes_address_and_key_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(json_reply(WORKSPACE)) as double:
        monkeypatch.setenv("LOREBOX_URL", f"{double.url}/")
        monkeypatch.setenv("LOREBOX_API_KEY", "lbx_env")
        Lorebox().workspaces.get("notes")
    assert double.seen[0].headers["authorization"] == "Bearer lbx_env"
    assert double.seen[0].path == "/v1/workspaces/notes"


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "localhost:3001"},
        {"api_key": "lbx key"},
        {"timeout": 0},
        {"max_retries": -1},
    ],
)
def test_refuses_wrong_settings(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        Lorebox(**options)  # type: ignore[arg-type]


def test_lists_go_on_by_themselves() -> None:
    def page(names: list[str], cursor: str | None) -> object:
        items = [{**WORKSPACE, "name": name} for name in names]
        return {"items": items, "nextCursor": cursor}

    replies = [json_reply(page(["a", "b"], "c 2")), json_reply(page(["c"], None))]
    with serve(*replies) as double:
        names = [workspace.name for workspace in connect(double).workspaces.list(limit=2)]
    assert names == ["a", "b", "c"]
    assert [seen.path for seen in double.seen] == [
        "/v1/workspaces?limit=2",
        "/v1/workspaces?limit=2&cursor=c+2",
    ]
    with serve(*replies) as double:
        workspaces = connect(double).workspaces.list()
        assert [w.name for w in workspaces.to_list(2)] == ["a", "b"]
        assert len(double.seen) == 1
    with serve(*replies) as double:
        sizes = [len(p.items) for p in connect(double).workspaces.list().pages()]
        assert sizes == [2, 1]
    with serve(replies[0]) as double:
        assert connect(double).workspaces.list().first_page().next_cursor == "c 2"


def test_a_single_field_is_the_result() -> None:
    with serve(json_reply({"deleted": 2})) as double:
        assert connect(double).documents.delete_many("demo", ["doc_1", "doc_2"]) == 2


def test_query_values_travel_as_the_server_reads_them() -> None:
    with serve(json_reply({"ok": True})) as double:
        connect(double).auth.logout(everywhere=True)
    assert double.seen[0].path == "/v1/sessions/current?everywhere=true"
    when = datetime(2027, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    with serve(problem(400, "BAD_REQUEST")) as double, pytest.raises(lorebox.BadRequestError):
        connect(double).api_keys.create("key", scopes=["chat"], expires_at=when)
    assert double.seen[0].json() == {
        "name": "key",
        "scopes": ["chat"],
        "expiresAt": "2027-01-01T00:00:00+01:00",
    }
