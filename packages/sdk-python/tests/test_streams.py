from __future__ import annotations

import gc
import json

import pytest

import lorebox
from lorebox import Lorebox, types
from lorebox._resume import LOST_AFTER, Resume
from lorebox._sse import EventParser, ServerSentEvent
from lorebox.errors import APIConnectionError

from .double import Double, event, hang_up, json_reply, no_content, problem, serve, silence, sse
from .samples import FAILED, STARTED, delta, end

STARTS = json_reply(STARTED, 202)


def connect(double: Double, **options: object) -> Lorebox:
    return Lorebox(double.url, "lbx_key", **options)  # type: ignore[arg-type]


def test_asks_once_and_streams() -> None:
    whole = sse(event(delta(1, "Hel"), 1), event(delta(2, "lo"), 2), event(end(3, "Hello"), 3))
    with serve(STARTS, whole) as double:
        answer = connect(double).ask("demo", "Hi?", document_ids=["doc_1"])
        assert answer.started.thread_id == "thr_1"
        assert [e.type for e in answer] == ["text-delta", "text-delta", "answer-end"]
        assert list(answer.text()) == ["Hel", "lo"]
        assert answer.final().answer == "Hello"
    assert [seen.method for seen in double.seen] == ["POST", "GET", "GET", "GET"]
    assert double.seen[0].json() == {"question": "Hi?", "documentIds": ["doc_1"]}
    assert double.seen[1].path == "/v1/answers/ans_1/events"
    assert double.seen[1].headers["accept"] == "text/event-stream"


def test_resumes_where_the_line_broke_and_never_asks_again() -> None:
    replies = [
        STARTS,
        sse(event(delta(1, "a"), 1), event(delta(2, "b"), 2)[:-9], then="cut"),
        hang_up,
        problem(503, "SHUTTING_DOWN"),
        sse(event(delta(2, "b"), 2), b"event: ping\ndata: {}\n\n"),
        sse(event(delta(3, "c"), 3), event(end(4, "abc"), 4)),
    ]
    with serve(*replies) as double:
        events = list(connect(double).ask("demo", "Hi?"))
    assert [e.seq for e in events] == [1, 2, 3, 4]
    assert [s.headers.get("last-event-id") for s in double.seen] == [None, None, "1", "1", "1", "2"]
    assert [s.method for s in double.seen].count("POST") == 1


def test_ends_when_nothing_comes_after_and_begins_where_it_should() -> None:
    with serve(no_content) as double:
        assert list(connect(double).watch("ans_1", "7")) == []
    assert double.seen[0].headers["last-event-id"] == "7"


def test_leaving_the_loop_ends_the_connection() -> None:
    endless = sse(event(delta(1, "a"), 1), then="silence")
    with serve(endless) as double:
        stream = connect(double).watch("ans_1")
        for _ in stream:
            break
        assert double.left.wait(5), "the server still has the line"
    with serve(endless) as double, connect(double).watch("ans_1") as stream:
        loop = iter(stream)
        next(loop)
        stream.close()
        assert double.left.wait(5)
        assert list(loop) == []
    gc.collect()


def test_an_exception_in_the_loop_is_not_taken_for_the_stream_s() -> None:
    endless = sse(event(delta(1, "a"), 1), then="silence")
    with serve(endless) as double:
        with pytest.raises(APIConnectionError, match="mine"):
            for _ in connect(double).watch("ans_1"):
                raise APIConnectionError("CONNECTION", "mine")
        assert len(double.seen) == 1


def test_gives_up_at_once_where_the_server_says_no() -> None:
    with serve(problem(404, "NOT_FOUND")) as double:
        with pytest.raises(lorebox.NotFoundError):
            list(connect(double).watch("ans_none"))
        assert len(double.seen) == 1


def test_gives_up_when_it_is_refused_again_and_again() -> None:
    with serve(problem(503, "SHUTTING_DOWN")) as double:
        with pytest.raises(lorebox.ServerError):
            list(connect(double).watch("ans_1"))
        assert len(double.seen) == 3


def test_refusals_count_when_nothing_comes_in_between() -> None:
    refused = problem(503, "SHUTTING_DOWN")
    some = sse(event(delta(1, "a"), 1), then="cut")
    with serve(refused, refused, some, refused, refused, sse(event(end(2, "a"), 2))) as double:
        assert [e.seq for e in connect(double).watch("ans_1")] == [1, 2]


def test_the_last_event_is_the_end_though_the_line_stays_open() -> None:
    with serve(sse(event(end(1, ""), 1), then="silence")) as double:
        assert len(list(connect(double).watch("ans_1", timeout=3))) == 1
        assert double.left.wait(1)
        assert len(double.seen) == 1


@pytest.mark.parametrize(
    "data", ["{not json", '{"type":"text-delta","seq":"x"}', '{"seq":1}', "[1]", "\x00"]
)
def test_a_malformed_event_is_asked_for_again_and_then_reported(data: str) -> None:
    broken = sse(f"event: text-delta\ndata: {data}\nid: 1\n\n".encode())
    good = sse(event(end(1, ""), 1))
    with serve(broken, good) as double:
        assert [e.type for e in connect(double).watch("ans_1")] == ["answer-end"]
    with serve(broken) as double:
        with pytest.raises(lorebox.MalformedResponseError, match="invalid event"):
            list(connect(double).watch("ans_1"))
        assert len(double.seen) == 3


def test_an_event_of_a_later_version_is_passed_over() -> None:
    later = {"type": "mood-changed", "answerId": "ans_1", "seq": 1}
    with serve(sse(event(later, 1), then="cut"), sse(event(end(2, ""), 2))) as double:
        assert [e.seq for e in connect(double).watch("ans_1")] == [2]
    assert double.seen[1].headers["last-event-id"] == "1"


def test_an_error_after_the_first_event_is_raised_or_resumed() -> None:
    def report(status: int, code: str) -> bytes:
        body = {"status": status, "code": code, "detail": "x", "requestId": "req-9"}
        return f"event: error\ndata: {json.dumps(body)}\n\n".encode()

    revoked = sse(event(delta(1, "a"), 1), report(401, "UNAUTHENTICATED"))
    with serve(revoked) as double, pytest.raises(lorebox.AuthenticationError) as caught:
        list(connect(double).watch("ans_1"))
    assert caught.value.request_id == "req-9"
    stopping = sse(event(delta(1, "a"), 1), report(503, "SHUTTING_DOWN"))
    with serve(stopping, sse(event(end(2, "a"), 2))) as double:
        assert [e.seq for e in connect(double).watch("ans_1")] == [1, 2]


def test_an_answer_that_failed_is_an_event_and_an_exception_of_text_and_final() -> None:
    with serve(STARTS, sse(event(FAILED, 2))) as double:
        answer = connect(double).ask("demo", "Hi?")
        assert [type(e) for e in answer] == [types.AnswerErrorEvent]
        for read in (answer.final, lambda: list(answer.text())):
            with pytest.raises(lorebox.ServerError) as caught:
                read()
            assert (caught.value.code, caught.value.is_retryable) == ("MODEL_FAILED", True)


def test_cancels() -> None:
    with serve(STARTS, json_reply({"ok": True})) as double:
        connect(double).ask("demo", "Hi?").cancel()
    assert double.seen[1].path == "/v1/answers/ans_1/cancel"


def test_a_pull_is_not_begun_again() -> None:
    progress = event({"status": "downloading", "completed": 1, "total": 2})
    with serve(hang_up, sse(progress)) as double:
        assert [p.completed for p in connect(double).models.pull("ollama:x")] == [1]
    with serve(sse(progress, then="cut")) as double:
        with pytest.raises(lorebox.APIConnectionError):
            list(connect(double).models.pull("ollama:x"))
        assert len(double.seen) == 1
    with serve(hang_up) as double:
        with pytest.raises(lorebox.APIConnectionError):
            list(connect(double).models.pull("ollama:x"))
        assert len(double.seen) == 3


def test_a_line_that_falls_silent_is_picked_up() -> None:
    with serve(silence, sse(event(end(1, ""), 1))) as double:
        assert len(list(connect(double).watch("ans_1", timeout=0.1))) == 1


def test_a_server_that_is_gone_is_given_up_after_a_minute() -> None:
    now = [0.0]
    resume = Resume[int](int, is_resumable=True, max_retries=2, clock=lambda: now[0])
    gone = APIConnectionError("CONNECTION", "gone", is_retryable=True)
    for second in range(int(LOST_AFTER)):
        now[0] = float(second)
        assert 0 <= resume.failed(gone) <= 8
    resume.accept(ServerSentEvent("ping", "{}", None))
    now[0] = 1000.0
    resume.failed(gone)
    now[0] += LOST_AFTER
    with pytest.raises(APIConnectionError):
        resume.failed(gone)


def test_reads_events_however_they_are_cut_into_pieces() -> None:
    stream = (
        ": a comment\r\n\r\nevent: text-delta\r\ndata: häl\r\ndata: lo\r\nid: 1\r\n\r\n"
        "data:no space\n\nevent: only-a-name\n\ndata: cr\rid: 2\r\rdata: torn"
    ).encode()
    expected = [
        ServerSentEvent("text-delta", "häl\nlo", "1"),
        ServerSentEvent("message", "no space", None),
        ServerSentEvent("message", "cr", "2"),
    ]
    for size in range(1, len(stream) + 1):
        parser = EventParser()
        pieces = [stream[i : i + size] for i in range(0, len(stream), size)]
        assert [e for piece in pieces for e in parser.feed(piece)] == expected
