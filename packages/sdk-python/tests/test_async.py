from __future__ import annotations

import asyncio
import inspect

import pytest

import lorebox
from lorebox import AsyncLorebox, Lorebox

from .double import Double, event, hang_up, json_reply, problem, serve, sse
from .samples import FAILED, STARTED, WORKSPACE, delta, end

STARTS = json_reply(STARTED, 202)


def connect(double: Double, **options: object) -> AsyncLorebox:
    return AsyncLorebox(double.url, "lbx_key", **options)  # type: ignore[arg-type]


async def test_calls_are_tried_again_with_the_same_key() -> None:
    with serve(hang_up, problem(503, "SHUTTING_DOWN"), json_reply(WORKSPACE, 201)) as double:
        async with connect(double) as client:
            assert (await client.workspaces.create("Notes")).slug == "notes"
    assert len({seen.headers["idempotency-key"] for seen in double.seen}) == 1
    assert len(double.seen) == 3


async def test_lists_go_on_by_themselves() -> None:
    replies = [
        json_reply({"items": [WORKSPACE, WORKSPACE], "nextCursor": "c2"}),
        json_reply({"items": [WORKSPACE], "nextCursor": None}),
    ]
    with serve(*replies) as double:
        async with connect(double) as client:
            assert len([w async for w in client.workspaces.list()]) == 3
    with serve(*replies) as double:
        async with connect(double) as client:
            assert len(await client.workspaces.list().to_list(1)) == 1
            assert len(double.seen) == 1
            assert await client.workspaces.list().to_list(0) == []
            assert len(double.seen) == 1


async def test_streams_resume() -> None:
    replies = [
        STARTS,
        sse(event(delta(1, "a"), 1), then="cut"),
        problem(503, "SHUTTING_DOWN"),
        sse(event(delta(2, "b"), 2), event(end(3, "ab"), 3)),
    ]
    with serve(*replies) as double:
        async with connect(double) as client:
            answer = await client.ask("demo", "Hi?")
            assert [e.seq async for e in answer] == [1, 2, 3]
            assert [text async for text in answer.text()] == ["b"]
            assert (await answer.final()).answer == "ab"
    assert [seen.headers.get("last-event-id") for seen in double.seen[1:4]] == [None, "1", "1"]
    assert [seen.method for seen in double.seen].count("POST") == 1


async def test_leaving_the_loop_ends_the_connection() -> None:
    endless = sse(event(delta(1, "a"), 1), then="silence")
    with serve(endless) as double:
        async with connect(double) as client:
            async for _ in client.watch("ans_1"):
                break
            assert await asyncio.to_thread(double.left.wait, 5)
    with serve(endless) as double:
        async with connect(double) as client:
            async with client.watch("ans_1") as stream:
                loop = aiter(stream)
                await anext(loop)
            assert await asyncio.to_thread(double.left.wait, 5)
            assert [e async for e in loop] == []
    with serve(sse(event(end(1, ""), 1), then="silence")) as double:
        async with connect(double) as client:
            assert len([e async for e in client.watch("ans_1", timeout=3)]) == 1
            assert await asyncio.to_thread(double.left.wait, 1)
            assert len(double.seen) == 1


async def test_a_task_that_is_cancelled_leaves_nothing_behind() -> None:
    with serve(sse(event(delta(1, "a"), 1), then="silence")) as double:
        async with connect(double) as client:

            async def read() -> None:
                async for _ in client.watch("ans_1"):
                    pass

            task = asyncio.create_task(read())
            while not double.seen:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(double.left.wait, 5)
    assert len(double.seen) == 1


async def test_errors_are_the_same() -> None:
    with serve(problem(404, "NOT_FOUND")) as double:
        async with connect(double) as client:
            with pytest.raises(lorebox.NotFoundError):
                await client.workspaces.get("none")
            with pytest.raises(lorebox.NotFoundError):
                async for _ in client.watch("ans_none"):
                    pass
    with serve(STARTS, sse(event(FAILED, 2))) as double:
        async with connect(double) as client:
            with pytest.raises(lorebox.ServerError):
                await (await client.ask("demo", "Hi?")).final()


async def test_cancels() -> None:
    with serve(STARTS, json_reply({"ok": True})) as double:
        async with connect(double) as client:
            await (await client.ask("demo", "Hi?")).cancel()
    assert double.seen[1].path == "/v1/answers/ans_1/cancel"


def test_both_clients_can_do_the_same() -> None:
    sync, other = Lorebox("http://x"), AsyncLorebox("http://x")
    compared = 0
    for name, resource in [("", sync), *((n, r) for n, r in vars(sync).items() if n[0] != "_")]:
        twin = getattr(other, name) if name else other
        for method, function in inspect.getmembers(resource, inspect.ismethod):
            if method.startswith("_") or method == "close":
                continue
            parameters = list(inspect.signature(function).parameters.values())
            assert parameters == list(inspect.signature(getattr(twin, method)).parameters.values())
            compared += 1
    assert compared > 40
