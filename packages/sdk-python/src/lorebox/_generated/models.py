# Generated from docs/openapi.json by scripts/gen/clients.ts. Changes here are lost.

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from lorebox._model import Model


class Accepted(Model):
    documents: list[AcceptedDocument]


class AcceptedDocument(Model):
    id: str
    external_id: str | None
    filename: str
    status: DocumentStatus
    unchanged: bool
    """
    The same content already exists, so it is not ingested again.
    """


class AddedQuestions(Model):
    added: int
    replaced: int


class Answer(Model):
    answer_id: str
    thread_id: str
    question_id: str
    message_id: str
    answer: str
    citations: list[Citation]
    sources: list[Source]
    """
    Passages that the model received, whether cited or not.
    """
    notices: list[SearchNotice]
    """
    Warnings about a degraded search. Empty if everything worked.
    """
    unsupported: list[UnsupportedSentence]
    reasoning: str | None
    finish_reason: FinishReason
    model: str
    mode: ChatMode
    context: ContextReport
    usage: Usage
    timings: AnswerTimings


class AnswerCompletedEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["answer.completed"] = "answer.completed"
    data: AnswerCompletedEventData


class AnswerCompletedEventData(Model):
    answer_id: str
    thread_id: str
    question_id: str
    message_id: str
    finish_reason: FinishReason
    citations: int
    """
    Number of documents.
    """


class AnswerEndEvent(Model):
    answer_id: str
    seq: int
    type: Literal["answer-end"] = "answer-end"
    message_id: str
    answer: str
    """
    The complete answer: all text-delta parts joined.
    """
    citations: list[Citation]
    unsupported: list[UnsupportedSentence]
    finish_reason: FinishReason
    model: str
    context: ContextReport
    usage: Usage
    timings: AnswerTimings


class AnswerErrorEvent(Model):
    answer_id: str
    seq: int
    type: Literal["answer-error"] = "answer-error"
    code: str
    message: str
    retryable: bool


class AnswerFailedEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["answer.failed"] = "answer.failed"
    data: AnswerFailedEventData


class AnswerFailedEventData(Model):
    answer_id: str
    thread_id: str
    question_id: str
    message_id: str
    code: str
    message: str


AnswerFeedback = TypeAliasType("AnswerFeedback", Literal["up", "down"] | str)


class AnswerMetrics(Model):
    refusal_rate: float
    """
    Share of answers that were refused.
    """
    correct_refusals: float
    """
    Share of questions that were refused exactly when they have no answer.
    """
    citation_precision: float | None
    """
    Share of cited sentences that the citation supports. Null if there are none.
    """
    unsupported_rate: float | None
    """
    Share of sentences that no passage supports. Null if there are none.
    """
    answer_recall: float | None
    """
    Share of content words in the expected answers that the answers contain.
    """
    latency_p50: float
    latency_p95: float


class AnswerStartEvent(Model):
    answer_id: str
    seq: int
    type: Literal["answer-start"] = "answer-start"
    thread_id: str
    question_id: str
    model: str
    mode: ChatMode


class AnswerStatus(Model):
    answer_id: str
    """
    Id of the answer.
    """
    workspace_id: str
    """
    Id of the workspace.
    """
    thread_id: str
    """
    Id of the thread.
    """
    question_id: str
    """
    Id of the message with the question.
    """
    message_id: str
    """
    Id of the message with the answer.
    """
    state: Literal["running", "done", "failed", "cancelled"] | str
    """
    State of the answer.
    """
    started_at: datetime
    """
    Time of the question.
    """


class AnswerTimings(Model):
    retrieve: float
    first_token: float | None
    total: float


class ApiKey(Model):
    id: str
    name: str
    prefix: str
    """
    First characters of the generated key. "env" for the key in LOREBOX_API_KEY.
    """
    scopes: list[Scope]
    is_admin_equivalent: bool
    """
    The key has full admin rights: it has the scope `*` and its owner is an admin.
    """
    owner_id: str | None
    """
    User who owns the key. The role of the owner limits every request. Null: the installation.
    """
    created_by: str | None
    """
    `user:ID`, `key:ID` or `environment`. Null for keys of earlier versions whose creator is unknown.
    """
    workspace_id: str | None
    """
    The only workspace that the key can access. Null: all workspaces.
    """
    expires_at: datetime | None
    never_expires: bool
    """
    The key never expires. Consider an expiry of 90 days.
    """
    requests_per_minute: int | None
    """
    Requests per minute. Null: the limit in the settings.
    """
    previous_key_until: datetime | None
    """
    End of the grace period after a rotation, during which the old key still works.
    """
    last_used_at: datetime | None
    created_at: datetime


class ApiKeysCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str
    scopes: list[Scope]
    """
    Scopes of the key, at most your own. Grant only what the program needs.
    """
    workspace_id: str | None = None
    """
    Id or slug of the only workspace the key can access.
    """
    expires_at: datetime | None = None
    """
    Expiry. Recommended: 90 days from now. Null: never. Keys that the key creates must expire no later.
    """
    requests_per_minute: int | None = None


class ApiKeysRotateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    grace_minutes: int | None = None
    """
    Minutes that the old key keeps working. 0 revokes it immediately.
    """


class ApiKeysUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str | None = None
    scopes: list[Scope] | None = None
    expires_at: datetime | None = None
    requests_per_minute: int | None = None


class AskStarted(Model):
    answer_id: str
    thread_id: str
    question_id: str


class Attachment(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    media_type: str
    data: str
    """
    Base 64.
    """


AuditAction = TypeAliasType(
    "AuditAction",
    Literal[
        "setup.completed",
        "login.succeeded",
        "login.failed",
        "session.ended",
        "password.changed",
        "user.created",
        "user.updated",
        "user.deleted",
        "key.created",
        "key.updated",
        "key.rotated",
        "key.revoked",
        "member.set",
        "member.removed",
        "workspace.created",
        "workspace.updated",
        "workspace.deleted",
        "settings.updated",
        "source.created",
        "source.updated",
        "source.deleted",
        "webhook.created",
        "webhook.updated",
        "webhook.deleted",
        "documents.deleted",
        "document.downloaded",
        "thread.deleted",
        "model.pulled",
        "audit.exported",
        "access.refused",
    ]
    | str,
)


class AuditEntry(Model):
    id: str
    at: datetime
    action: AuditAction
    actor: str
    """
    `user:ID`, `key:ID`, `system`, or `anonymous` before a login.
    """
    target: str | None
    """
    Changed resource: `user:ID`, `key:ID`, `workspace:ID`, ...
    """
    workspace_id: str | None
    address: str | None
    """
    Client address of the request.
    """
    request_id: str | None
    """
    Search the server log for this id.
    """
    details: dict[str, str | float | bool | None]


class AuthChangePasswordBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    current: str
    next: str
    """
    At least 10 characters. Must not be a common password or the username.
    """
    revoke_keys: bool | None = None
    """
    Also revoke your API keys.
    """


class AuthLoginBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    username: str
    password: str


class AuthSetupBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    token: str
    username: str
    password: str
    """
    At least 10 characters. Must not be a common password or the username.
    """


class ChatAnswerBody(Model):
    question: str
    thread_id: str | None = None
    """
    Thread to continue. If omitted, a new thread is created.
    """
    mode: ChatMode | None = None
    """
    Overrides the mode of the workspace.
    """
    model: str | None = None
    """
    Overrides the model of the workspace.
    """
    document_ids: list[str] | None = None
    """
    Answer only from these documents.
    """
    metadata: dict[str, str | float | bool] | None = None
    """
    Answer only from documents whose metadata contains all of these values.
    """
    images: list[Attachment] | None = None
    allow_remote_content: bool | None = None
    """
    Keep images, links and HTML in the answer. By default they are converted to plain text.
    """
    last_event_id: str | None = None


class ChatAskBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    question: str
    thread_id: str | None = None
    """
    Thread to continue. If omitted, a new thread is created.
    """
    mode: ChatMode | None = None
    """
    Overrides the mode of the workspace.
    """
    model: str | None = None
    """
    Overrides the model of the workspace.
    """
    document_ids: list[str] | None = None
    """
    Answer only from these documents.
    """
    metadata: dict[str, str | float | bool] | None = None
    """
    Answer only from documents whose metadata contains all of these values.
    """
    images: list[Attachment] | None = None
    allow_remote_content: bool | None = None
    """
    Keep images, links and HTML in the answer. By default they are converted to plain text.
    """


class ChatEditAndResendBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    mode: ChatMode | None = None
    """
    Overrides the mode of the workspace.
    """
    model: str | None = None
    """
    Overrides the model of the workspace.
    """
    document_ids: list[str] | None = None
    """
    Answer only from these documents.
    """
    metadata: dict[str, str | float | bool] | None = None
    """
    Answer only from documents whose metadata contains all of these values.
    """
    images: list[Attachment] | None = None
    allow_remote_content: bool | None = None
    """
    Keep images, links and HTML in the answer. By default they are converted to plain text.
    """
    question: str


ChatMode = TypeAliasType("ChatMode", Literal["chat", "query"] | str)


class ChatRegenerateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    mode: ChatMode | None = None
    """
    Overrides the mode of the workspace.
    """
    model: str | None = None
    """
    Overrides the model of the workspace.
    """
    document_ids: list[str] | None = None
    """
    Answer only from these documents.
    """
    metadata: dict[str, str | float | bool] | None = None
    """
    Answer only from documents whose metadata contains all of these values.
    """
    images: list[Attachment] | None = None
    allow_remote_content: bool | None = None
    """
    Keep images, links and HTML in the answer. By default they are converted to plain text.
    """


class Chunk(Model):
    document_id: str
    """
    Id of the document.
    """
    page: int | None
    """
    Page, from 1. Null for documents without pages.
    """
    start_time: float | None
    """
    Position in the recording in seconds. Null for other documents.
    """
    end_time: float | None
    """
    End in the recording in seconds. Null for other documents.
    """
    section: str | None
    """
    Headings above the text, joined by " > ". Null if there are none.
    """
    start: int
    """
    Offset into the stored text of the document, in UTF-16 code units.
    """
    end: int
    """
    End offset, exclusive.
    """
    text: str
    """
    The stored text from start to end, unchanged.
    """
    id: str
    """
    Id of the chunk.
    """
    ordinal: int
    """
    Position of the chunk in the document, from 0.
    """
    tokens: int
    """
    Length in tokens of the embedder.
    """


class Citation(Model):
    chunk_id: str
    """
    Id of the first chunk of the passage.
    """
    external_id: str | None
    """
    Your id for the document. Null if it has none.
    """
    title: str
    """
    Title of the document.
    """
    filename: str
    """
    File name of the document.
    """
    document_id: str
    """
    Id of the document.
    """
    page: int | None
    """
    Page, from 1. Null for documents without pages.
    """
    start_time: float | None
    """
    Position in the recording in seconds. Null for other documents.
    """
    end_time: float | None
    """
    End in the recording in seconds. Null for other documents.
    """
    section: str | None
    """
    Headings above the text, joined by " > ". Null if there are none.
    """
    start: int
    """
    Offset into the stored text of the document, in UTF-16 code units.
    """
    end: int
    """
    End offset, exclusive.
    """
    text: str
    """
    The stored text from start to end, unchanged.
    """
    n: int
    """
    Number that the answer cites it by, as in [1].
    """


class ConnectorInfo(Model):
    id: str
    """
    Connector id, such as "website" or "github".
    """
    label: str
    description: str
    reads: Literal["network", "folder"] | str
    """
    Reads folders on the server. Only admins can use it, and the folders must be allowed.
    """
    config_schema: dict[str, Any]
    """
    JSON Schema of `config`. Secret settings are `writeOnly`.
    """
    secrets: list[str]
    """
    Settings that are stored encrypted and never returned.
    """
    addresses: list[str]
    """
    Settings that decide where secrets are sent. If you change one, send all secrets again.
    """
    requests_per_second: float
    """
    Default rate limit for requests to the source, unless the source sets its own.
    """


class ContextReport(Model):
    window: int
    """
    Context window of the model in tokens.
    """
    prompt_tokens: int
    reserved_for_answer: int
    sources_retrieved: int
    sources_used: int
    sources_cut: int
    history_messages: int
    history_used: int
    history_cut: int


class CreatedApiKey(Model):
    id: str
    name: str
    prefix: str
    """
    First characters of the generated key. "env" for the key in LOREBOX_API_KEY.
    """
    scopes: list[Scope]
    is_admin_equivalent: bool
    """
    The key has full admin rights: it has the scope `*` and its owner is an admin.
    """
    owner_id: str | None
    """
    User who owns the key. The role of the owner limits every request. Null: the installation.
    """
    created_by: str | None
    """
    `user:ID`, `key:ID` or `environment`. Null for keys of earlier versions whose creator is unknown.
    """
    workspace_id: str | None
    """
    The only workspace that the key can access. Null: all workspaces.
    """
    expires_at: datetime | None
    never_expires: bool
    """
    The key never expires. Consider an expiry of 90 days.
    """
    requests_per_minute: int | None
    """
    Requests per minute. Null: the limit in the settings.
    """
    previous_key_until: datetime | None
    """
    End of the grace period after a rotation, during which the old key still works.
    """
    last_used_at: datetime | None
    created_at: datetime
    key: str


class CreatedWebhook(Model):
    id: str
    url: str
    """
    URL that receives a signed POST request for every event (Standard Webhooks).
    """
    description: str
    event_types: list[EventType] | None
    """
    Event types to send. Null: all, including future types.
    """
    workspace_id: str | None
    """
    The only workspace whose events are sent. Null: all workspaces.
    """
    enabled: bool
    disabled_reason: str | None
    """
    Why the server disabled the webhook, or null.
    """
    created_at: datetime
    updated_at: datetime
    secret: str
    """
    Signing secret: `whsec_` followed by base64.
    """


class Delivery(Model):
    id: str
    webhook_id: str
    event_id: str
    event_type: EventType
    status: DeliveryStatus
    attempts: list[DeliveryAttempt]
    next_attempt_at: datetime | None
    """
    Null if there is no next attempt.
    """
    created_at: datetime


class DeliveryAttempt(Model):
    at: datetime
    status: int | None
    """
    HTTP status of the receiver. Null if there was no response.
    """
    error: str | None
    duration_ms: int


DeliveryStatus = TypeAliasType("DeliveryStatus", Literal["pending", "delivered", "failed"] | str)


class Document(Model):
    id: str
    workspace_id: str
    external_id: str | None
    """
    Your id for the document. Sending it again replaces the document.
    """
    filename: str
    title: str
    format: str | None
    """
    File format detected from the content: "pdf", "docx", "text", ... Null until parsed.
    """
    size: int
    """
    Size of the uploaded file in bytes.
    """
    source: Literal["upload", "text", "url"] | str
    source_url: str | None
    metadata: dict[str, str | float | bool]
    status: DocumentStatus
    stage: IngestStage
    progress: float
    reason: FailureReason | None
    message: str | None
    """
    Human-readable: the progress, or why it failed and what to do next.
    """
    warnings: list[str]
    pages: int | None
    duration: float | None
    """
    Length of a recording in seconds. Null for other formats.
    """
    chunks: int
    created_at: datetime
    updated_at: datetime


class DocumentDeletedEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["document.deleted"] = "document.deleted"
    data: DocumentDeletedEventData


class DocumentDeletedEventData(Model):
    document_id: str
    external_id: str | None
    title: str
    filename: str


class DocumentFailedEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["document.failed"] = "document.failed"
    data: DocumentFailedEventData


class DocumentFailedEventData(Model):
    document_id: str
    external_id: str | None
    title: str
    filename: str
    reason: FailureReason | None
    message: str | None


class DocumentReadyEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["document.ready"] = "document.ready"
    data: DocumentReadyEventData


class DocumentReadyEventData(Model):
    document_id: str
    external_id: str | None
    title: str
    filename: str
    format: str | None
    pages: int | None
    chunks: int


DocumentStatus = TypeAliasType("DocumentStatus", Literal["processing", "ready", "failed"] | str)


class DocumentSummary(Model):
    ready: int
    processing: int
    failed: int
    seconds_left: int | None = None
    """
    Estimate based on the latest documents. Omitted while nothing is processing or the rate is unknown.
    """


class DocumentText(Model):
    document_id: str
    start: int
    end: int
    length: int
    """
    Length of the whole stored text, in UTF-16 code units.
    """
    text: str


class DocumentsAddUrlBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: str
    external_id: str | None = None
    title: str | None = None
    metadata: dict[str, str | float | bool] | None = None


class DocumentsDeleteManyBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    document_ids: list[str]


class DocumentsImportTextsBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    items: list[TextItem]


class DocumentsUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    title: str | None = None
    """
    New title.
    """
    metadata: dict[str, str | float | bool] | None = None
    """
    New metadata. Replaces the existing metadata as a whole.
    """


class EvalComparison(Model):
    before: EvalRun
    after: EvalRun
    questions: int
    differences: list[EvalDifference]
    better: int
    """
    Number of questions with a higher nDCG.
    """
    worse: int
    changes: list[EvalComparisonChange]
    """
    The largest nDCG changes, at most 50.
    """


class EvalComparisonChange(Model):
    question: str
    before: float
    after: float


class EvalDifference(Model):
    measure: str
    before: float
    after: float
    change: float
    p_value: float | None
    """
    Probability that the change is due to chance, from a paired permutation test. Null for metrics that are not averages over questions.
    """


class EvalMetrics(Model):
    questions: int
    """
    Questions with a relevant passage. The first four metrics are averages over them.
    """
    ndcg: float
    """
    nDCG@k with the relevance grade as gain.
    """
    recall: float
    """
    Recall: share of relevant passages that were found.
    """
    mrr: float
    """
    Reciprocal rank of the first relevant document.
    """
    hit_rate: float
    """
    Share of questions whose first result is relevant.
    """
    latency_p50: float
    """
    Search latency in milliseconds.
    """
    latency_p95: float
    answers: AnswerMetrics | None


class EvalOptions(Model):
    mode: SearchMode
    k: int
    """
    Number of search results, and the cutoff of all metrics.
    """
    rerank: bool
    """
    False skips the reranker of the workspace.
    """
    answers: bool
    """
    Also generate answers, and measure citations and refusals.
    """
    model: str | None
    """
    Model for the answers. Null uses the model of the workspace.
    """


class EvalResult(Model):
    question: str
    is_judged: bool
    """
    The question has a relevant passage.
    """
    ndcg: float
    recall: float
    reciprocal_rank: float
    latency_ms: float
    found: list[str]
    """
    Ranked documents: external id if set, otherwise id.
    """
    answer: EvalResultAnswer | None
    error: str | None
    """
    Why this question couldn't be measured.
    """


class EvalResultAnswer(Model):
    text: str
    refused: bool
    is_correct_refusal: bool
    sentences: int
    unsupported: int
    cited: int
    """
    Number of sentences with a citation.
    """
    supported: int
    """
    Number of those that the citation supports.
    """
    recall: float | None
    latency_ms: float


class EvalRun(Model):
    id: str
    workspace_id: str
    label: str
    options: EvalOptions
    setting: EvalRunSetting
    """
    Configuration at the start. Runs with different configurations measure different things.
    """
    state: EvalState
    message: str | None
    """
    Why the eval run failed.
    """
    total: int
    done: int
    metrics: EvalMetrics | None
    """
    Null until the eval run is done.
    """
    started_at: datetime
    finished_at: datetime | None


class EvalRunSetting(Model):
    version: str
    embedder: str | None
    reranker: str
    documents: int


EvalState = TypeAliasType("EvalState", Literal["running", "done", "failed", "cancelled"] | str)


class EvalsAddQuestionsBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    items: list[GoldenItem]
    """
    Existing questions are replaced.
    """


class EvalsGenerateQuestionsBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    count: int | None = None
    model: str | None = None
    """
    Overrides the model of the workspace.
    """


class EvalsStartBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    label: str | None = None
    mode: SearchMode | None = None
    k: int | None = None
    """
    Number of search results, and the cutoff of all metrics.
    """
    rerank: bool | None = None
    """
    False skips the reranker of the workspace.
    """
    answers: bool | None = None
    """
    Also generate answers, and measure citations and refusals.
    """
    model: str | None = None
    """
    Model for the answers. Null uses the model of the workspace.
    """


class EvalsUpdateQuestionBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    question: str | None = None
    relevant: list[RelevantPlace] | None = None
    answer: str | None = None
    """
    Expected answer. Null if unknown.
    """
    answerable: bool | None = None
    """
    False: the documents don't contain the answer, so a refusal is correct.
    """
    approved: bool | None = None


EventType = TypeAliasType(
    "EventType",
    Literal[
        "workspace.created",
        "workspace.deleted",
        "workspace.embedder-changed",
        "document.ready",
        "document.failed",
        "document.deleted",
        "answer.completed",
        "answer.failed",
        "source.synced",
        "source.failed",
        "webhook.test",
    ]
    | str,
)


FailureReason = TypeAliasType(
    "FailureReason",
    Literal[
        "empty",
        "needs-ocr",
        "needs-transcription",
        "encrypted",
        "damaged",
        "unsupported",
        "too-large",
        "timeout",
        "out-of-memory",
        "fetch-failed",
        "embedding-failed",
        "cancelled",
        "internal",
    ]
    | str,
)


FinishReason = TypeAliasType(
    "FinishReason", Literal["stop", "length", "refused", "cancelled", "other"] | str
)


class GoldenItem(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    question: str
    relevant: list[RelevantPlace] | None = None
    answer: str | None = None
    """
    Expected answer. Null if unknown.
    """
    answerable: bool | None = None
    """
    False: the documents don't contain the answer, so a refusal is correct.
    """


class GoldenQuestion(Model):
    id: str
    workspace_id: str
    question: str
    relevant: list[RelevantPlace]
    answer: str | None
    """
    Expected answer. Null if unknown.
    """
    answerable: bool
    """
    False: the documents don't contain the answer, so a refusal is correct.
    """
    source: GoldenSource
    """
    Origin: entered manually, imported from a rated answer, or generated by a model.
    """
    approved: bool
    """
    Eval runs use only approved questions. Generated questions need a review.
    """
    created_at: datetime


GoldenSource = TypeAliasType("GoldenSource", Literal["given", "feedback", "generated"] | str)


class IngestEvent(Model):
    id: int
    document_id: str
    workspace_id: str
    status: DocumentStatus
    stage: IngestStage
    progress: float
    reason: FailureReason | None
    message: str | None
    at: datetime


IngestStage = TypeAliasType(
    "IngestStage", Literal["stored", "parsed", "chunked", "embedded", "searchable"] | str
)


class Job(Model):
    id: str
    kind: (
        Literal[
            "ingest", "reembed", "reindex", "purge-document", "purge-workspace", "purge-vectors"
        ]
        | str
    )
    state: Literal["queued", "running"] | str
    workspace_id: str
    document_id: str | None
    attempts: int
    """
    Failed attempts.
    """
    message: str | None
    """
    Error of the last attempt. Null if none failed.
    """
    run_after: datetime
    """
    Earliest time of the next attempt. In the future for a failed job that will be retried.
    """
    created_at: datetime


class Me(Model):
    kind: Literal["user", "apiKey", "system"] | str
    user: User | None
    key_id: str | None


class Member(Model):
    user_id: str
    username: str
    role: MemberRole
    added_at: datetime


MemberRole = TypeAliasType("MemberRole", Literal["viewer", "editor", "owner"] | str)


class Message(Model):
    id: str
    thread_id: str
    role: Literal["user", "assistant"] | str
    text: str
    reasoning: str | None
    status: MessageStatus
    answer_id: str | None
    citations: list[Citation]
    error: MessageError | None
    feedback: AnswerFeedback | None
    """
    Rating of the answer.
    """
    feedback_shared: bool
    """
    Allows the question and the answer to be used as a test question of the workspace.
    """
    created_at: datetime


class MessageError(Model):
    code: str
    message: str


MessageStatus = TypeAliasType(
    "MessageStatus", Literal["complete", "streaming", "failed", "cancelled"] | str
)


class ModelInfo(Model):
    id: str
    """
    Model id in the form "provider:model", for workspaces and questions.
    """
    provider: str
    """
    Provider id: the part of the model id before the colon.
    """
    name: str
    context_window: int | None
    size: float | None
    """
    Size on disk in bytes, if known.
    """
    is_default: bool


class ModelList(Model):
    models: list[ModelInfo]
    providers: list[ProviderStatus]


class ModelsPullBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: str


class ProviderStatus(Model):
    provider: str
    available: bool
    message: str
    """
    What is wrong and what to do next, or the URL of the provider.
    """


class PullProgress(Model):
    status: str
    completed: float | None
    total: float | None


class ReasoningDeltaEvent(Model):
    answer_id: str
    seq: int
    type: Literal["reasoning-delta"] = "reasoning-delta"
    text: str


class RelevantPlace(Model):
    document: str
    """
    External id, id or filename of the document.
    """
    start: int | None = None
    """
    With `end`: only results that overlap this range of the text count.
    """
    end: int | None = None
    grade: float | None = None
    """
    Relevance grade. 0 is not relevant.
    """


class RelevantPlaceOutput(Model):
    document: str
    """
    External id, id or filename of the document.
    """
    start: int | None = None
    """
    With `end`: only results that overlap this range of the text count.
    """
    end: int | None = None
    grade: float
    """
    Relevance grade. 0 is not relevant.
    """


Role = TypeAliasType("Role", Literal["admin", "manager", "member"] | str)


Scope = TypeAliasType(
    "Scope",
    Literal[
        "*",
        "workspaces:read",
        "workspaces:write",
        "documents:read",
        "documents:write",
        "chat",
        "evals:read",
        "evals:write",
        "models:read",
        "models:write",
        "users:read",
        "users:write",
        "keys:read",
        "keys:write",
        "events:read",
        "webhooks:read",
        "webhooks:write",
        "sources:read",
        "sources:write",
        "settings:read",
        "settings:write",
        "audit:read",
        "system:read",
    ]
    | str,
)
"""
`*` is the only admin-equivalent scope: it allows everything that the role of the owner allows. No other scope or combination of scopes can be used to obtain it.
"""


class SearchBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    query: str
    k: int | None = None
    mode: SearchMode | None = None
    document_ids: list[str] | None = None
    """
    Search only these documents.
    """
    metadata: dict[str, str | float | bool] | None = None
    """
    Search only documents whose metadata contains all of these values.
    """
    similarity_floor: float | None = None
    """
    Minimum cosine similarity of vector search results.
    """
    query_variants: list[str] | None = None
    """
    Alternative wordings of the query. All are searched, and the results are merged.
    """
    rerank: bool | None = None
    """
    False skips the reranker of the workspace.
    """


class SearchHit(Model):
    chunk_id: str
    """
    Id of the first chunk of the passage.
    """
    external_id: str | None
    """
    Your id for the document. Null if it has none.
    """
    title: str
    """
    Title of the document.
    """
    filename: str
    """
    File name of the document.
    """
    document_id: str
    """
    Id of the document.
    """
    page: int | None
    """
    Page, from 1. Null for documents without pages.
    """
    start_time: float | None
    """
    Position in the recording in seconds. Null for other documents.
    """
    end_time: float | None
    """
    End in the recording in seconds. Null for other documents.
    """
    section: str | None
    """
    Headings above the text, joined by " > ". Null if there are none.
    """
    start: int
    """
    Offset into the stored text of the document, in UTF-16 code units.
    """
    end: int
    """
    End offset, exclusive.
    """
    text: str
    """
    The stored text from start to end, unchanged.
    """
    score: float
    """
    Fused score. Only the order is meaningful.
    """
    keyword_score: float | None
    """
    BM25 score, higher is better. Null if keyword search didn't find the passage.
    """
    vector_score: float | None
    """
    Cosine similarity. Null if vector search didn't find the passage.
    """
    rerank_score: float | None
    """
    Reranker score. Null if the passage was not reranked.
    """
    highlights: list[SearchHitHighlight]
    """
    Matched words, as offsets into `text`.
    """


class SearchHitHighlight(Model):
    start: int
    end: int


SearchMode = TypeAliasType("SearchMode", Literal["keyword", "vector", "hybrid"] | str)


class SearchNotice(Model):
    code: (
        Literal[
            "rerank-timeout",
            "rerank-failed",
            "vector-search-failed",
            "vector-backend-failed",
            "question-not-rewritten",
        ]
        | str
    )
    message: str
    """
    Human-readable: what happened and what to do next.
    """


class SearchResult(Model):
    hits: list[SearchHit]
    mode: SearchMode
    timings: SearchTimings
    notices: list[SearchNotice]
    """
    Warnings about a degraded search. Empty if everything worked.
    """


class SearchTimings(Model):
    embed: float
    keyword: float
    vector: float
    fuse: float
    rerank: float
    """
    0 if nothing was reranked.
    """
    total: float


class Session(Model):
    id: str
    """
    Session id. Not the session token, so it can't be used to sign in.
    """
    created_at: datetime
    expires_at: datetime
    is_current: bool
    """
    True for the session that made this request.
    """


class Settings(Model):
    default_model: str | None
    """
    Default chat model for workspaces without their own. Null: Ollama if available, else a GGUF file, else quoted passages.
    """
    embedder: str
    """
    Default embedder for workspaces without their own. When it changes, search uses the old vectors until re-embedding is done.
    """
    reranker: str
    """
    Reranker: "off", "onnx:MODEL" (a local cross-encoder), "gguf:FILE" (a file in the models folder) or "http:MODEL" (a rerank server).
    """
    requests_per_minute_per_address: int
    """
    Requests per minute and address. 0 means no limit.
    """
    requests_per_minute_per_user: int
    """
    Requests per minute and user. 0 means no limit.
    """
    requests_per_minute_per_key: int
    """
    Requests per minute and API key, unless the key has its own limit. 0 means no limit.
    """
    allowed_models: list[str]
    """
    Chat models that workspaces may use. `*` matches any characters. The defaults of the installation are always allowed.
    """
    allowed_embedders: list[str]
    """
    Embedders that workspaces may use. `*` matches any characters. The defaults of the installation are always allowed.
    """
    allowed_rerankers: list[str]
    """
    Rerankers that workspaces may use. `*` matches any characters. The defaults of the installation are always allowed.
    """
    allowed_connectors: list[str]
    """
    Source connectors that workspaces may use. `*` matches any characters. The defaults of the installation are always allowed.
    """
    event_retention_days: int
    """
    Days to keep events and webhook deliveries.
    """
    audit_retention_days: int
    """
    Days to keep the audit log.
    """


class SettingsUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    default_model: str | None = None
    """
    Default chat model for workspaces without their own. Null: Ollama if available, else a GGUF file, else quoted passages.
    """
    embedder: str | None = None
    reranker: str | None = None
    requests_per_minute_per_address: int | None = None
    requests_per_minute_per_user: int | None = None
    requests_per_minute_per_key: int | None = None
    allowed_models: list[str] | None = None
    allowed_embedders: list[str] | None = None
    allowed_rerankers: list[str] | None = None
    allowed_connectors: list[str] | None = None
    event_retention_days: int | None = None
    audit_retention_days: int | None = None


class SignedIn(Model):
    user: User
    session_token: str
    expires_at: datetime


SortOrder = TypeAliasType("SortOrder", Literal["asc", "desc"] | str)


class Source(Model):
    chunk_id: str
    """
    Id of the first chunk of the passage.
    """
    external_id: str | None
    """
    Your id for the document. Null if it has none.
    """
    title: str
    """
    Title of the document.
    """
    filename: str
    """
    File name of the document.
    """
    document_id: str
    """
    Id of the document.
    """
    page: int | None
    """
    Page, from 1. Null for documents without pages.
    """
    start_time: float | None
    """
    Position in the recording in seconds. Null for other documents.
    """
    end_time: float | None
    """
    End in the recording in seconds. Null for other documents.
    """
    section: str | None
    """
    Headings above the text, joined by " > ". Null if there are none.
    """
    start: int
    """
    Offset into the stored text of the document, in UTF-16 code units.
    """
    end: int
    """
    End offset, exclusive.
    """
    text: str
    """
    The stored text from start to end, unchanged.
    """
    n: int
    """
    Number that the answer cites it by, as in [1].
    """
    score: float
    """
    Relevance. Only the order is meaningful.
    """


class SourceFailedEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["source.failed"] = "source.failed"
    data: SourceFailedEventData


class SourceFailedEventData(Model):
    source_id: str
    connector: str
    name: str
    run_id: str
    counts: SyncCounts
    message: str


class SourceRun(Model):
    id: str
    source_id: str
    state: Literal["running", "waiting", "succeeded", "failed", "cancelled"] | str
    is_full: bool
    """
    True for a full sync run, which lists all items and removes the missing ones.
    """
    attempts: int
    """
    Failed attempts.
    """
    counts: SyncCounts
    problems: list[SyncProblem]
    """
    The first 100 problems.
    """
    message: str | None
    """
    Human-readable: why the sync run is waiting or failed, and what to do next.
    """
    started_at: datetime
    ended_at: datetime | None


class SourceSyncedEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["source.synced"] = "source.synced"
    data: SourceSyncedEventData


class SourceSyncedEventData(Model):
    source_id: str
    connector: str
    name: str
    run_id: str
    counts: SyncCounts


class SourcesCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    connector: str
    name: str | None = None
    """
    Display name. Default: the name of the connector.
    """
    config: dict[str, str | float | bool | list[str]]
    """
    Settings of the connector, including secrets.
    """
    every_minutes: int | None = None
    requests_per_second: float | None = None
    skip_check: bool | None = None
    """
    Skip the access check.
    """


class SourcesFoundEvent(Model):
    answer_id: str
    seq: int
    type: Literal["sources-found"] = "sources-found"
    sources: list[Source]
    notices: list[SearchNotice]
    """
    Warnings about a degraded search. Empty if everything worked.
    """


class SourcesRunBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    full: bool | None = None
    """
    Run a full sync: list and read everything again, including documents that were deleted manually.
    """


class SourcesUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str | None = None
    config: dict[str, str | float | bool | list[str] | None] | None = None
    """
    Settings to change; null removes a setting. The next sync run is a full one. If you change an address, send all secrets again.
    """
    every_minutes: int | None = None
    requests_per_second: float | None = None
    enabled: bool | None = None
    skip_check: bool | None = None


class SyncCounts(Model):
    seen: int
    """
    Items listed by the source.
    """
    added: int
    changed: int
    unchanged: int
    removed: int
    failed: int
    """
    Items that couldn't be read. Their existing documents are kept.
    """


class SyncProblem(Model):
    """
    Why the item couldn't be read.
    """

    item: str
    message: str


class SyncSource(Model):
    id: str
    workspace_id: str
    connector: str
    name: str
    config: dict[str, str | float | bool | list[str]]
    """
    Settings without secrets.
    """
    secrets: dict[str, bool]
    """
    Names of the secrets that are set. Their values are never returned.
    """
    every_minutes: int | None
    """
    Minutes between two sync runs. Null: only on request.
    """
    requests_per_second: float | None
    """
    Requests per second to the source. Null: the default of the connector.
    """
    enabled: bool
    state: Literal["idle", "queued", "running", "waiting"] | str
    items: int
    """
    Items stored as documents.
    """
    last_run: SourceRun | None
    next_run_at: datetime | None
    created_at: datetime
    updated_at: datetime


class SystemStatus(Model):
    version: str
    uptime_seconds: float
    embedder: SystemStatusEmbedder
    default_model: str
    documents: SystemStatusDocuments
    chunks: int
    jobs: SystemStatusJobs
    parser_sandbox: SystemStatusParserSandbox
    """
    Isolation of the processes that parse files.
    """
    vector_backend: VectorBackendStatus | None
    """
    Null if only SQLite is used.
    """


class SystemStatusDocuments(Model):
    ready: int
    processing: int
    failed: int


class SystemStatusEmbedder(Model):
    model_id: str
    dimension: int | None
    max_tokens: int


class SystemStatusJobs(Model):
    queued: int
    running: int


class SystemStatusParserSandbox(Model):
    layer: Literal["bubblewrap", "unshare", "permissions"] | str
    """
    "bubblewrap": parsers can access one file and no network. "unshare": no network, but native code can access files. "permissions": native code can access files and the network.
    """
    reason: str | None
    """
    Why the strongest isolation is not in use, or null.
    """


class TextDeltaEvent(Model):
    answer_id: str
    seq: int
    type: Literal["text-delta"] = "text-delta"
    text: str


AnswerEvent = TypeAliasType(
    "AnswerEvent",
    Annotated[
        AnswerStartEvent
        | SourcesFoundEvent
        | ReasoningDeltaEvent
        | TextDeltaEvent
        | AnswerEndEvent
        | AnswerErrorEvent,
        Field(discriminator="type"),
    ],
)


class TextItem(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    external_id: str | None = None
    title: str | None = None
    text: str
    metadata: dict[str, str | float | bool] | None = None


class Thread(Model):
    id: str
    workspace_id: str
    title: str
    created_at: datetime
    updated_at: datetime


class ThreadsCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    title: str | None = None
    """
    Title of the thread.
    """


class ThreadsRateMessageBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    feedback: AnswerFeedback | None
    share: bool | None = None
    """
    Lets the workspace owners read the question and the answer and use them as a test question.
    """


class ThreadsUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    title: str
    """
    Title of the thread.
    """


class UnsupportedSentence(Model):
    start: int
    end: int
    support: float


class UpdatedWebhook(Model):
    id: str
    url: str
    """
    URL that receives a signed POST request for every event (Standard Webhooks).
    """
    description: str
    event_types: list[EventType] | None
    """
    Event types to send. Null: all, including future types.
    """
    workspace_id: str | None
    """
    The only workspace whose events are sent. Null: all workspaces.
    """
    enabled: bool
    disabled_reason: str | None
    """
    Why the server disabled the webhook, or null.
    """
    created_at: datetime
    updated_at: datetime
    secret: str | None
    """
    New signing secret if the URL changed, otherwise null. The old secret stops working immediately.
    """


class Usage(Model):
    input_tokens: int
    output_tokens: int


class User(Model):
    id: str
    username: str
    role: Role
    suspended: bool
    created_at: datetime


class UsersCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    username: str
    password: str
    """
    At least 10 characters. Must not be a common password or the username.
    """
    role: Role | None = None


class UsersUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    role: Role | None = None
    password: str | None = None
    """
    At least 10 characters. Must not be a common password or the username.
    """
    suspended: bool | None = None
    revoke_keys: bool | None = None
    """
    Revoke the user's API keys. Default: true if the password changes, otherwise false.
    """


class VectorBackendStatus(Model):
    id: str
    """
    "qdrant", "pgvector", ...
    """
    state: Literal["in-step", "catching-up", "failing"] | str
    vectors: int
    """
    Vectors that are waiting to be sent.
    """
    changes: int
    """
    Deletions and changes that are waiting to be sent.
    """
    message: str | None
    """
    Error of the last attempt. Retries automatically.
    """


class Webhook(Model):
    id: str
    url: str
    """
    URL that receives a signed POST request for every event (Standard Webhooks).
    """
    description: str
    event_types: list[EventType] | None
    """
    Event types to send. Null: all, including future types.
    """
    workspace_id: str | None
    """
    The only workspace whose events are sent. Null: all workspaces.
    """
    enabled: bool
    disabled_reason: str | None
    """
    Why the server disabled the webhook, or null.
    """
    created_at: datetime
    updated_at: datetime


class WebhookTestEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["webhook.test"] = "webhook.test"
    data: WebhookTestEventData


class WebhookTestEventData(Model):
    webhook_id: str


class WebhooksCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: str
    description: str | None = None
    event_types: list[EventType] | None = None
    workspace_id: str | None = None
    """
    Id or slug of the only workspace that it tells of.
    """


class WebhooksReplayBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    since: datetime
    """
    Start time. Events at or after it are sent again.
    """
    until: datetime | None = None


class WebhooksUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: str | None = None
    description: str | None = None
    event_types: list[EventType] | None = None
    enabled: bool | None = None


class Workspace(Model):
    id: str
    name: str
    slug: str
    """
    Unique name for URLs, derived from the workspace name. Accepted in place of the id.
    """
    mode: ChatMode
    refusal_text: str
    instructions: str
    """
    System prompt of the workspace, sent with every question.
    """
    model: str | None
    """
    Model id such as "ollama:llama3.2". Null uses the default.
    """
    temperature: float | None
    top_k: int
    """
    Number of passages to retrieve per question.
    """
    similarity_floor: float
    """
    Minimum cosine similarity of vector search results.
    """
    history_messages: int
    """
    Number of earlier messages to include with a question.
    """
    reranker: str | None
    """
    Reranker. Null uses the default; "off" turns reranking off.
    """
    language: WorkspaceLanguage
    rewrite_follow_ups: bool
    """
    Lets the model rewrite follow-up questions, and searches for both versions. Costs one more model call.
    """
    lock_model: bool
    """
    Questions and eval runs must use the model of the workspace.
    """
    local_only: bool
    """
    Keeps all text of the workspace on this machine: no remote model, embedder, reranker, transcription server or vector backend, and no webhooks. Only an admin can turn it off.
    """
    expand_sources: bool
    """
    Fills the remaining context window of the model with the text around the best passages.
    """
    embedder: str | None
    """
    Embedder. Null uses the default. When it changes, search uses the old vectors until re-embedding is done.
    """
    created_at: datetime
    updated_at: datetime


class WorkspaceCreatedEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["workspace.created"] = "workspace.created"
    data: WorkspaceCreatedEventData


class WorkspaceCreatedEventData(Model):
    name: str
    slug: str


class WorkspaceDeletedEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["workspace.deleted"] = "workspace.deleted"
    data: WorkspaceDeletedEventData


class WorkspaceDeletedEventData(Model):
    name: str


class WorkspaceEmbedderChangedEvent(Model):
    id: str
    """
    Event id. The same in every delivery, so receivers can ignore duplicates.
    """
    timestamp: datetime
    """
    Time of the event.
    """
    workspace_id: str | None
    """
    Null for events that don't belong to a workspace.
    """
    type: Literal["workspace.embedder-changed"] = "workspace.embedder-changed"
    data: WorkspaceEmbedderChangedEventData


Event = TypeAliasType(
    "Event",
    Annotated[
        WorkspaceCreatedEvent
        | WorkspaceDeletedEvent
        | WorkspaceEmbedderChangedEvent
        | DocumentReadyEvent
        | DocumentFailedEvent
        | DocumentDeletedEvent
        | AnswerCompletedEvent
        | AnswerFailedEvent
        | SourceSyncedEvent
        | SourceFailedEvent
        | WebhookTestEvent,
        Field(discriminator="type"),
    ],
)


class WorkspaceEmbedderChangedEventData(Model):
    from_: str | None
    to: str
    """
    Embedder that search now uses.
    """


class WorkspaceEmbedding(Model):
    model_id: str | None
    """
    Embedder that search uses. Null until the first document.
    """
    dimension: int | None
    chunks: int
    next: WorkspaceEmbeddingNext | None


class WorkspaceEmbeddingNext(Model):
    model_id: str
    """
    Embedder that chunks are being re-embedded with. Search uses the old vectors until it is done.
    """
    done: int
    """
    Number of chunks that already have a new vector.
    """
    progress: float
    seconds_left: int | None
    """
    Estimate at the current rate. Null while the rate is unknown.
    """
    message: str | None
    """
    Error of the last attempt. Retries automatically.
    """


WorkspaceLanguage = TypeAliasType(
    "WorkspaceLanguage",
    Literal[
        "auto",
        "ar",
        "bg",
        "da",
        "de",
        "el",
        "en",
        "es",
        "fi",
        "fr",
        "ga",
        "hi",
        "hu",
        "hy",
        "id",
        "it",
        "lt",
        "ne",
        "nl",
        "no",
        "pt",
        "ro",
        "ru",
        "sr",
        "sv",
        "ta",
        "tr",
        "uk",
    ]
    | str,
)
"""
Language of the documents, for stemming. "auto" detects it per text. A change rebuilds the keyword index.
"""


class WorkspacesCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str
    mode: ChatMode | None = None
    refusal_text: str | None = None
    instructions: str | None = None
    """
    System prompt of the workspace, sent with every question.
    """
    model: str | None = None
    """
    Model id such as "ollama:llama3.2". Null uses the default.
    """
    temperature: float | None = None
    top_k: int | None = None
    """
    Number of passages to retrieve per question.
    """
    similarity_floor: float | None = None
    """
    Minimum cosine similarity of vector search results.
    """
    history_messages: int | None = None
    """
    Number of earlier messages to include with a question.
    """
    reranker: str | None = None
    """
    Reranker. Null uses the default; "off" turns reranking off.
    """
    language: WorkspaceLanguage | None = None
    rewrite_follow_ups: bool | None = None
    """
    Lets the model rewrite follow-up questions, and searches for both versions. Costs one more model call.
    """
    lock_model: bool | None = None
    """
    Questions and eval runs must use the model of the workspace.
    """
    local_only: bool | None = None
    """
    Keeps all text of the workspace on this machine: no remote model, embedder, reranker, transcription server or vector backend, and no webhooks. Only an admin can turn it off.
    """
    expand_sources: bool | None = None
    """
    Fills the remaining context window of the model with the text around the best passages.
    """
    embedder: str | None = None
    """
    Embedder. Null uses the default. When it changes, search uses the old vectors until re-embedding is done.
    """


class WorkspacesSetMemberBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    role: MemberRole | None = None


class WorkspacesUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str | None = None
    mode: ChatMode | None = None
    refusal_text: str | None = None
    instructions: str | None = None
    """
    System prompt of the workspace, sent with every question.
    """
    model: str | None = None
    """
    Model id such as "ollama:llama3.2". Null uses the default.
    """
    temperature: float | None = None
    top_k: int | None = None
    """
    Number of passages to retrieve per question.
    """
    similarity_floor: float | None = None
    """
    Minimum cosine similarity of vector search results.
    """
    history_messages: int | None = None
    """
    Number of earlier messages to include with a question.
    """
    reranker: str | None = None
    """
    Reranker. Null uses the default; "off" turns reranking off.
    """
    language: WorkspaceLanguage | None = None
    rewrite_follow_ups: bool | None = None
    """
    Lets the model rewrite follow-up questions, and searches for both versions. Costs one more model call.
    """
    lock_model: bool | None = None
    """
    Questions and eval runs must use the model of the workspace.
    """
    local_only: bool | None = None
    """
    Keeps all text of the workspace on this machine: no remote model, embedder, reranker, transcription server or vector backend, and no webhooks. Only an admin can turn it off.
    """
    expand_sources: bool | None = None
    """
    Fills the remaining context window of the model with the text around the best passages.
    """
    embedder: str | None = None
    """
    Embedder. Null uses the default. When it changes, search uses the old vectors until re-embedding is done.
    """
