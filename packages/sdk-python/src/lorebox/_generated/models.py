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
    The same bytes were there already; nothing is ingested again.
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
    Everything that was put before the model, cited or not.
    """
    notices: list[SearchNotice]
    """
    Why the sources may not be the best; empty when all went well.
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
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
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
    How many there are.
    """


class AnswerEndEvent(Model):
    answer_id: str
    seq: int
    type: Literal["answer-end"] = "answer-end"
    message_id: str
    answer: str
    """
    The whole answer: the text-delta parts joined.
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
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
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
    Answers that were refused.
    """
    correct_refusals: float
    """
    Questions that were refused exactly when they have no answer.
    """
    citation_precision: float | None
    """
    Cited sentences that the cited span supports; null without any.
    """
    unsupported_rate: float | None
    """
    Sentences that no source supports; null without any sentence.
    """
    answer_recall: float | None
    """
    Content words of the expected answers that the answers hold.
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


class AnswerTimings(Model):
    retrieve: float
    first_token: float | None
    total: float


class ApiKey(Model):
    id: str
    name: str
    prefix: str
    """
    The first characters of a generated key; "env" for the key in LOREBOX_API_KEY.
    """
    scopes: list[Scope]
    is_admin_equivalent: bool
    """
    The key may do everything that an admin may do: it has the scope `*` and its owner is an admin.
    """
    owner_id: str | None
    """
    The user the key belongs to. The owner's role limits the key at each request. Null: the installation.
    """
    created_by: str | None
    """
    `user:ID`, `key:ID` or `environment`. Null for keys of earlier versions whose creator is unknown.
    """
    workspace_id: str | None
    """
    The only workspace that the key opens; null for all.
    """
    expires_at: datetime | None
    never_expires: bool
    """
    The key has no expiry. Consider one of 90 days.
    """
    requests_per_minute: int | None
    """
    A limit of its own; null takes the one of the settings.
    """
    previous_key_until: datetime | None
    """
    After a rotation: how long the key before works, too.
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
    At most your own. Name only what the program needs.
    """
    workspace_id: str | None = None
    expires_at: datetime | None = None
    """
    Recommended: 90 days from now. Null: never. A key makes no key that outlives it.
    """
    requests_per_minute: int | None = None


class ApiKeysRotateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    grace_minutes: int | None = None
    """
    How long the old key works beside the new one; 0 ends it at once.
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
    What was changed: `user:ID`, `key:ID`, `workspace:ID`, ...
    """
    workspace_id: str | None
    address: str | None
    """
    Where the request came from.
    """
    request_id: str | None
    """
    Finds the request in the server's log.
    """
    details: dict[str, str | float | bool | None]


class AuthChangePasswordBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    current: str
    next: str
    """
    At least 10 characters, not a common password and not the user name.
    """
    revoke_keys: bool | None = None
    """
    Revokes your API keys as well.
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
    At least 10 characters, not a common password and not the user name.
    """


class ChatAnswerBody(Model):
    question: str
    thread_id: str | None = None
    """
    Goes on in this thread; absent, a new one is made.
    """
    mode: ChatMode | None = None
    """
    Overrides the workspace's mode.
    """
    model: str | None = None
    """
    Overrides the workspace's model.
    """
    document_ids: list[str] | None = None
    """
    Answers from these documents only.
    """
    images: list[Attachment] | None = None
    allow_remote_content: bool | None = None
    """
    Keeps images, links and HTML of the answer as the model wrote them. By default they become plain text.
    """
    last_event_id: str | None = None


class ChatAskBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    question: str
    thread_id: str | None = None
    """
    Goes on in this thread; absent, a new one is made.
    """
    mode: ChatMode | None = None
    """
    Overrides the workspace's mode.
    """
    model: str | None = None
    """
    Overrides the workspace's model.
    """
    document_ids: list[str] | None = None
    """
    Answers from these documents only.
    """
    images: list[Attachment] | None = None
    allow_remote_content: bool | None = None
    """
    Keeps images, links and HTML of the answer as the model wrote them. By default they become plain text.
    """


class ChatEditAndResendBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    mode: ChatMode | None = None
    """
    Overrides the workspace's mode.
    """
    model: str | None = None
    """
    Overrides the workspace's model.
    """
    document_ids: list[str] | None = None
    """
    Answers from these documents only.
    """
    images: list[Attachment] | None = None
    allow_remote_content: bool | None = None
    """
    Keeps images, links and HTML of the answer as the model wrote them. By default they become plain text.
    """
    question: str


ChatMode = TypeAliasType("ChatMode", Literal["chat", "query"] | str)


class ChatRegenerateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    mode: ChatMode | None = None
    """
    Overrides the workspace's mode.
    """
    model: str | None = None
    """
    Overrides the workspace's model.
    """
    document_ids: list[str] | None = None
    """
    Answers from these documents only.
    """
    images: list[Attachment] | None = None
    allow_remote_content: bool | None = None
    """
    Keeps images, links and HTML of the answer as the model wrote them. By default they become plain text.
    """


class Chunk(Model):
    id: str
    document_id: str
    ordinal: int
    page: int | None
    start_time: float | None
    """
    Where in a recording this is said, in seconds; else null.
    """
    end_time: float | None
    section: str | None
    """
    Headings above the chunk, joined by " > ".
    """
    start: int
    end: int
    tokens: int
    text: str


class Citation(Model):
    n: int
    chunk_id: str
    document_id: str
    external_id: str | None
    title: str
    filename: str
    page: int | None
    start_time: float | None
    """
    Where in a recording this is said, in seconds; else null.
    """
    end_time: float | None
    section: str | None
    start: int
    end: int
    text: str


class ConnectorInfo(Model):
    id: str
    """
    Such as "website" or "github".
    """
    label: str
    description: str
    reads: Literal["network", "folder"] | str
    """
    Folders of the server are for admins, and have to be allowed.
    """
    config_schema: dict[str, Any]
    """
    JSON Schema of `config`. Secret settings are `writeOnly`.
    """
    secrets: list[str]
    """
    Settings that are sealed and never answered again.
    """
    addresses: list[str]
    """
    Settings that decide where secrets go. Changing one takes every secret again.
    """
    requests_per_second: float
    """
    How many requests are sent at most, unless the source says otherwise.
    """


class ContextReport(Model):
    window: int
    """
    Tokens that the model can take.
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
    The first characters of a generated key; "env" for the key in LOREBOX_API_KEY.
    """
    scopes: list[Scope]
    is_admin_equivalent: bool
    """
    The key may do everything that an admin may do: it has the scope `*` and its owner is an admin.
    """
    owner_id: str | None
    """
    The user the key belongs to. The owner's role limits the key at each request. Null: the installation.
    """
    created_by: str | None
    """
    `user:ID`, `key:ID` or `environment`. Null for keys of earlier versions whose creator is unknown.
    """
    workspace_id: str | None
    """
    The only workspace that the key opens; null for all.
    """
    expires_at: datetime | None
    never_expires: bool
    """
    The key has no expiry. Consider one of 90 days.
    """
    requests_per_minute: int | None
    """
    A limit of its own; null takes the one of the settings.
    """
    previous_key_until: datetime | None
    """
    After a rotation: how long the key before works, too.
    """
    last_used_at: datetime | None
    created_at: datetime
    key: str


class CreatedWebhook(Model):
    id: str
    url: str
    """
    Gets a signed POST for every event (Standard Webhooks).
    """
    description: str
    event_types: list[EventType] | None
    """
    Null for all, those to come included.
    """
    workspace_id: str | None
    """
    The only workspace that it tells of; null for all.
    """
    enabled: bool
    disabled_reason: str | None
    """
    Why the server switched it off; null when it did not.
    """
    created_at: datetime
    updated_at: datetime
    secret: str
    """
    `whsec_` and base 64; deliveries are signed with it.
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
    Null when there is none to come.
    """
    created_at: datetime


class DeliveryAttempt(Model):
    at: datetime
    status: int | None
    """
    What the receiver answered; null when it did not.
    """
    error: str | None
    duration_ms: int


DeliveryStatus = TypeAliasType("DeliveryStatus", Literal["pending", "delivered", "failed"] | str)


class Document(Model):
    id: str
    workspace_id: str
    external_id: str | None
    """
    The id that the sender gave; sending it again replaces the document.
    """
    filename: str
    title: str
    format: str | None
    """
    Decided from content: "pdf", "docx", "text", ...; null until parsed.
    """
    size: int
    """
    Bytes as uploaded.
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
    For people: how far it is, or why it failed and what to do.
    """
    warnings: list[str]
    pages: int | None
    duration: float | None
    """
    Length of a recording in seconds; null for everything else.
    """
    chunks: int
    created_at: datetime
    updated_at: datetime


class DocumentDeletedEvent(Model):
    id: str
    """
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
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
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
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
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
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
    At the pace of the last documents; absent while nothing is processed or no pace is known.
    """


class DocumentText(Model):
    document_id: str
    start: int
    end: int
    length: int
    """
    Of the whole stored text, in UTF-16 code units.
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


class DocumentsDeleteBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    document_ids: list[str]


class DocumentsImportTextsBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    items: list[TextItem]


class EvalComparison(Model):
    before: EvalRun
    after: EvalRun
    questions: int
    differences: list[EvalDifference]
    better: int
    """
    Questions whose nDCG grew.
    """
    worse: int
    changes: list[EvalComparisonChange]
    """
    The largest changes of nDCG, at most 50.
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
    Of a paired permutation test: how likely chance alone gives as much. Null for what is no mean over questions.
    """


class EvalMetrics(Model):
    questions: int
    """
    Questions with a relevant place, which the first four are means over.
    """
    ndcg: float
    """
    nDCG@k with the grade as gain.
    """
    recall: float
    """
    Relevant places found of all.
    """
    mrr: float
    """
    Reciprocal rank of the first relevant document.
    """
    hit_rate: float
    """
    Questions whose first hit is relevant.
    """
    latency_p50: float
    """
    Milliseconds of the search.
    """
    latency_p95: float
    answers: AnswerMetrics | None


class EvalOptions(Model):
    mode: SearchMode
    k: int
    """
    Hits that a search gives, and the cut of every measure.
    """
    rerank: bool
    """
    False leaves the reranker of the workspace out.
    """
    answers: bool
    """
    Asks the model as well, and measures citations and refusals.
    """
    model: str | None
    """
    Of the answers; null for the workspace's.
    """


class EvalResult(Model):
    question: str
    is_judged: bool
    """
    It has a relevant place.
    """
    ndcg: float
    recall: float
    reciprocal_rank: float
    latency_ms: float
    found: list[str]
    """
    Documents by rank: external id, else id.
    """
    answer: EvalResultAnswer | None
    error: str | None
    """
    Why this question could not be measured.
    """


class EvalResultAnswer(Model):
    text: str
    refused: bool
    is_correct_refusal: bool
    sentences: int
    unsupported: int
    cited: int
    """
    Sentences with a citation.
    """
    supported: int
    """
    Of these, those that the cited span supports.
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
    What held when it began: two runs that differ here measured different things.
    """
    state: EvalState
    message: str | None
    """
    Why it failed.
    """
    total: int
    done: int
    metrics: EvalMetrics | None
    """
    Null until it is done.
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
    A question that is there already is replaced.
    """


class EvalsGenerateQuestionsBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    count: int | None = None
    model: str | None = None
    """
    Overrides the workspace's model.
    """


class EvalsStartBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    label: str | None = None
    mode: SearchMode | None = None
    k: int | None = None
    """
    Hits that a search gives, and the cut of every measure.
    """
    rerank: bool | None = None
    """
    False leaves the reranker of the workspace out.
    """
    answers: bool | None = None
    """
    Asks the model as well, and measures citations and refusals.
    """
    model: str | None = None
    """
    Of the answers; null for the workspace's.
    """


class EvalsUpdateQuestionBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    question: str | None = None
    relevant: list[RelevantPlace] | None = None
    answer: str | None = None
    """
    What a good answer says; null when nobody wrote it down.
    """
    answerable: bool | None = None
    """
    False: the documents do not hold the answer, and a refusal is right.
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
    "FinishReason", Literal["stop", "length", "refused", "cancelled", "tool-calls", "other"] | str
)


class GoldenItem(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    question: str
    relevant: list[RelevantPlace] | None = None
    answer: str | None = None
    """
    What a good answer says; null when nobody wrote it down.
    """
    answerable: bool | None = None
    """
    False: the documents do not hold the answer, and a refusal is right.
    """


class GoldenQuestion(Model):
    id: str
    workspace_id: str
    question: str
    relevant: list[RelevantPlace]
    answer: str | None
    """
    What a good answer says; null when nobody wrote it down.
    """
    answerable: bool
    """
    False: the documents do not hold the answer, and a refusal is right.
    """
    source: GoldenSource
    """
    Given by somebody, taken from an answer that was rated up, or generated by a model.
    """
    approved: bool
    """
    Only approved ones are measured with; generated ones wait for a review.
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
    Tries that have failed.
    """
    message: str | None
    """
    Why the last try failed; null when none did.
    """
    run_after: datetime
    """
    Not before: later than now for a job that failed and is tried again.
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
    How a person rated the answer.
    """
    feedback_shared: bool
    """
    Question and answer may become a golden question of the workspace.
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
    What workspaces and questions name: "provider:model".
    """
    provider: Literal["ollama", "openai", "llama-cpp", "extractive"] | str
    name: str
    context_window: int | None
    size: float | None
    """
    Bytes on disk, where known.
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
    What is wrong and what to do, or where it answers.
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
    The document's external id, id or file name.
    """
    start: int | None = None
    """
    With `end`: only hits that overlap this range of its text count.
    """
    end: int | None = None
    grade: float | None = None
    """
    How relevant it is; 0 is not at all.
    """


class RelevantPlaceOutput(Model):
    document: str
    """
    The document's external id, id or file name.
    """
    start: int | None = None
    """
    With `end`: only hits that overlap this range of its text count.
    """
    end: int | None = None
    grade: float
    """
    How relevant it is; 0 is not at all.
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
`*` is the only admin-equivalent scope: it allows everything that the role of the owner allows. No other scope, and no combination of them, can be used to obtain it.
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
    Only these documents.
    """
    metadata: dict[str, str | float | bool] | None = None
    """
    Only documents whose metadata has all of these values.
    """
    similarity_floor: float | None = None
    """
    Drops hits whose cosine similarity is below.
    """
    query_variants: list[str] | None = None
    """
    Other wordings of the same question: all are searched for, and their hits put together.
    """
    rerank: bool | None = None
    """
    False leaves the reranker of the workspace out.
    """


class SearchHit(Model):
    chunk_id: str
    document_id: str
    external_id: str | None
    title: str
    filename: str
    page: int | None
    start_time: float | None
    """
    Where in a recording this is said, in seconds; else null.
    """
    end_time: float | None
    section: str | None
    start: int
    """
    Offset into the stored text of the document, in UTF-16 code units.
    """
    end: int
    text: str
    """
    Exactly the stored text from start to end.
    """
    score: float
    """
    The fused score; only its order means something.
    """
    keyword_score: float | None
    """
    BM25, larger is better; null when the keyword half missed it.
    """
    vector_score: float | None
    """
    Cosine similarity; null when the vector half missed it.
    """
    rerank_score: float | None
    """
    Of the reranker; null when it judged nothing or not this.
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
    For people: what happened, and what to do.
    """


class SearchResult(Model):
    hits: list[SearchHit]
    mode: SearchMode
    timings: SearchTimings
    notices: list[SearchNotice]
    """
    Empty when everything went as it is set.
    """


class SearchTimings(Model):
    embed: float
    keyword: float
    vector: float
    fuse: float
    rerank: float
    """
    0 when nothing was reranked.
    """
    total: float


class Session(Model):
    id: str
    """
    Not the token: nobody signs in with it.
    """
    created_at: datetime
    expires_at: datetime
    is_current: bool
    """
    The one that asks.
    """


class Settings(Model):
    default_model: str | None
    """
    Answers where a workspace names no model. Null: Ollama if it answers, else a GGUF file, else quoting.
    """
    embedder: str
    """
    Makes the vectors where a workspace names no embedder. After a change new vectors are made while the old ones serve.
    """
    reranker: str
    """
    Judges the best passages once more: "off", "onnx:MODEL" (a cross-encoder run here), "gguf:FILE" (a file of the models folder) or "http:MODEL" (a rerank server).
    """
    requests_per_minute_per_address: int
    """
    Requests per minute and address; 0 is no limit.
    """
    requests_per_minute_per_user: int
    """
    Requests per minute and user; 0 is no limit.
    """
    requests_per_minute_per_key: int
    """
    Requests per minute and API key; a key may have a limit of its own; 0 is no limit.
    """
    allowed_models: list[str]
    """
    Chat models that workspaces may use; `*` stands for any characters. What the installation uses is allowed as well.
    """
    allowed_embedders: list[str]
    """
    Embedders that workspaces may use; `*` stands for any characters. What the installation uses is allowed as well.
    """
    allowed_rerankers: list[str]
    """
    Rerankers that workspaces may use; `*` stands for any characters. What the installation uses is allowed as well.
    """
    allowed_connectors: list[str]
    """
    Connectors of sources that workspaces may use; `*` stands for any characters. What the installation uses is allowed as well.
    """
    event_retention_days: int
    """
    How long events and deliveries are kept.
    """
    audit_retention_days: int
    """
    Days that the audit log is kept.
    """


class SettingsUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    default_model: str | None = None
    """
    Answers where a workspace names no model. Null: Ollama if it answers, else a GGUF file, else quoting.
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


class Source(Model):
    n: int
    chunk_id: str
    document_id: str
    external_id: str | None
    title: str
    filename: str
    page: int | None
    start_time: float | None
    """
    Where in a recording this is said, in seconds; else null.
    """
    end_time: float | None
    section: str | None
    start: int
    end: int
    text: str
    score: float


class SourceFailedEvent(Model):
    id: str
    """
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
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
    It has listed everything there is; what was missing has been removed.
    """
    attempts: int
    """
    Tries that have failed.
    """
    counts: SyncCounts
    problems: list[SyncProblem]
    """
    The first hundred.
    """
    message: str | None
    """
    For people: why it waits or failed, and what to do.
    """
    started_at: datetime
    ended_at: datetime | None


class SourceSyncedEvent(Model):
    id: str
    """
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
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
    Else the name of the connector.
    """
    config: dict[str, str | float | bool | list[str]]
    """
    As the connector has it, secrets among it.
    """
    every_minutes: int | None = None
    requests_per_second: float | None = None
    skip_check: bool | None = None
    """
    Do not try whether the source answers.
    """


class SourcesFoundEvent(Model):
    answer_id: str
    seq: int
    type: Literal["sources-found"] = "sources-found"
    sources: list[Source]
    notices: list[SearchNotice]
    """
    Why they may not be the best; empty when all went well.
    """


class SourcesRunBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    full: bool | None = None
    """
    List and read everything anew, what has been deleted here by hand included.
    """


class SourcesUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str | None = None
    config: dict[str, str | float | bool | list[str] | None] | None = None
    """
    Only what changes; null takes a setting away. Everything is listed anew afterwards. A change of an address takes every secret again.
    """
    every_minutes: int | None = None
    requests_per_second: float | None = None
    enabled: bool | None = None
    skip_check: bool | None = None


class SyncCounts(Model):
    seen: int
    """
    Items that the source has named.
    """
    added: int
    changed: int
    unchanged: int
    removed: int
    failed: int
    """
    Items that could not be read; what was there of them stays.
    """


class SyncProblem(Model):
    """
    Why an item could not be read.
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
    Without its secrets.
    """
    secrets: dict[str, bool]
    """
    Which secrets are set; their values are not answered.
    """
    every_minutes: int | None
    """
    Minutes between two passes; null: only when asked.
    """
    requests_per_second: float | None
    """
    Null takes what the connector thinks polite.
    """
    enabled: bool
    state: Literal["idle", "queued", "running", "waiting"] | str
    items: int
    """
    Items that are documents here.
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
    What keeps the processes that read files away from the rest of the machine.
    """
    vector_backend: VectorBackendStatus | None
    """
    Null where SQLite serves alone.
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
    "bubblewrap": parsers see one file and no network. "unshare": no network, but native code can read files. "permissions": the network is open, too.
    """
    reason: str | None
    """
    Why it is not the strongest layer; else null.
    """


class TextDeltaEvent(Model):
    answer_id: str
    seq: int
    type: Literal["text-delta"] = "text-delta"
    text: str


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


class ThreadsRateMessageBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    feedback: AnswerFeedback | None
    share: bool | None = None
    """
    Lets the owners of the workspace read question and answer and make a golden question of them.
    """


class ThreadsRenameBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    title: str


class ToolCallEvent(Model):
    answer_id: str
    seq: int
    type: Literal["tool-call"] = "tool-call"
    tool_call_id: str
    name: str
    input: str


class ToolResultEvent(Model):
    answer_id: str
    seq: int
    type: Literal["tool-result"] = "tool-result"
    tool_call_id: str
    name: str
    output: str


AnswerEvent = TypeAliasType(
    "AnswerEvent",
    Annotated[
        AnswerStartEvent
        | SourcesFoundEvent
        | ReasoningDeltaEvent
        | TextDeltaEvent
        | ToolCallEvent
        | ToolResultEvent
        | AnswerEndEvent
        | AnswerErrorEvent,
        Field(discriminator="type"),
    ],
)


class UnsupportedSentence(Model):
    start: int
    end: int
    support: float


class UpdatedWebhook(Model):
    id: str
    url: str
    """
    Gets a signed POST for every event (Standard Webhooks).
    """
    description: str
    event_types: list[EventType] | None
    """
    Null for all, those to come included.
    """
    workspace_id: str | None
    """
    The only workspace that it tells of; null for all.
    """
    enabled: bool
    disabled_reason: str | None
    """
    Why the server switched it off; null when it did not.
    """
    created_at: datetime
    updated_at: datetime
    secret: str | None
    """
    A new one when the address has changed, which ends the old one at once; else null.
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
    At least 10 characters, not a common password and not the user name.
    """
    role: Role | None = None


class UsersUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    role: Role | None = None
    password: str | None = None
    """
    At least 10 characters, not a common password and not the user name.
    """
    suspended: bool | None = None
    revoke_keys: bool | None = None
    """
    Revokes the user's API keys. Default: true with a new password, otherwise false.
    """


class VectorBackendStatus(Model):
    id: str
    """
    "qdrant", "pgvector", ...
    """
    state: Literal["in-step", "catching-up", "failing"] | str
    vectors: int
    """
    Vectors that are still to be sent.
    """
    changes: int
    """
    Deletions and changes that are still to be told.
    """
    message: str | None
    """
    Why the last try failed; it is tried again by itself.
    """


class Webhook(Model):
    id: str
    url: str
    """
    Gets a signed POST for every event (Standard Webhooks).
    """
    description: str
    event_types: list[EventType] | None
    """
    Null for all, those to come included.
    """
    workspace_id: str | None
    """
    The only workspace that it tells of; null for all.
    """
    enabled: bool
    disabled_reason: str | None
    """
    Why the server switched it off; null when it did not.
    """
    created_at: datetime
    updated_at: datetime


class WebhookTestEvent(Model):
    id: str
    """
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
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


class WebhooksReplayBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    since: datetime
    """
    Every event of this time and after is sent once more.
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
    Unique, made from the name; works wherever an id does.
    """
    mode: ChatMode
    refusal_text: str
    instructions: str
    """
    Put before every question, as the system prompt of the workspace.
    """
    model: str | None
    """
    Model id such as "ollama:llama3.2"; null takes the default.
    """
    temperature: float | None
    top_k: int
    """
    Passages that a question retrieves.
    """
    similarity_floor: float
    """
    Cosine similarity under which a vector hit is dropped.
    """
    history_messages: int
    """
    Earlier messages that a question may carry along.
    """
    reranker: str | None
    """
    Judges the best passages once more; null takes the default, "off" has none.
    """
    language: WorkspaceLanguage
    rewrite_follow_ups: bool
    """
    Has the model reword a question that goes on from the last one, and searches for both wordings. One more call.
    """
    lock_model: bool
    """
    Questions and measurements use the model of the workspace and name no other.
    """
    local_only: bool
    """
    No text of the workspace leaves this machine: no model, embedder, reranker, transcriber or vector backend on another one, and no webhooks. Only an admin can take it back.
    """
    expand_sources: bool
    """
    Fills what is left of the model's window with the text around the best passages.
    """
    embedder: str | None
    """
    What makes the vectors; null takes the default. After a change new vectors are made while the old ones serve.
    """
    created_at: datetime
    updated_at: datetime


class WorkspaceCreatedEvent(Model):
    id: str
    """
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
    """
    type: Literal["workspace.created"] = "workspace.created"
    data: WorkspaceCreatedEventData


class WorkspaceCreatedEventData(Model):
    name: str
    slug: str


class WorkspaceDeletedEvent(Model):
    id: str
    """
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
    """
    type: Literal["workspace.deleted"] = "workspace.deleted"
    data: WorkspaceDeletedEventData


class WorkspaceDeletedEventData(Model):
    name: str


class WorkspaceEmbedderChangedEvent(Model):
    id: str
    """
    The same with every delivery, so that a receiver can leave out what it has seen.
    """
    timestamp: datetime
    """
    When it happened.
    """
    workspace_id: str | None
    """
    Null for what belongs to no workspace.
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
    The embedder whose vectors searches use from now on.
    """


class WorkspaceEmbedding(Model):
    model_id: str | None
    """
    The embedder that searches use; null until the first document.
    """
    dimension: int | None
    chunks: int
    next: WorkspaceEmbeddingNext | None


class WorkspaceEmbeddingNext(Model):
    model_id: str
    """
    The embedder whose vectors are being made; searches use the old ones meanwhile.
    """
    done: int
    """
    Chunks that have their new vector.
    """
    progress: float
    seconds_left: int | None
    """
    At the pace so far; null while there is none.
    """
    message: str | None
    """
    Why the last try failed; it goes on by itself.
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
Of its documents, for the forms of words; "auto" finds it out text by text. After a change the index is made anew.
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
    Put before every question, as the system prompt of the workspace.
    """
    model: str | None = None
    """
    Model id such as "ollama:llama3.2"; null takes the default.
    """
    temperature: float | None = None
    top_k: int | None = None
    """
    Passages that a question retrieves.
    """
    similarity_floor: float | None = None
    """
    Cosine similarity under which a vector hit is dropped.
    """
    history_messages: int | None = None
    """
    Earlier messages that a question may carry along.
    """
    reranker: str | None = None
    """
    Judges the best passages once more; null takes the default, "off" has none.
    """
    language: WorkspaceLanguage | None = None
    rewrite_follow_ups: bool | None = None
    """
    Has the model reword a question that goes on from the last one, and searches for both wordings. One more call.
    """
    lock_model: bool | None = None
    """
    Questions and measurements use the model of the workspace and name no other.
    """
    local_only: bool | None = None
    """
    No text of the workspace leaves this machine: no model, embedder, reranker, transcriber or vector backend on another one, and no webhooks. Only an admin can take it back.
    """
    expand_sources: bool | None = None
    """
    Fills what is left of the model's window with the text around the best passages.
    """
    embedder: str | None = None
    """
    What makes the vectors; null takes the default. After a change new vectors are made while the old ones serve.
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
    Put before every question, as the system prompt of the workspace.
    """
    model: str | None = None
    """
    Model id such as "ollama:llama3.2"; null takes the default.
    """
    temperature: float | None = None
    top_k: int | None = None
    """
    Passages that a question retrieves.
    """
    similarity_floor: float | None = None
    """
    Cosine similarity under which a vector hit is dropped.
    """
    history_messages: int | None = None
    """
    Earlier messages that a question may carry along.
    """
    reranker: str | None = None
    """
    Judges the best passages once more; null takes the default, "off" has none.
    """
    language: WorkspaceLanguage | None = None
    rewrite_follow_ups: bool | None = None
    """
    Has the model reword a question that goes on from the last one, and searches for both wordings. One more call.
    """
    lock_model: bool | None = None
    """
    Questions and measurements use the model of the workspace and name no other.
    """
    local_only: bool | None = None
    """
    No text of the workspace leaves this machine: no model, embedder, reranker, transcriber or vector backend on another one, and no webhooks. Only an admin can take it back.
    """
    expand_sources: bool | None = None
    """
    Fills what is left of the model's window with the text around the best passages.
    """
    embedder: str | None = None
    """
    What makes the vectors; null takes the default. After a change new vectors are made while the old ones serve.
    """
