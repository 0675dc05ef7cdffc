# Generated from docs/openapi.json by scripts/gen/clients.ts. Changes here are lost.

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from lorebox._model import Model


class Accepted(Model):
    documents: list[AcceptedDocument]
    """
    Documents.
    """


class AcceptedDocument(Model):
    id: str
    """
    Id.
    """
    external_id: str | None
    """
    Your id for the document. Null if it has none.
    """
    filename: str
    """
    File name.
    """
    status: DocumentStatus
    """
    Status.
    """
    unchanged: bool
    """
    The same content already exists, so it is not ingested again.
    """


class AddedQuestions(Model):
    added: int
    """
    Number of items that were added.
    """
    replaced: int
    """
    Number of questions that were replaced.
    """


class Answer(Model):
    answer_id: str
    """
    Id of the answer.
    """
    thread_id: str
    """
    Id of the thread.
    """
    question_id: str
    """
    Id of the question.
    """
    message_id: str
    """
    Id of the message.
    """
    answer: str
    """
    The answer.
    """
    citations: list[Citation]
    """
    Passages that the answer cites.
    """
    sources: list[Source]
    """
    Passages that the model received, whether cited or not.
    """
    table_queries: list[TableQuery]
    """
    Queries that Lorebox ran over tables. Empty for most questions.
    """
    notices: list[AnswerNotice]
    """
    Why the answer is less than it could be. Empty if everything worked.
    """
    unsupported: list[UnsupportedSentence]
    """
    Sentences that no passage supports.
    """
    reasoning: str | None
    """
    What the model thought, if it shows it.
    """
    finish_reason: FinishReason
    """
    Why the answer ended.
    """
    model: str
    """
    Model id.
    """
    mode: ChatMode
    context: ContextReport
    usage: Usage
    timings: AnswerTimings


AnswerBasis = TypeAliasType(
    "AnswerBasis", Literal["passages", "documents", "summaries", "tables"] | str
)


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
    """
    Only events of this type.
    """
    data: AnswerCompletedEventData
    """
    Details of the event.
    """


class AnswerCompletedEventData(Model):
    answer_id: str
    """
    Id of the answer.
    """
    thread_id: str
    """
    Id of the thread.
    """
    question_id: str
    """
    Id of the question.
    """
    message_id: str
    """
    Id of the message.
    """
    finish_reason: FinishReason
    """
    Why the answer ended.
    """
    citations: int
    """
    Number of documents.
    """


class AnswerDetails(Model):
    sources: list[Source]
    """
    All passages that the model received, whether cited or not.
    """
    table_queries: list[TableQuery]
    """
    Queries that Lorebox ran over tables. Empty for most questions.
    """
    context: ContextReport | None
    """
    What was included in the context window. Null if the answer did not complete.
    """
    notices: list[AnswerNotice]
    """
    Why the answer is less than it could be. Empty if everything worked.
    """
    unsupported: list[UnsupportedSentence]
    """
    Sentences of the answer that no passage supports.
    """
    usage: Usage | None
    """
    Tokens that the model read and wrote. Null if the answer did not complete.
    """
    timings: AnswerTimings | None
    """
    Milliseconds per step. Null if the answer did not complete.
    """
    model: str | None
    """
    Model that answered. Null if the answer failed before one was chosen.
    """
    mode: ChatMode | None
    """
    Mode of the answer. Null if the answer failed before it started.
    """
    finish_reason: FinishReason | None
    """
    Why the answer ended. Null if it failed.
    """


class AnswerEndEvent(Model):
    answer_id: str
    """
    Id of the answer.
    """
    seq: int
    """
    Sequence number of the event in the answer, from 1.
    """
    type: Literal["answer-end"] = "answer-end"
    """
    Only events of this type.
    """
    message_id: str
    """
    Id of the message.
    """
    answer: str
    """
    The complete answer: all text-delta parts joined.
    """
    citations: list[Citation]
    """
    Passages that the answer cites.
    """
    unsupported: list[UnsupportedSentence]
    """
    Sentences that no passage supports.
    """
    notices: list[AnswerNotice]
    """
    What happened while answering. Empty if everything worked.
    """
    finish_reason: FinishReason
    """
    Why the answer ended.
    """
    model: str
    """
    Model id.
    """
    context: ContextReport
    usage: Usage
    timings: AnswerTimings


class AnswerErrorEvent(Model):
    answer_id: str
    """
    Id of the answer.
    """
    seq: int
    """
    Sequence number of the event in the answer, from 1.
    """
    type: Literal["answer-error"] = "answer-error"
    """
    Only events of this type.
    """
    code: str
    """
    Stable error code.
    """
    message: str
    """
    Human-readable message.
    """
    retryable: bool
    """
    Whether asking again may work.
    """


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
    """
    Only events of this type.
    """
    data: AnswerFailedEventData
    """
    Details of the event.
    """


class AnswerFailedEventData(Model):
    answer_id: str
    """
    Id of the answer.
    """
    thread_id: str
    """
    Id of the thread.
    """
    question_id: str
    """
    Id of the question.
    """
    message_id: str
    """
    Id of the message.
    """
    code: str
    """
    Stable error code.
    """
    message: str
    """
    Human-readable message.
    """


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
    """
    Median latency in milliseconds.
    """
    latency_p95: float
    """
    95th percentile of the latency in milliseconds.
    """


class AnswerNotice(Model):
    code: (
        Literal[
            "rerank-timeout",
            "rerank-failed",
            "vector-search-failed",
            "vector-backend-failed",
            "question-not-rewritten",
            "output-limit",
            "repetition",
            "prompt-cut",
            "sources-left-out",
            "partial-reading",
        ]
        | str
    )
    """
    Stable error code.
    """
    message: str
    """
    Human-readable: what happened and what to do next.
    """


class AnswerStartEvent(Model):
    answer_id: str
    """
    Id of the answer.
    """
    seq: int
    """
    Sequence number of the event in the answer, from 1.
    """
    type: Literal["answer-start"] = "answer-start"
    """
    Only events of this type.
    """
    thread_id: str
    """
    Id of the thread.
    """
    question_id: str
    """
    Id of the question.
    """
    model: str
    """
    Model id.
    """
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
    """
    Milliseconds for the search.
    """
    first_token: float | None
    """
    Milliseconds until the first token. Null if there was none.
    """
    total: float
    """
    Milliseconds in total.
    """


class ApiKey(Model):
    id: str
    """
    Id.
    """
    name: str
    """
    Name.
    """
    prefix: str
    """
    First characters of the generated key. "env" for the key in LOREBOX_API_KEY.
    """
    scopes: list[Scope]
    """
    Scopes of the key.
    """
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
    """
    Time of expiry. Null: never.
    """
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
    """
    Time of the last request with the key. Null if there was none.
    """
    created_at: datetime
    """
    Time of creation.
    """


class ApiKeysCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str
    """
    Name.
    """
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
    """
    Requests per minute. Null: the limit in the settings.
    """


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
    """
    Name.
    """
    scopes: list[Scope] | None = None
    """
    Scopes of the key.
    """
    expires_at: datetime | None = None
    """
    Time of expiry. Null: never.
    """
    requests_per_minute: int | None = None
    """
    Requests per minute. Null: the limit in the settings.
    """


class AppInfo(Model):
    needs_setup: bool
    """
    There is no admin yet. The server prints a one-time setup link when it starts.
    """
    name: str
    """
    Name of the installation in the web app.
    """
    logo_url: str | None
    """
    Path of the logo on this server. Null: the default logo.
    """
    accent_color: str | None
    """
    Color of buttons and links, such as `#2f6f5e`. Null: the default.
    """
    accent_color_dark: str | None
    """
    The same on dark pages. Null: the default.
    """
    theme_variables: ThemeVariables
    """
    Colors of the web app on light pages.
    """
    theme_variables_dark: ThemeVariables
    """
    Colors of the web app on dark pages.
    """
    welcome_text: str
    """
    Text above a new chat.
    """
    footer_links: list[FooterLink]
    """
    Links under the sign-in form and in the user menu.
    """


class AskStarted(Model):
    answer_id: str
    """
    Id of the answer.
    """
    thread_id: str
    """
    Id of the thread.
    """
    question_id: str
    """
    Id of the question.
    """


class Attachment(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    media_type: str
    """
    Media type, such as `image/png`.
    """
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
        "invite.created",
        "invite.accepted",
        "invite.revoked",
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
        "document.moved",
        "document.downloaded",
        "thread.updated",
        "share.created",
        "share.revoked",
        "widget.created",
        "widget.updated",
        "widget.deleted",
        "widget.exported",
        "thread.deleted",
        "model-server.updated",
        "model.pulled",
        "audit.exported",
        "access.refused",
    ]
    | str,
)


class AuditEntry(Model):
    id: str
    """
    Id.
    """
    at: datetime
    """
    Time of the event.
    """
    action: AuditAction
    """
    Only entries with this action.
    """
    actor: str
    """
    `user:ID`, `key:ID`, `system`, or `anonymous` before a login.
    """
    target: str | None
    """
    Changed resource: `user:ID`, `key:ID`, `workspace:ID`, ...
    """
    workspace_id: str | None
    """
    Id of the workspace.
    """
    address: str | None
    """
    Client address of the request.
    """
    request_id: str | None
    """
    Search the server log for this id.
    """
    details: dict[str, str | float | bool | None]
    """
    Facts about the change.
    """


class AuthChangePasswordBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    current: str
    """
    Your current password.
    """
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
    """
    Username.
    """
    password: str
    """
    Password.
    """


class AuthSetupBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    token: str
    """
    Setup token that the server printed at its first start.
    """
    username: str
    """
    Username.
    """
    password: str
    """
    At least 10 characters. Must not be a common password or the username.
    """


class AuthUpdatePreferencesBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    language: str | None = None
    """
    Language of the web app, such as `en` or `pt-BR`. Null: that of the browser.
    """
    theme: Theme | None = None
    """
    Colors of the web app. system: those of the device.
    """


class ChatAnswerBody(Model):
    question: str
    """
    The question.
    """
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
    """
    Images for models that take them.
    """
    max_answer_tokens: int | None = None
    """
    Overrides the maximum length of the answer in tokens.
    """
    thinking: Thinking | None = None
    """
    Overrides how much the model thinks.
    """
    allow_remote_content: bool | None = None
    """
    Keep images, links and HTML in the answer. By default they are converted to plain text.
    """
    last_event_id: str | None = None
    """
    Id of the last event you received. The stream continues after it.
    """


class ChatAskBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    question: str
    """
    The question.
    """
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
    """
    Images for models that take them.
    """
    max_answer_tokens: int | None = None
    """
    Overrides the maximum length of the answer in tokens.
    """
    thinking: Thinking | None = None
    """
    Overrides how much the model thinks.
    """
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
    """
    Images for models that take them.
    """
    allow_remote_content: bool | None = None
    """
    Keep images, links and HTML in the answer. By default they are converted to plain text.
    """
    question: str
    """
    The question.
    """


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
    """
    Images for models that take them.
    """
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
    excluded: bool
    """
    Taken out of searches and answers by hand.
    """
    corrected: bool
    """
    Its text was corrected by hand.
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
    url: str
    """
    Path in the web app that opens the document at this place, with its page or second if it has one.
    """
    n: int
    """
    Number that the answer cites it by, as in [1].
    """
    origin: CitationOrigin
    """
    model: the model cited it at least once. matched: only Lorebox did.
    """
    sentences: list[CitedSentence]
    """
    Sentences of the answer that it supports, in order.
    """


CitationOrigin = TypeAliasType("CitationOrigin", Literal["model", "matched"] | str)


class CitedSentence(Model):
    start: int
    """
    Start offset, in UTF-16 code units.
    """
    end: int
    """
    End offset, exclusive.
    """
    origin: CitationOrigin


class Comment(Model):
    id: str
    """
    Id of the comment.
    """
    message_id: str
    """
    Id of the message.
    """
    thread_id: str
    """
    Id of the thread.
    """
    author: CommentAuthor
    """
    Who wrote the comment: a user, or the owner of the API key.
    """
    text: str
    """
    Text.
    """
    mentions: list[str]
    """
    Usernames that the text names with @, of users who could read the thread when it was written.
    """
    resolved: bool
    """
    Whether the comment is dealt with.
    """
    created_at: datetime
    """
    Time of creation.
    """
    updated_at: datetime
    """
    Time of the last change.
    """


class CommentAuthor(Model):
    user_id: str | None
    """
    Id of the user. Null for API keys of the installation.
    """
    username: str | None
    """
    Null for deleted users and for API keys of the installation.
    """


class CommentsCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    text: str
    """
    Text of the comment. Names users with @.
    """


class CommentsResolveBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    resolved: bool
    """
    True when the comment is dealt with, false to reopen it.
    """


class CommentsUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    text: str
    """
    Text of the comment. Names users with @.
    """


class ConnectorInfo(Model):
    id: str
    """
    Connector id, such as "website" or "github".
    """
    label: str
    """
    Label.
    """
    description: str
    """
    Description.
    """
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
    Context window in tokens that the prompt was fitted to.
    """
    prompt_tokens: int
    """
    Tokens of the prompt.
    """
    reserved_for_answer: int
    """
    Maximum length of the answer in tokens.
    """
    basis: AnswerBasis
    """
    What the answer was made from.
    """
    documents_matching: int | None
    """
    Number of documents that the question is about. Null if the question looks for passages.
    """
    documents_read: int
    """
    Number of documents of which the model received text.
    """
    sources_retrieved: int
    """
    Passages that the search found.
    """
    sources_used: int
    """
    Passages that the model received.
    """
    sources_cut: int
    """
    Passages left out for lack of room.
    """
    history_messages: int
    """
    Earlier messages in the thread.
    """
    history_used: int
    """
    Earlier messages that the model received.
    """
    history_cut: int
    """
    Earlier messages left out for lack of room.
    """


class CreatedApiKey(Model):
    id: str
    """
    Id.
    """
    name: str
    """
    Name.
    """
    prefix: str
    """
    First characters of the generated key. "env" for the key in LOREBOX_API_KEY.
    """
    scopes: list[Scope]
    """
    Scopes of the key.
    """
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
    """
    Time of expiry. Null: never.
    """
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
    """
    Time of the last request with the key. Null if there was none.
    """
    created_at: datetime
    """
    Time of creation.
    """
    key: str
    """
    The API key. It is shown only once.
    """


class CreatedInvite(Model):
    id: str
    """
    Id of the invite.
    """
    role: Role
    """
    Role of the new user.
    """
    memberships: list[CreatedInviteMembership]
    """
    Workspaces that the new user joins.
    """
    invited_by: str | None
    """
    Username of the user who created the invite. Null for API keys of the installation.
    """
    created_at: datetime
    """
    Time of creation.
    """
    expires_at: datetime
    """
    Time when the link stops working.
    """
    accepted_by: str | None
    """
    Username of the new user. Null until the invite is accepted.
    """
    accepted_at: datetime | None
    """
    Time when the invite was accepted. Null until then.
    """
    token: str
    """
    Secret of the invite. Shown only once.
    """
    url: str
    """
    Path of the page that accepts the invite on this server.
    """


class CreatedInviteMembership(Model):
    workspace_id: str
    """
    Id of the workspace.
    """
    name: str
    """
    Name.
    """
    role: MemberRole
    """
    Who wrote the message.
    """


class CreatedShare(Model):
    id: str
    """
    Id of the share link.
    """
    thread_id: str
    """
    Id of the thread.
    """
    shared_by: str | None
    """
    Username of the user who created the link. Null for API keys of the installation.
    """
    created_at: datetime
    """
    Time of creation.
    """
    expires_at: datetime | None
    """
    Time when the link stops working. Null: it works until it is revoked.
    """
    views: int
    """
    Number of times the link was opened.
    """
    token: str
    """
    Secret of the link. Shown only once.
    """
    url: str
    """
    Path of the page with the thread on this server.
    """


class CreatedWebhook(Model):
    id: str
    """
    Id.
    """
    url: str
    """
    URL that receives a signed POST request for every event (Standard Webhooks).
    """
    description: str
    """
    Description.
    """
    event_types: list[EventType] | None
    """
    Event types to send. Null: all, including future types.
    """
    workspace_id: str | None
    """
    The only workspace whose events are sent. Null: all workspaces.
    """
    enabled: bool
    """
    Whether it is in use.
    """
    disabled_reason: str | None
    """
    Why the server disabled the webhook, or null.
    """
    created_at: datetime
    """
    Time of creation.
    """
    updated_at: datetime
    """
    Time of the last change.
    """
    secret: str
    """
    Signing secret: `whsec_` followed by base64.
    """


class Delivery(Model):
    id: str
    """
    Id.
    """
    webhook_id: str
    """
    Id of the webhook.
    """
    event_id: str
    """
    Id of the event.
    """
    event_type: EventType
    status: DeliveryStatus
    """
    Status.
    """
    attempts: list[DeliveryAttempt]
    """
    Attempts so far, oldest first.
    """
    next_attempt_at: datetime | None
    """
    Null if there is no next attempt.
    """
    created_at: datetime
    """
    Time of creation.
    """


class DeliveryAttempt(Model):
    at: datetime
    """
    Time of the event.
    """
    status: int | None
    """
    HTTP status of the receiver. Null if there was no response.
    """
    error: str | None
    """
    What went wrong, or null.
    """
    duration_ms: int
    """
    Duration in milliseconds.
    """


DeliveryStatus = TypeAliasType("DeliveryStatus", Literal["pending", "delivered", "failed"] | str)


class Document(Model):
    id: str
    """
    Id.
    """
    workspace_id: str
    """
    Id of the workspace.
    """
    external_id: str | None
    """
    Your id for the document. Sending it again replaces the document.
    """
    filename: str
    """
    File name.
    """
    title: str
    """
    Title.
    """
    format: str | None
    """
    File format detected from the content: "pdf", "docx", "text", ... Null until parsed.
    """
    size: int
    """
    Size of the uploaded file in bytes.
    """
    source: Literal["upload", "text", "url"] | str
    """
    How the document was added.
    """
    source_url: str | None
    """
    URL that the document was fetched from. Null for uploads and texts.
    """
    metadata: dict[str, str | float | bool]
    """
    Your values, and what the file says about itself under other names: `author`, `created`, `from`, `subject` ...
    """
    pinned: bool
    """
    The model reads the whole document with every question, as far as it fits.
    """
    summary_state: Literal["none", "partial", "complete"] | str
    """
    Summary for questions about the whole document. Only long documents need one.
    """
    status: DocumentStatus
    """
    Status.
    """
    stage: IngestStage
    progress: float
    """
    Progress from 0 to 1.
    """
    reason: FailureReason | None
    """
    Why it failed. Null if it did not.
    """
    message: str | None
    """
    Human-readable: the progress, or why it failed and what to do next.
    """
    warnings: list[str]
    """
    What the document lost or what could not be read.
    """
    pages: int | None
    """
    Number of pages. Null for documents without pages.
    """
    duration: float | None
    """
    Length of a recording in seconds. Null for other formats.
    """
    chunks: int
    """
    Number of chunks.
    """
    created_at: datetime
    """
    Time of creation.
    """
    updated_at: datetime
    """
    Time of the last change.
    """


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
    """
    Only events of this type.
    """
    data: DocumentDeletedEventData
    """
    Details of the event.
    """


class DocumentDeletedEventData(Model):
    document_id: str
    """
    Id of the document.
    """
    external_id: str | None
    """
    Your id for the document. Null if it has none.
    """
    title: str
    """
    Title.
    """
    filename: str
    """
    File name.
    """


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
    """
    Only events of this type.
    """
    data: DocumentFailedEventData
    """
    Details of the event.
    """


class DocumentFailedEventData(Model):
    document_id: str
    """
    Id of the document.
    """
    external_id: str | None
    """
    Your id for the document. Null if it has none.
    """
    title: str
    """
    Title.
    """
    filename: str
    """
    File name.
    """
    reason: FailureReason | None
    """
    Why it failed. Null if it did not.
    """
    message: str | None
    """
    Human-readable message.
    """


class DocumentFolder(Model):
    path: str
    """
    Path of the folder, without a slash at the end.
    """
    count: int
    """
    Number of documents in the folder and below it.
    """


class DocumentLink(Model):
    url: str
    """
    Path of the file on this server, with a signature. Anyone who has it can open the file.
    """
    expires_at: datetime
    """
    Time when the link stops working: ten minutes after its creation.
    """


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
    """
    Only events of this type.
    """
    data: DocumentReadyEventData
    """
    Details of the event.
    """


class DocumentReadyEventData(Model):
    document_id: str
    """
    Id of the document.
    """
    external_id: str | None
    """
    Your id for the document. Null if it has none.
    """
    title: str
    """
    Title.
    """
    filename: str
    """
    File name.
    """
    format: str | None
    """
    File format. Null if unknown.
    """
    pages: int | None
    """
    Number of pages. Null for documents without pages.
    """
    chunks: int
    """
    Number of chunks.
    """


DocumentSort = TypeAliasType("DocumentSort", Literal["created", "title", "size", "status"] | str)


DocumentStatus = TypeAliasType("DocumentStatus", Literal["processing", "ready", "failed"] | str)


class DocumentSummary(Model):
    ready: int
    """
    Number of documents that are ready.
    """
    processing: int
    """
    Number of documents that are being processed.
    """
    failed: int
    """
    Number of documents that failed.
    """
    seconds_left: int | None = None
    """
    Estimate based on the latest documents. Omitted while nothing is processing or the rate is unknown.
    """


class DocumentText(Model):
    document_id: str
    """
    Id of the document.
    """
    start: int
    """
    Start offset, in UTF-16 code units.
    """
    end: int
    """
    End offset, exclusive.
    """
    length: int
    """
    Length of the whole stored text, in UTF-16 code units.
    """
    text: str
    """
    Text.
    """


class DocumentsAddUrlBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: str
    """
    URL.
    """
    external_id: str | None = None
    """
    Your id for the document. Null if it has none.
    """
    title: str | None = None
    """
    Title.
    """
    metadata: dict[str, str | float | bool] | None = None
    """
    Metadata: strings, numbers and booleans by key.
    """


class DocumentsDeleteManyBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    document_ids: list[str]
    """
    Ids of the documents.
    """


class DocumentsImportTextsBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    items: list[TextItem]
    """
    Items of this page.
    """


class DocumentsLinkBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    inline: bool | None = None
    """
    Show the file if its type is safe, instead of saving it.
    """


class DocumentsMoveBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    workspace: str
    """
    Id or slug.
    """


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
    New metadata. Replaces your existing metadata as a whole. The values of the file itself stay.
    """
    pinned: bool | None = None
    """
    Whether the model reads the whole document with every question.
    """


class DocumentsUpdateChunkBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    excluded: bool | None = None
    """
    Take the chunk out of searches and answers, or put it back.
    """
    text: str | None = None
    """
    Corrected text.
    """


class EvalComparison(Model):
    before: EvalRun
    """
    Value in the earlier eval run.
    """
    after: EvalRun
    """
    Value in the later eval run.
    """
    questions: int
    """
    Number of questions that both eval runs measured.
    """
    differences: list[EvalDifference]
    """
    Metrics of both eval runs.
    """
    better: int
    """
    Number of questions with a higher nDCG.
    """
    worse: int
    """
    Number of questions with a lower nDCG.
    """
    changes: list[EvalComparisonChange]
    """
    The largest nDCG changes, at most 50.
    """


class EvalComparisonChange(Model):
    question: str
    """
    The question.
    """
    before: float
    """
    Value in the earlier eval run.
    """
    after: float
    """
    Value in the later eval run.
    """


class EvalDifference(Model):
    measure: str
    """
    Name of the metric.
    """
    before: float
    """
    Value in the earlier eval run.
    """
    after: float
    """
    Value in the later eval run.
    """
    change: float
    """
    Difference between the two values.
    """
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
    """
    95th percentile of the latency in milliseconds.
    """
    answers: AnswerMetrics | None
    """
    Metrics of the generated answers. Null if none were generated.
    """


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
    """
    The question.
    """
    is_judged: bool
    """
    The question has a relevant passage.
    """
    ndcg: float
    """
    nDCG of the question.
    """
    recall: float
    """
    Recall of the question.
    """
    reciprocal_rank: float
    """
    Reciprocal rank of the first relevant document.
    """
    latency_ms: float
    """
    Latency in milliseconds.
    """
    found: list[str]
    """
    Ranked documents: external id if set, otherwise id.
    """
    answer: EvalResultAnswer | None
    """
    The answer.
    """
    error: str | None
    """
    Why this question couldn't be measured.
    """


class EvalResultAnswer(Model):
    text: str
    """
    Text.
    """
    refused: bool
    """
    Whether the model refused to answer.
    """
    is_correct_refusal: bool
    """
    Whether it was refused exactly when it has no answer.
    """
    sentences: int
    """
    Number of sentences.
    """
    unsupported: int
    """
    Number of sentences that no passage supports.
    """
    cited: int
    """
    Number of sentences with a citation.
    """
    supported: int
    """
    Number of those that the citation supports.
    """
    recall: float | None
    """
    Recall of the question.
    """
    latency_ms: float
    """
    Latency in milliseconds.
    """


class EvalRun(Model):
    id: str
    """
    Id.
    """
    workspace_id: str
    """
    Id of the workspace.
    """
    label: str
    """
    Label.
    """
    options: EvalOptions
    setting: EvalRunSetting
    """
    Configuration at the start. Runs with different configurations measure different things.
    """
    state: EvalState
    """
    State.
    """
    message: str | None
    """
    Why the eval run failed.
    """
    total: int
    """
    Total.
    """
    done: int
    """
    Number of questions that were measured.
    """
    metrics: EvalMetrics | None
    """
    Null until the eval run is done.
    """
    started_at: datetime
    """
    Time of the start.
    """
    finished_at: datetime | None
    """
    Time of the end. Null while it is running.
    """


class EvalRunSetting(Model):
    version: str
    """
    Version of the server.
    """
    embedder: str | None
    """
    Embedder.
    """
    reranker: str
    """
    Reranker.
    """
    documents: int
    """
    Number of ready documents.
    """


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
    """
    Number of questions to generate.
    """
    model: str | None = None
    """
    Overrides the model of the workspace.
    """


class EvalsStartBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    label: str | None = None
    """
    Label.
    """
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
    """
    The question.
    """
    relevant: list[RelevantPlace] | None = None
    """
    Documents, or ranges of their text, that answer the question.
    """
    answer: str | None = None
    """
    Expected answer. Null if unknown.
    """
    answerable: bool | None = None
    """
    False: the documents don't contain the answer, so a refusal is correct.
    """
    approved: bool | None = None
    """
    Whether eval runs use the question.
    """


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
    "FinishReason", Literal["stop", "length", "repetition", "refused", "cancelled", "other"] | str
)


class FooterLink(Model):
    label: str
    """
    Label.
    """
    url: str
    """
    URL.
    """


class GoldenItem(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    question: str
    """
    The question.
    """
    relevant: list[RelevantPlace] | None = None
    """
    Documents, or ranges of their text, that answer the question.
    """
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
    """
    Id.
    """
    workspace_id: str
    """
    Id of the workspace.
    """
    question: str
    """
    The question.
    """
    relevant: list[RelevantPlace]
    """
    Documents, or ranges of their text, that answer the question.
    """
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
    """
    Time of creation.
    """


GoldenSource = TypeAliasType("GoldenSource", Literal["given", "feedback", "generated"] | str)


class HealthCheck(Model):
    id: (
        Literal[
            "disk",
            "data-folder",
            "database",
            "models",
            "embedder",
            "vector-backend",
            "documents",
            "sources",
            "webhooks",
            "sandbox",
            "clean-up",
            "version",
        ]
        | str
    )
    """
    What was checked.
    """
    severity: HealthSeverity
    title: str
    """
    Name of the check.
    """
    message: str
    """
    What was found.
    """
    action: str | None
    """
    What to do. Null if nothing is wrong.
    """


HealthSeverity = TypeAliasType("HealthSeverity", Literal["ok", "warning", "error"] | str)


class IngestEvent(Model):
    id: int
    """
    Id.
    """
    document_id: str
    """
    Id of the document.
    """
    workspace_id: str
    """
    Id of the workspace.
    """
    status: DocumentStatus
    """
    Status.
    """
    stage: IngestStage
    progress: float
    """
    Progress from 0 to 1.
    """
    reason: FailureReason | None
    """
    Why it failed. Null if it did not.
    """
    message: str | None
    """
    Human-readable message.
    """
    at: datetime
    """
    Time of the event.
    """


IngestStage = TypeAliasType(
    "IngestStage", Literal["stored", "parsed", "chunked", "embedded", "searchable"] | str
)


class Invite(Model):
    id: str
    """
    Id of the invite.
    """
    role: Role
    """
    Role of the new user.
    """
    memberships: list[InviteMembership]
    """
    Workspaces that the new user joins.
    """
    invited_by: str | None
    """
    Username of the user who created the invite. Null for API keys of the installation.
    """
    created_at: datetime
    """
    Time of creation.
    """
    expires_at: datetime
    """
    Time when the link stops working.
    """
    accepted_by: str | None
    """
    Username of the new user. Null until the invite is accepted.
    """
    accepted_at: datetime | None
    """
    Time when the invite was accepted. Null until then.
    """


class InviteInfo(Model):
    role: Role
    """
    Who wrote the message.
    """
    invited_by: str | None
    """
    Username of the user who created the invite. Null for API keys of the installation.
    """
    workspaces: list[str]
    """
    Names of the workspaces that the new user joins.
    """
    expires_at: datetime
    """
    Time when the link stops working.
    """


class InviteMembership(Model):
    workspace_id: str
    """
    Id of the workspace.
    """
    name: str
    """
    Name.
    """
    role: MemberRole
    """
    Who wrote the message.
    """


class InvitesAcceptBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    username: str
    """
    Username.
    """
    password: str
    """
    At least 10 characters. Must not be a common password or the username.
    """


class InvitesCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    role: Role | None = None
    """
    Role of the new user.
    """
    memberships: list[InvitesCreateBodyMembership] | None = None
    """
    Workspaces that the new user joins.
    """
    expires_at: datetime | None = None
    """
    Time when the link stops working, at most 90 days from now. Default: 7 days.
    """


class InvitesCreateBodyMembership(Model):
    workspace: str
    """
    Id or slug.
    """
    role: MemberRole | None = None
    """
    Who wrote the message.
    """


class Job(Model):
    id: str
    """
    Id.
    """
    kind: (
        Literal[
            "ingest", "reembed", "reindex", "purge-document", "purge-workspace", "purge-vectors"
        ]
        | str
    )
    """
    Kind.
    """
    state: Literal["queued", "running"] | str
    """
    State.
    """
    workspace_id: str
    """
    Id of the workspace.
    """
    document_id: str | None
    """
    Id of the document.
    """
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
    """
    Time of creation.
    """


class Logo(Model):
    logo_url: str
    """
    Path of the logo on this server.
    """


class Me(Model):
    kind: Literal["user", "apiKey", "system"] | str
    """
    Kind.
    """
    user: User | None
    """
    The user. Null for API keys.
    """
    key_id: str | None
    """
    Id of the API key.
    """


class Member(Model):
    user_id: str
    """
    Id of the user.
    """
    username: str
    """
    Username.
    """
    role: MemberRole
    """
    Who wrote the message.
    """
    added_at: datetime
    """
    Time when the user was added.
    """


MemberRole = TypeAliasType("MemberRole", Literal["viewer", "editor", "owner"] | str)


class Membership(Model):
    workspace_id: str
    """
    Id of the workspace.
    """
    name: str
    """
    Name.
    """
    slug: str
    """
    Unique name for URLs.
    """
    role: MemberRole
    """
    Who wrote the message.
    """
    added_at: datetime
    """
    Time when the user was added.
    """


class Message(Model):
    id: str
    """
    Id.
    """
    thread_id: str
    """
    Id of the thread.
    """
    role: Literal["user", "assistant"] | str
    """
    Who wrote the message.
    """
    text: str
    """
    Text.
    """
    reasoning: str | None
    """
    What the model thought, if it shows it.
    """
    status: MessageStatus
    """
    Status.
    """
    answer_id: str | None
    """
    Id of the answer.
    """
    citations: list[Citation]
    """
    Passages that the answer cites.
    """
    unsupported: list[UnsupportedSentence]
    """
    Sentences of the answer that no passage supports.
    """
    model: str | None
    """
    Model that answered. Null for questions and while the answer is in progress.
    """
    finish_reason: FinishReason | None
    """
    Why the answer ended. Null for questions, for failed answers, and while the answer is in progress.
    """
    error: MessageError | None
    """
    What went wrong, or null.
    """
    feedback: AnswerFeedback | None
    """
    Rating of the answer.
    """
    feedback_reason: str | None
    """
    Why the answer was rated so, in the words of the user.
    """
    feedback_shared: bool
    """
    Allows the question and the answer to be used as a test question of the workspace.
    """
    created_at: datetime
    """
    Time of creation.
    """


class MessageError(Model):
    code: str
    """
    Stable error code.
    """
    message: str
    """
    Human-readable message.
    """


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
    """
    Name.
    """
    context_window: int | None
    """
    Context window in tokens. Null if unknown.
    """
    size: float | None
    """
    Size on disk in bytes, if known.
    """
    is_default: bool
    """
    Whether it is the default model.
    """
    problem: str | None
    """
    Why the model can't be used and what to do. Null if it can.
    """
    accepts: ModelInfoAccepts
    """
    Features of the model. Null if the server does not report them.
    """


class ModelInfoAccepts(Model):
    images: bool | None
    """
    Images in questions.
    """
    tools: bool | None
    """
    Tool calls.
    """
    thinking: bool | None
    """
    Thinking before the answer.
    """


class ModelList(Model):
    models: list[ModelInfo]
    """
    Available models.
    """
    providers: list[ProviderStatus]
    """
    Status of each provider.
    """


class ModelServer(Model):
    url: str | None
    """
    Base URL, usually ending with /v1. Null if none is set.
    """
    has_api_key: bool
    """
    Whether an API key is stored.
    """
    is_from_environment: bool
    """
    Set by LOREBOX_OPENAI_URL, not in the app.
    """


class ModelTest(Model):
    ok: bool
    """
    Whether the model answered.
    """
    first_token_ms: float | None
    """
    Milliseconds until the first word or thought. Null if none came.
    """
    total_ms: float
    """
    Milliseconds in total.
    """
    answer: str
    """
    What the model wrote, at most 32 tokens. Empty if it only thought.
    """
    problem: str | None
    """
    What is wrong and what to do next. Null if the model answered.
    """


class ModelsPullBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: str
    """
    Id.
    """


class ModelsSetServerBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: str | None
    """
    Base URL, usually ending with /v1. Null removes the server, and LOREBOX_OPENAI_URL is used again.
    """
    api_key: str | None = None
    """
    API key. Null: none. If omitted, the stored key is kept; required when the URL changes.
    """


class ModelsTestBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    model: str
    """
    Model id in the form "provider:model".
    """


class Preferences(Model):
    language: str | None
    """
    Language of the web app, such as `en` or `pt-BR`. Null: that of the browser.
    """
    theme: Theme
    """
    Colors of the web app. system: those of the device.
    """


class Prompt(Model):
    id: str
    """
    Id of the prompt.
    """
    title: str
    """
    Title.
    """
    text: str
    """
    Text of the prompt. May contain variables in double braces, such as `{{city}}`.
    """
    workspace_id: str | None
    """
    Workspace whose members can use it. Null: a personal prompt.
    """
    created_by: str | None
    """
    User who created it. Null for API keys of the installation.
    """
    updated_at: datetime
    """
    Time of the last change.
    """


class PromptSentEvent(Model):
    answer_id: str
    """
    Id of the answer.
    """
    seq: int
    """
    Sequence number of the event in the answer, from 1.
    """
    type: Literal["prompt-sent"] = "prompt-sent"
    """
    Only events of this type.
    """
    prompt_tokens: int
    """
    Estimated length of the prompt.
    """
    expected_ms: float | None
    """
    Expected time until the first word, from earlier answers of the model. Null if unknown.
    """


class PromptsCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    title: str
    """
    Title of the prompt.
    """
    text: str
    """
    Text of the prompt. May contain variables in double braces, such as `{{city}}`.
    """
    workspace: str | None = None
    """
    Workspace whose members can use the prompt: its id or slug. Omitted or null: a personal prompt.
    """


class PromptsUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    title: str | None = None
    """
    Title of the prompt.
    """
    text: str | None = None
    """
    Text of the prompt. May contain variables in double braces, such as `{{city}}`.
    """


class ProviderStatus(Model):
    provider: str
    """
    Provider id.
    """
    available: bool
    """
    Whether the provider responds.
    """
    message: str
    """
    What is wrong and what to do next, or the URL of the provider.
    """


class PullProgress(Model):
    status: str
    """
    Status.
    """
    completed: float | None
    """
    Bytes downloaded so far. Null if unknown.
    """
    total: float | None
    """
    Total.
    """


class ReasoningDeltaEvent(Model):
    answer_id: str
    """
    Id of the answer.
    """
    seq: int
    """
    Sequence number of the event in the answer, from 1.
    """
    type: Literal["reasoning-delta"] = "reasoning-delta"
    """
    Only events of this type.
    """
    text: str
    """
    Text.
    """


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
    """
    End offset, exclusive.
    """
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
    """
    End offset, exclusive.
    """
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
        "users:invite",
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
    """
    What to search for.
    """
    k: int | None = None
    """
    Number of passages to return.
    """
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
    url: str
    """
    Path in the web app that opens the document at this place, with its page or second if it has one.
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
    """
    Start offset, in UTF-16 code units.
    """
    end: int
    """
    End offset, exclusive.
    """


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
    """
    Kind of notice. Branch on this.
    """
    message: str
    """
    Human-readable: what happened and what to do next.
    """


class SearchResult(Model):
    hits: list[SearchHit]
    """
    Passages, best first.
    """
    mode: SearchMode
    timings: SearchTimings
    notices: list[SearchNotice]
    """
    Warnings about a degraded search. Empty if everything worked.
    """


class SearchTimings(Model):
    embed: float
    """
    Milliseconds for embedding the query.
    """
    keyword: float
    """
    Milliseconds for keyword search.
    """
    vector: float
    """
    Milliseconds for vector search.
    """
    fuse: float
    """
    Milliseconds for merging the results.
    """
    rerank: float
    """
    0 if nothing was reranked.
    """
    total: float
    """
    Milliseconds in total.
    """


class Session(Model):
    id: str
    """
    Session id. Not the session token, so it can't be used to sign in.
    """
    created_at: datetime
    """
    Time of creation.
    """
    expires_at: datetime
    """
    Time of expiry. Null: never.
    """
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
    max_answer_tokens: int
    """
    Maximum length of an answer in tokens, for workspaces without their own limit. At most half of the context window.
    """
    first_token_seconds: int
    """
    Target in seconds for the first word of an answer. A local model receives only as many passages as it can read in this time. 0 means no target.
    """
    event_retention_days: int
    """
    Days to keep events and webhook deliveries.
    """
    audit_retention_days: int
    """
    Days to keep the audit log.
    """
    app_name: str
    """
    Name of the installation in the web app.
    """
    accent_color: str | None
    """
    Color of buttons and links, such as `#2f6f5e`. Null: the default.
    """
    accent_color_dark: str | None
    """
    The same on dark pages. Null: the default.
    """
    theme_variables: ThemeVariables
    """
    Colors of the web app on light pages.
    """
    theme_variables_dark: ThemeVariables
    """
    Colors of the web app on dark pages.
    """
    welcome_text: str
    """
    Text above a new chat.
    """
    footer_links: list[FooterLink]
    """
    Links under the sign-in form and in the user menu.
    """


class SettingsSetLogoBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    data: Annotated[str, Field(json_schema_extra={"contentEncoding": "base64"})]
    """
    PNG, JPEG, WebP or SVG in base 64, at most 512 kB. Scripts and other active parts of an SVG are removed.
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
    """
    Embedder.
    """
    reranker: str | None = None
    """
    Reranker.
    """
    requests_per_minute_per_address: int | None = None
    """
    Requests per minute and address. 0 means no limit.
    """
    requests_per_minute_per_user: int | None = None
    """
    Requests per minute and user. 0 means no limit.
    """
    requests_per_minute_per_key: int | None = None
    """
    Requests per minute and API key. 0 means no limit.
    """
    allowed_models: list[str] | None = None
    """
    Chat models that workspaces may use.
    """
    allowed_embedders: list[str] | None = None
    """
    Embedders that workspaces may use.
    """
    allowed_rerankers: list[str] | None = None
    """
    Rerankers that workspaces may use.
    """
    allowed_connectors: list[str] | None = None
    """
    Source connectors that workspaces may use.
    """
    max_answer_tokens: int | None = None
    """
    Maximum length of an answer in tokens.
    """
    first_token_seconds: int | None = None
    """
    Target in seconds for the first word of an answer.
    """
    event_retention_days: int | None = None
    """
    Days to keep events and webhook deliveries.
    """
    audit_retention_days: int | None = None
    """
    Days to keep the audit log.
    """
    app_name: str | None = None
    """
    Name of the installation in the web app.
    """
    accent_color: str | None = None
    """
    Color of buttons and links, such as `#2f6f5e`. Null: the default.
    """
    accent_color_dark: str | None = None
    """
    The same on dark pages. Null: the default.
    """
    theme_variables: ThemeVariablesInput | None = None
    """
    Colors of the web app on light pages.
    """
    theme_variables_dark: ThemeVariablesInput | None = None
    """
    Colors of the web app on dark pages.
    """
    welcome_text: str | None = None
    """
    Text above a new chat.
    """
    footer_links: list[FooterLink] | None = None
    """
    Links under the sign-in form and in the user menu.
    """


class Share(Model):
    id: str
    """
    Id of the share link.
    """
    thread_id: str
    """
    Id of the thread.
    """
    shared_by: str | None
    """
    Username of the user who created the link. Null for API keys of the installation.
    """
    created_at: datetime
    """
    Time of creation.
    """
    expires_at: datetime | None
    """
    Time when the link stops working. Null: it works until it is revoked.
    """
    views: int
    """
    Number of times the link was opened.
    """


class SharedCitation(Model):
    n: int
    """
    Number that the answer cites it by.
    """
    title: str
    """
    Title of the document.
    """
    page: int | None
    """
    Page, from 1. Null for documents without pages.
    """
    start_time: float | None
    """
    Position in the recording in seconds. Null for other documents.
    """
    section: str | None
    """
    Headings above the text, joined by " > ". Null if there are none.
    """
    text: str
    """
    The cited text.
    """
    sentences: list[CitedSentence]
    """
    Sentences of the answer that it supports, in order.
    """


class SharedMessage(Model):
    role: Literal["user", "assistant"] | str
    """
    Who wrote the message.
    """
    text: str
    """
    Text.
    """
    citations: list[SharedCitation]
    """
    Passages that the answer cites.
    """
    unsupported: list[UnsupportedSentence]
    """
    Sentences that no passage supports.
    """
    created_at: datetime
    """
    Time of creation.
    """


class SharedThread(Model):
    title: str
    """
    Title.
    """
    shared_by: str | None
    """
    Username of the user who shares the thread. Null for API keys of the installation.
    """
    created_at: datetime
    """
    Time when the thread was created.
    """
    messages: list[SharedMessage]
    """
    The newest 1,000 finished messages, oldest first.
    """


class SharesCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    expires_at: datetime | None = None
    """
    Time when the link stops working. Omitted or null: it works until it is revoked.
    """


class SignedIn(Model):
    user: User
    """
    The user. Null for API keys.
    """
    session_token: str
    """
    Session token. Send it as `Authorization: Bearer`.
    """
    expires_at: datetime
    """
    Time of expiry. Null: never.
    """


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
    url: str
    """
    Path in the web app that opens the document at this place, with its page or second if it has one.
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
    """
    Only events of this type.
    """
    data: SourceFailedEventData
    """
    Details of the event.
    """


class SourceFailedEventData(Model):
    source_id: str
    """
    Id of the source.
    """
    connector: str
    """
    Connector id.
    """
    name: str
    """
    Name.
    """
    run_id: str
    """
    Id of the run.
    """
    counts: SyncCounts
    message: str
    """
    Human-readable message.
    """


class SourceRun(Model):
    id: str
    """
    Id.
    """
    source_id: str
    """
    Id of the source.
    """
    state: Literal["running", "waiting", "succeeded", "failed", "cancelled"] | str
    """
    State.
    """
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
    """
    Time of the start.
    """
    ended_at: datetime | None
    """
    Time of the end. Null while it is running.
    """


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
    """
    Only events of this type.
    """
    data: SourceSyncedEventData
    """
    Details of the event.
    """


class SourceSyncedEventData(Model):
    source_id: str
    """
    Id of the source.
    """
    connector: str
    """
    Connector id.
    """
    name: str
    """
    Name.
    """
    run_id: str
    """
    Id of the run.
    """
    counts: SyncCounts


class SourcesCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    connector: str
    """
    Connector id.
    """
    name: str | None = None
    """
    Display name. Default: the name of the connector.
    """
    config: dict[str, str | float | bool | list[str]]
    """
    Settings of the connector, including secrets.
    """
    every_minutes: int | None = None
    """
    Minutes between two sync runs. Null: only on request.
    """
    requests_per_second: float | None = None
    """
    Requests per second to the source. Null: the default of the connector.
    """
    skip_check: bool | None = None
    """
    Skip the access check.
    """


class SourcesFoundEvent(Model):
    answer_id: str
    """
    Id of the answer.
    """
    seq: int
    """
    Sequence number of the event in the answer, from 1.
    """
    type: Literal["sources-found"] = "sources-found"
    """
    Only events of this type.
    """
    sources: list[Source]
    """
    Passages that the model receives.
    """
    table_queries: list[TableQuery]
    """
    Queries that Lorebox ran over tables.
    """
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
    """
    Name.
    """
    config: dict[str, str | float | bool | list[str] | None] | None = None
    """
    Settings to change; null removes a setting. The next sync run is a full one. If you change an address, send all secrets again.
    """
    every_minutes: int | None = None
    """
    Minutes between two sync runs. Null: only on request.
    """
    requests_per_second: float | None = None
    """
    Requests per second to the source. Null: the default of the connector.
    """
    enabled: bool | None = None
    """
    Whether it is in use.
    """
    skip_check: bool | None = None
    """
    Skip the access check.
    """


SummaryModels = TypeAliasType("SummaryModels", Literal["off", "local", "any"] | str)


class SyncCounts(Model):
    seen: int
    """
    Items listed by the source.
    """
    added: int
    """
    Number of items that were added.
    """
    changed: int
    """
    Number of items whose content changed.
    """
    unchanged: int
    """
    Number of items that did not change.
    """
    removed: int
    """
    Number of items that were removed.
    """
    failed: int
    """
    Items that couldn't be read. Their existing documents are kept.
    """


class SyncProblem(Model):
    """
    Why the item couldn't be read.
    """

    item: str
    """
    Name of the item in the source.
    """
    message: str
    """
    Human-readable message.
    """


class SyncSource(Model):
    id: str
    """
    Id.
    """
    workspace_id: str
    """
    Id of the workspace.
    """
    connector: str
    """
    Connector id.
    """
    name: str
    """
    Name.
    """
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
    """
    Whether it is in use.
    """
    state: Literal["idle", "queued", "running", "waiting"] | str
    """
    State.
    """
    items: int
    """
    Items stored as documents.
    """
    last_run: SourceRun | None
    """
    The last sync run. Null if there was none.
    """
    next_run_at: datetime | None
    """
    Time of the next sync run. Null if none is planned.
    """
    created_at: datetime
    """
    Time of creation.
    """
    updated_at: datetime
    """
    Time of the last change.
    """


class SystemHealth(Model):
    items: list[HealthCheck]
    """
    Errors first, then warnings.
    """


class SystemStatus(Model):
    version: str
    """
    Version of the server.
    """
    uptime_seconds: float
    """
    Seconds since the start of the server.
    """
    embedder: SystemStatusEmbedder
    """
    Embedder.
    """
    default_model: str
    """
    Chat model that is used by default.
    """
    documents: SystemStatusDocuments
    """
    Documents.
    """
    chunks: int
    """
    Number of chunks.
    """
    jobs: SystemStatusJobs
    """
    Jobs by state.
    """
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
    """
    Number of documents that are ready.
    """
    processing: int
    """
    Number of documents that are being processed.
    """
    failed: int
    """
    Number of documents that failed.
    """


class SystemStatusEmbedder(Model):
    model_id: str
    """
    Embedder id.
    """
    dimension: int | None
    """
    Length of the vectors. Null if unknown.
    """
    max_tokens: int
    """
    Maximum number of tokens of a text.
    """


class SystemStatusJobs(Model):
    queued: int
    """
    Number of queued jobs.
    """
    running: int
    """
    Number of running jobs.
    """


class SystemStatusParserSandbox(Model):
    layer: Literal["bubblewrap", "unshare", "permissions"] | str
    """
    "bubblewrap": parsers can access one file and no network. "unshare": no network, but native code can access files. "permissions": native code can access files and the network.
    """
    reason: str | None
    """
    Why the strongest isolation is not in use, or null.
    """


class TableQuery(Model):
    document_id: str
    """
    Id of the document.
    """
    title: str
    """
    Title.
    """
    table: str
    """
    Name of the table: the sheet, or the heading above it.
    """
    sql: str
    """
    The SQLite query.
    """
    columns: list[str]
    """
    Names of the result columns.
    """
    rows: list[list[str | None]]
    """
    Result rows, at most 100.
    """
    row_count: int
    """
    Number of result rows.
    """
    rows_read: int
    """
    Number of table rows that the query read.
    """
    n: int
    """
    Number of the source with the result.
    """


class TextDeltaEvent(Model):
    answer_id: str
    """
    Id of the answer.
    """
    seq: int
    """
    Sequence number of the event in the answer, from 1.
    """
    type: Literal["text-delta"] = "text-delta"
    """
    Only events of this type.
    """
    text: str
    """
    Text.
    """


AnswerEvent = TypeAliasType(
    "AnswerEvent",
    Annotated[
        AnswerStartEvent
        | SourcesFoundEvent
        | PromptSentEvent
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
    """
    Your id for the document. Null if it has none.
    """
    title: str | None = None
    """
    Title.
    """
    text: str
    """
    Text.
    """
    metadata: dict[str, str | float | bool] | None = None
    """
    Metadata: strings, numbers and booleans by key.
    """


Theme = TypeAliasType("Theme", Literal["system", "light", "dark"] | str)


class ThemeVariables(Model):
    """
    Colors of the web app. Those that are not set keep their default.
    """

    page: str | None = None
    """
    Background of pages.
    """
    surface: str | None = None
    """
    Background of the sidebar and of quiet areas.
    """
    raised: str | None = None
    """
    Background of cards, fields and menus.
    """
    line: str | None = None
    """
    Borders.
    """
    ink: str | None = None
    """
    Text.
    """
    muted: str | None = None
    """
    Less important text.
    """
    accent: str | None = None
    """
    Buttons and links.
    """
    accent_ink: str | None = None
    """
    Text on the accent color.
    """
    accent_soft: str | None = None
    """
    Quiet background in the accent color.
    """
    mark: str | None = None
    """
    Background of marked words.
    """
    danger: str | None = None
    """
    Errors and destructive actions.
    """
    danger_soft: str | None = None
    """
    Background of errors.
    """
    warning: str | None = None
    """
    Warnings.
    """
    warning_soft: str | None = None
    """
    Background of warnings.
    """
    ok: str | None = None
    """
    Success.
    """


class ThemeVariablesInput(Model):
    """
    Colors of the web app. Those that are not set keep their default.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    page: str | None = None
    """
    Background of pages.
    """
    surface: str | None = None
    """
    Background of the sidebar and of quiet areas.
    """
    raised: str | None = None
    """
    Background of cards, fields and menus.
    """
    line: str | None = None
    """
    Borders.
    """
    ink: str | None = None
    """
    Text.
    """
    muted: str | None = None
    """
    Less important text.
    """
    accent: str | None = None
    """
    Buttons and links.
    """
    accent_ink: str | None = None
    """
    Text on the accent color.
    """
    accent_soft: str | None = None
    """
    Quiet background in the accent color.
    """
    mark: str | None = None
    """
    Background of marked words.
    """
    danger: str | None = None
    """
    Errors and destructive actions.
    """
    danger_soft: str | None = None
    """
    Background of errors.
    """
    warning: str | None = None
    """
    Warnings.
    """
    warning_soft: str | None = None
    """
    Background of warnings.
    """
    ok: str | None = None
    """
    Success.
    """


Thinking = TypeAliasType("Thinking", Literal["off", "low", "medium", "high", "default"] | str)


class Thread(Model):
    id: str
    """
    Id.
    """
    workspace_id: str
    """
    Id of the workspace.
    """
    title: str
    """
    Title.
    """
    pinned: bool
    """
    Whether its owner keeps it at the top of the list.
    """
    archived: bool
    """
    Whether its owner moved it out of the list.
    """
    visibility: ThreadVisibility
    """
    private: only you can read it. workspace: everyone who can see the workspace can read it, but not change it.
    """
    answering: bool
    """
    Whether an answer is in progress.
    """
    mine: bool
    """
    Whether you can change it and ask in it. False for threads that others share.
    """
    created_at: datetime
    """
    Time of creation.
    """
    updated_at: datetime
    """
    Time of the last question or of the last new title.
    """


ThreadVisibility = TypeAliasType("ThreadVisibility", Literal["private", "workspace"] | str)


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
    """
    Rating of the answer. Null removes it.
    """
    reason: str | None = None
    """
    Why, in your words. Omitted or null removes an earlier reason.
    """
    share: bool | None = None
    """
    Lets the workspace owners read the question and the answer and use them as a test question.
    """


class ThreadsUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    title: str | None = None
    """
    Title of the thread.
    """
    pinned: bool | None = None
    """
    Keep the thread at the top of the list.
    """
    archived: bool | None = None
    """
    Move the thread out of the list, or back.
    """
    visibility: ThreadVisibility | None = None
    """
    Who can read the thread: only you, or the whole workspace.
    """


class UnsupportedSentence(Model):
    start: int
    """
    Start offset, in UTF-16 code units.
    """
    end: int
    """
    End offset, exclusive.
    """
    support: float
    """
    How well the best passage supports the sentence, from 0 to 1.
    """


class UpdatedWebhook(Model):
    id: str
    """
    Id.
    """
    url: str
    """
    URL that receives a signed POST request for every event (Standard Webhooks).
    """
    description: str
    """
    Description.
    """
    event_types: list[EventType] | None
    """
    Event types to send. Null: all, including future types.
    """
    workspace_id: str | None
    """
    The only workspace whose events are sent. Null: all workspaces.
    """
    enabled: bool
    """
    Whether it is in use.
    """
    disabled_reason: str | None
    """
    Why the server disabled the webhook, or null.
    """
    created_at: datetime
    """
    Time of creation.
    """
    updated_at: datetime
    """
    Time of the last change.
    """
    secret: str | None
    """
    New signing secret if the URL changed, otherwise null. The old secret stops working immediately.
    """


class Usage(Model):
    input_tokens: int
    """
    Tokens of the prompt.
    """
    output_tokens: int
    """
    Tokens of the answer.
    """


UsageGrouping = TypeAliasType("UsageGrouping", Literal["day", "user", "model", "workspace"] | str)


class UsageRow(Model):
    key: str
    """
    Day as `2026-11-28`, or the id of the user, model or workspace. Empty if there is none.
    """
    label: str
    """
    Name of the user or workspace, otherwise the key. The id if it was deleted.
    """
    questions: int
    """
    Answers that ended, whether completed, failed or cancelled.
    """
    failed: int
    """
    Answers that failed. Cancelled ones are not counted.
    """
    input_tokens: int
    """
    Tokens of the prompt.
    """
    output_tokens: int
    """
    Tokens of the answer.
    """
    latency_ms_p50: float | None
    """
    Median time of an answer in milliseconds, within 5 percent. Null without completed answers.
    """
    latency_ms_p95: float | None
    """
    95th percentile of the time of an answer in milliseconds, within 5 percent. Null without completed answers.
    """
    first_token_ms_p50: float | None
    """
    Median time until the first word in milliseconds, within 5 percent. Null without completed answers.
    """


class UsageSummary(Model):
    items: list[UsageRow]
    """
    Days in order; users, models and workspaces by questions, the first 1,000.
    """


class User(Model):
    id: str
    """
    Id.
    """
    username: str
    """
    Username.
    """
    role: Role
    """
    Who wrote the message.
    """
    suspended: bool
    """
    Whether the user is suspended and cannot sign in.
    """
    created_at: datetime
    """
    Time of creation.
    """


class UsersCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    username: str
    """
    Username.
    """
    password: str
    """
    At least 10 characters. Must not be a common password or the username.
    """
    role: Role | None = None
    """
    Who wrote the message.
    """


class UsersUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    role: Role | None = None
    """
    Who wrote the message.
    """
    password: str | None = None
    """
    At least 10 characters. Must not be a common password or the username.
    """
    suspended: bool | None = None
    """
    Whether the user is suspended and cannot sign in.
    """
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
    """
    State.
    """
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
    """
    Id.
    """
    url: str
    """
    URL that receives a signed POST request for every event (Standard Webhooks).
    """
    description: str
    """
    Description.
    """
    event_types: list[EventType] | None
    """
    Event types to send. Null: all, including future types.
    """
    workspace_id: str | None
    """
    The only workspace whose events are sent. Null: all workspaces.
    """
    enabled: bool
    """
    Whether it is in use.
    """
    disabled_reason: str | None
    """
    Why the server disabled the webhook, or null.
    """
    created_at: datetime
    """
    Time of creation.
    """
    updated_at: datetime
    """
    Time of the last change.
    """


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
    """
    Only events of this type.
    """
    data: WebhookTestEventData
    """
    Details of the event.
    """


class WebhookTestEventData(Model):
    webhook_id: str
    """
    Id of the webhook.
    """


class WebhooksCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: str
    """
    URL.
    """
    description: str | None = None
    """
    Description.
    """
    event_types: list[EventType] | None = None
    """
    Event types to send. Null: all, including future types.
    """
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
    """
    Only entries before this time.
    """


class WebhooksUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: str | None = None
    """
    URL.
    """
    description: str | None = None
    """
    Description.
    """
    event_types: list[EventType] | None = None
    """
    Event types to send. Null: all, including future types.
    """
    enabled: bool | None = None
    """
    Whether it is in use.
    """


class Widget(Model):
    id: str
    """
    Id of the widget, as in its script tag.
    """
    workspace_id: str
    """
    Id of the workspace.
    """
    name: str
    """
    Name of the widget, for the people who manage it.
    """
    enabled: bool
    """
    Whether the widget answers. A disabled widget is not shown on pages.
    """
    mode: ChatMode
    model: str | None
    """
    Model id. Null uses the model of the workspace.
    """
    allow_model_override: bool
    """
    Whether a page may choose the model.
    """
    allow_temperature_override: bool
    """
    Whether a page may set the temperature.
    """
    allow_prompt_override: bool
    """
    Whether a page may replace the instructions of the workspace.
    """
    messages_per_session: int | None
    """
    Maximum number of questions per conversation. Null: no limit.
    """
    messages_per_day: int | None
    """
    Maximum number of questions per day (UTC), across all visitors. Null: no limit.
    """
    title: str
    """
    Title of the chat window. Empty: a title in the language of the page.
    """
    greeting: str
    """
    First message of the chat window. May be empty.
    """
    accent_color: str
    """
    Accent color as #rrggbb.
    """
    position: WidgetPosition
    """
    Corner of the page for the button.
    """
    suggestions: list[str]
    """
    Questions that the chat window offers before the first one.
    """
    lead_form: WidgetLeadForm
    """
    Whether the widget asks visitors for their name and email address.
    """
    handover_url: str | None
    """
    Link to a person. Null: no link.
    """
    language: WidgetLanguage | None
    """
    Language of the widget. Null uses the language of the page.
    """
    allowed_origins: list[str]
    """
    Origins of the pages that may show the widget. Empty: no page may.
    """
    created_at: datetime
    """
    Time of creation.
    """
    updated_at: datetime
    """
    Time of the last change.
    """


class WidgetConversation(Model):
    id: str
    """
    Id of the conversation.
    """
    widget_id: str
    """
    Id of the widget.
    """
    title: str
    """
    First question, shortened.
    """
    origin: str
    """
    Origin of the page on which it started.
    """
    visitor: str | None
    """
    Name that the page gave the visitor. Null if it gave none.
    """
    lead: WidgetLead | None
    """
    What the visitor left. Null if nothing.
    """
    messages: int
    """
    Number of questions.
    """
    created_at: datetime
    """
    Time of creation.
    """
    last_active_at: datetime
    """
    Time of the last question.
    """


class WidgetConversationDetails(Model):
    id: str
    """
    Id of the conversation.
    """
    widget_id: str
    """
    Id of the widget.
    """
    title: str
    """
    First question, shortened.
    """
    origin: str
    """
    Origin of the page on which it started.
    """
    visitor: str | None
    """
    Name that the page gave the visitor. Null if it gave none.
    """
    lead: WidgetLead | None
    """
    What the visitor left. Null if nothing.
    """
    messages: int
    """
    Number of questions.
    """
    created_at: datetime
    """
    Time of creation.
    """
    last_active_at: datetime
    """
    Time of the last question.
    """
    transcript: list[WidgetMessage]
    """
    The first 1,000 messages, oldest first.
    """


WidgetLanguage = TypeAliasType("WidgetLanguage", Literal["en", "de", "es", "zh", "ar"] | str)


class WidgetLead(Model):
    name: str
    """
    Name of the visitor. May be empty.
    """
    email: str
    """
    Email address of the visitor.
    """


WidgetLeadForm = TypeAliasType("WidgetLeadForm", Literal["off", "optional", "required"] | str)


class WidgetMessage(Model):
    id: str
    """
    Id.
    """
    role: Literal["user", "assistant"] | str
    """
    Who wrote the message.
    """
    text: str
    """
    Text.
    """
    status: MessageStatus
    """
    Status.
    """
    answer_id: str | None
    """
    Id of the answer, to continue one that is in progress. Null for questions.
    """
    citations: list[SharedCitation]
    """
    Passages that the answer cites.
    """
    feedback: AnswerFeedback | None
    """
    Rating of the answer. Null removes it.
    """
    feedback_reason: str | None
    """
    Why the answer was rated so, in the words of the visitor.
    """
    created_at: datetime
    """
    Time of creation.
    """


WidgetPosition = TypeAliasType("WidgetPosition", Literal["left", "right"] | str)


class WidgetsCreateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str
    """
    Name of the widget, for the people who manage it.
    """
    enabled: bool | None = None
    """
    Whether the widget answers. A disabled widget is not shown on pages.
    """
    mode: ChatMode | None = None
    model: str | None = None
    """
    Model id. Null uses the model of the workspace.
    """
    allow_model_override: bool | None = None
    """
    Whether a page may choose the model.
    """
    allow_temperature_override: bool | None = None
    """
    Whether a page may set the temperature.
    """
    allow_prompt_override: bool | None = None
    """
    Whether a page may replace the instructions of the workspace.
    """
    messages_per_session: int | None = None
    """
    Maximum number of questions per conversation. Null: no limit.
    """
    messages_per_day: int | None = None
    """
    Maximum number of questions per day (UTC), across all visitors. Null: no limit.
    """
    title: str | None = None
    """
    Title of the chat window. Empty: a title in the language of the page.
    """
    greeting: str | None = None
    """
    First message of the chat window. May be empty.
    """
    accent_color: str | None = None
    """
    Accent color as #rrggbb.
    """
    position: WidgetPosition | None = None
    """
    Corner of the page for the button.
    """
    suggestions: list[str] | None = None
    """
    Questions that the chat window offers before the first one.
    """
    lead_form: WidgetLeadForm | None = None
    """
    Whether the widget asks visitors for their name and email address.
    """
    handover_url: str | None = None
    """
    Link to a person: an http(s), mailto or tel URL. Null: no link.
    """
    language: WidgetLanguage | None = None
    """
    Language of the widget. Null uses the language of the page.
    """
    allowed_origins: list[str] | None = None
    """
    Origins of the pages that may show the widget, such as https://example.com, with the port if it is not the default one. https://*.example.com allows all subdomains. Empty: no page may.
    """


class WidgetsUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str | None = None
    """
    Name of the widget, for the people who manage it.
    """
    enabled: bool | None = None
    """
    Whether the widget answers. A disabled widget is not shown on pages.
    """
    mode: ChatMode | None = None
    model: str | None = None
    """
    Model id. Null uses the model of the workspace.
    """
    allow_model_override: bool | None = None
    """
    Whether a page may choose the model.
    """
    allow_temperature_override: bool | None = None
    """
    Whether a page may set the temperature.
    """
    allow_prompt_override: bool | None = None
    """
    Whether a page may replace the instructions of the workspace.
    """
    messages_per_session: int | None = None
    """
    Maximum number of questions per conversation. Null: no limit.
    """
    messages_per_day: int | None = None
    """
    Maximum number of questions per day (UTC), across all visitors. Null: no limit.
    """
    title: str | None = None
    """
    Title of the chat window. Empty: a title in the language of the page.
    """
    greeting: str | None = None
    """
    First message of the chat window. May be empty.
    """
    accent_color: str | None = None
    """
    Accent color as #rrggbb.
    """
    position: WidgetPosition | None = None
    """
    Corner of the page for the button.
    """
    suggestions: list[str] | None = None
    """
    Questions that the chat window offers before the first one.
    """
    lead_form: WidgetLeadForm | None = None
    """
    Whether the widget asks visitors for their name and email address.
    """
    handover_url: str | None = None
    """
    Link to a person: an http(s), mailto or tel URL. Null: no link.
    """
    language: WidgetLanguage | None = None
    """
    Language of the widget. Null uses the language of the page.
    """
    allowed_origins: list[str] | None = None
    """
    Origins of the pages that may show the widget, such as https://example.com, with the port if it is not the default one. https://*.example.com allows all subdomains. Empty: no page may.
    """


class Workspace(Model):
    id: str
    """
    Id.
    """
    name: str
    """
    Name.
    """
    slug: str
    """
    Unique name for URLs, derived from the workspace name. Accepted in place of the id.
    """
    mode: ChatMode
    refusal_text: str
    """
    Answer in query mode if the documents do not answer the question.
    """
    instructions: str
    """
    System prompt of the workspace, sent with every question.
    """
    model: str | None
    """
    Model id such as "ollama:llama3.2". Null uses the default.
    """
    temperature: float | None
    """
    Temperature. Null: 0.1 for models on this machine, and the default of the server for others.
    """
    max_answer_tokens: int | None
    """
    Maximum length of an answer in tokens. Null uses the default of the installation.
    """
    thinking: Thinking
    """
    How much a model that can think does so before it answers. Thinking counts toward the length of the answer.
    """
    summaries: SummaryModels
    """
    Which models may summarize documents that are longer than a context window, in the background: none ("off"), those on this machine ("local"), or any.
    """
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
    """
    Time of creation.
    """
    updated_at: datetime
    """
    Time of the last change.
    """


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
    """
    Only events of this type.
    """
    data: WorkspaceCreatedEventData
    """
    Details of the event.
    """


class WorkspaceCreatedEventData(Model):
    name: str
    """
    Name.
    """
    slug: str
    """
    Unique name for URLs.
    """


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
    """
    Only events of this type.
    """
    data: WorkspaceDeletedEventData
    """
    Details of the event.
    """


class WorkspaceDeletedEventData(Model):
    name: str
    """
    Name.
    """


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
    """
    Only events of this type.
    """
    data: WorkspaceEmbedderChangedEventData
    """
    Details of the event.
    """


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
    """
    Embedder that search used before. Null if there was none.
    """
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
    """
    Length of the vectors. Null if unknown.
    """
    chunks: int
    """
    Number of chunks.
    """
    is_automatic: bool
    """
    The embedder follows the languages of the documents. Set `embedder` of the workspace to fix it.
    """
    other_languages: float | None
    """
    Share of the text that is not English, measured on a sample. Null unless `isAutomatic`, or without text.
    """
    next: WorkspaceEmbeddingNext | None
    """
    Change to another embedder that is in progress. Null if there is none.
    """


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
    """
    Progress from 0 to 1.
    """
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
    """
    Name.
    """
    mode: ChatMode | None = None
    refusal_text: str | None = None
    """
    Answer in query mode if the documents do not answer the question.
    """
    instructions: str | None = None
    """
    System prompt of the workspace, sent with every question.
    """
    model: str | None = None
    """
    Model id such as "ollama:llama3.2". Null uses the default.
    """
    temperature: float | None = None
    """
    Temperature. Null: 0.1 for models on this machine, and the default of the server for others.
    """
    max_answer_tokens: int | None = None
    """
    Maximum length of an answer in tokens. Null uses the default of the installation.
    """
    thinking: Thinking | None = None
    """
    How much a model that can think does so before it answers. Thinking counts toward the length of the answer.
    """
    summaries: SummaryModels | None = None
    """
    Which models may summarize documents that are longer than a context window, in the background: none ("off"), those on this machine ("local"), or any.
    """
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
    """
    Who wrote the message.
    """


class WorkspacesUpdateBody(Model):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str | None = None
    """
    Name.
    """
    mode: ChatMode | None = None
    refusal_text: str | None = None
    """
    Answer in query mode if the documents do not answer the question.
    """
    instructions: str | None = None
    """
    System prompt of the workspace, sent with every question.
    """
    model: str | None = None
    """
    Model id such as "ollama:llama3.2". Null uses the default.
    """
    temperature: float | None = None
    """
    Temperature. Null: 0.1 for models on this machine, and the default of the server for others.
    """
    max_answer_tokens: int | None = None
    """
    Maximum length of an answer in tokens. Null uses the default of the installation.
    """
    thinking: Thinking | None = None
    """
    How much a model that can think does so before it answers. Thinking counts toward the length of the answer.
    """
    summaries: SummaryModels | None = None
    """
    Which models may summarize documents that are longer than a context window, in the background: none ("off"), those on this machine ("local"), or any.
    """
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
