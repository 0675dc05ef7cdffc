"""What the server answers, for the tests."""

from __future__ import annotations

from typing import Any

WORKSPACE: dict[str, Any] = {
    "id": "ws_1",
    "name": "Notes",
    "slug": "notes",
    "mode": "chat",
    "refusalText": "",
    "instructions": "",
    "model": None,
    "temperature": None,
    "maxAnswerTokens": None,
    "thinking": "off",
    "topK": 8,
    "similarityFloor": 0.2,
    "historyMessages": 20,
    "reranker": None,
    "embedder": None,
    "language": "auto",
    "rewriteFollowUps": False,
    "expandSources": False,
    "lockModel": False,
    "localOnly": False,
    "summaries": "auto",
    "createdAt": "2026-11-23T10:00:00.123Z",
    "updatedAt": "2026-11-23T10:00:00.123Z",
}

DOCUMENT: dict[str, Any] = {
    "id": "doc_1",
    "workspaceId": "ws_1",
    "externalId": None,
    "filename": "a.txt",
    "title": "A",
    "format": "text",
    "size": 4,
    "source": "upload",
    "sourceUrl": None,
    "metadata": {},
    "status": "ready",
    "stage": "searchable",
    "progress": 1,
    "reason": None,
    "message": None,
    "warnings": [],
    "pages": None,
    "duration": None,
    "chunks": 1,
    "pinned": False,
    "summaryState": "none",
    "createdAt": "2026-11-23T10:00:00.123Z",
    "updatedAt": "2026-11-23T10:00:00.123Z",
}

STARTED = {"answerId": "ans_1", "threadId": "thr_1", "questionId": "msg_1"}


def delta(seq: int, text: str) -> dict[str, Any]:
    return {"type": "text-delta", "answerId": "ans_1", "seq": seq, "text": text}


def end(seq: int, answer: str) -> dict[str, Any]:
    return {
        "type": "answer-end",
        "answerId": "ans_1",
        "seq": seq,
        "messageId": "msg_2",
        "answer": answer,
        "citations": [],
        "unsupported": [],
        "notices": [],
        "finishReason": "stop",
        "model": "built-in:extractive",
        "context": {
            "window": 8192,
            "promptTokens": 10,
            "reservedForAnswer": 1024,
            "basis": "passages",
            "documentsMatching": None,
            "documentsRead": 0,
            "sourcesRetrieved": 0,
            "sourcesUsed": 0,
            "sourcesCut": 0,
            "historyMessages": 0,
            "historyUsed": 0,
            "historyCut": 0,
        },
        "usage": {"inputTokens": 10, "outputTokens": 2},
        "timings": {"retrieve": 1.5, "firstToken": None, "total": 2},
    }


FAILED = {
    "type": "answer-error",
    "answerId": "ans_1",
    "seq": 2,
    "code": "MODEL_FAILED",
    "message": "The model failed.",
    "retryable": True,
}
