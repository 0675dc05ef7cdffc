# Generated from docs/openapi.json by scripts/gen/clients.ts. Changes here are lost.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from typing_extensions import Unpack

from .._caller import Caller, Resource
from .._options import CallOptions
from .._pages import PageList
from .._request import OMIT, Omit, Request, given, segment
from .._streams import AnswerStream, EventStream
from . import models


class ApiKeys(Resource):
    """Keys for programs."""

    def create(
        self,
        name: str,
        *,
        scopes: Sequence[models.Scope] | Omit = OMIT,
        workspace_id: str | None | Omit = OMIT,
        expires_at: datetime | None | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.CreatedApiKey:
        """Create a key; it is shown once.

        REST: ``POST /api-keys``
        """
        body = models.ApiKeysCreateBody.model_validate(
            given(name=name, scopes=scopes, workspace_id=workspace_id, expires_at=expires_at)
        )
        request = Request("POST", "/api-keys", body=body)
        return self._caller.call(request, models.CreatedApiKey, options)

    def list(
        self, *, cursor: str | Omit = OMIT, limit: int | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> PageList[models.ApiKey]:
        """List keys, newest first.

        Args:
            cursor: The `nextCursor` of the page before; absent for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /api-keys``
        """
        request = Request("GET", "/api-keys", query=given(cursor=cursor, limit=limit))
        return self._caller.list(request, models.ApiKey, options)

    def revoke(self, key_id: str, **options: Unpack[CallOptions]) -> None:
        """Revoke a key.

        REST: ``DELETE /api-keys/{keyId}``
        """
        request = Request("DELETE", f"/api-keys/{segment(key_id)}")
        return self._caller.do(request, options)


class Auth(Resource):
    """Sessions, for browsers and for people."""

    def change_password(
        self, current: str, next: str, **options: Unpack[CallOptions]
    ) -> models.SignedIn:
        """Change the own password.

        REST: ``POST /me/password``
        """
        body = models.AuthChangePasswordBody.model_validate(given(current=current, next=next))
        request = Request("POST", "/me/password", body=body)
        return self._caller.call(request, models.SignedIn, options)

    def login(
        self, username: str, password: str, **options: Unpack[CallOptions]
    ) -> models.SignedIn:
        """Sign in.

        REST: ``POST /sessions``
        """
        body = models.AuthLoginBody.model_validate(given(username=username, password=password))
        request = Request("POST", "/sessions", body=body)
        return self._caller.call(request, models.SignedIn, options)

    def logout(self, *, everywhere: bool | Omit = OMIT, **options: Unpack[CallOptions]) -> None:
        """Sign out.

        REST: ``DELETE /sessions/current``
        """
        request = Request("DELETE", "/sessions/current", query=given(everywhere=everywhere))
        return self._caller.do(request, options)

    def me(self, **options: Unpack[CallOptions]) -> models.Me:
        """Who is asking.

        REST: ``GET /me``
        """
        request = Request("GET", "/me")
        return self._caller.call(request, models.Me, options)

    def setup(
        self, token: str, username: str, password: str, **options: Unpack[CallOptions]
    ) -> models.SignedIn:
        """Make the first admin.

        REST: ``POST /setup``
        """
        body = models.AuthSetupBody.model_validate(
            given(token=token, username=username, password=password)
        )
        request = Request("POST", "/setup", body=body)
        return self._caller.call(request, models.SignedIn, options)


class Documents(Resource):
    """What is asked: files, texts and pages, and how far their ingest is."""

    def add_url(
        self,
        workspace: str,
        url: str,
        *,
        external_id: str | Omit = OMIT,
        title: str | Omit = OMIT,
        metadata: Mapping[str, str | float | bool] | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Accepted:
        """Fetch a page or file.

        Args:
            workspace: Id or slug.

        REST: ``POST /workspaces/{workspace}/urls``
        """
        body = models.DocumentsAddUrlBody.model_validate(
            given(url=url, external_id=external_id, title=title, metadata=metadata)
        )
        request = Request("POST", f"/workspaces/{segment(workspace)}/urls", body=body)
        return self._caller.call(request, models.Accepted, options)

    def cancel(self, document_id: str, **options: Unpack[CallOptions]) -> models.Document:
        """Stop an ingest.

        REST: ``POST /documents/{documentId}/cancel``
        """
        request = Request("POST", f"/documents/{segment(document_id)}/cancel")
        return self._caller.call(request, models.Document, options)

    def chunks(
        self,
        document_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Chunk]:
        """Chunks in order.

        Args:
            cursor: The `nextCursor` of the page before; absent for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /documents/{documentId}/chunks``
        """
        request = Request(
            "GET",
            f"/documents/{segment(document_id)}/chunks",
            query=given(cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Chunk, options)

    def delete(
        self, workspace: str, document_ids: Sequence[str], **options: Unpack[CallOptions]
    ) -> int:
        """Delete documents.

        Args:
            workspace: Id or slug.

        REST: ``POST /workspaces/{workspace}/documents/delete``
        """
        body = models.DocumentsDeleteBody.model_validate(given(document_ids=document_ids))
        request = Request("POST", f"/workspaces/{segment(workspace)}/documents/delete", body=body)
        return self._caller.call_field(request, "deleted", int, options)

    def get(self, document_id: str, **options: Unpack[CallOptions]) -> models.Document:
        """One document.

        REST: ``GET /documents/{documentId}``
        """
        request = Request("GET", f"/documents/{segment(document_id)}")
        return self._caller.call(request, models.Document, options)

    def import_texts(
        self,
        workspace: str,
        items: Sequence[models.TextItem | Mapping[str, Any]],
        **options: Unpack[CallOptions],
    ) -> models.Accepted:
        """Add up to 1,000 texts.

        Args:
            workspace: Id or slug.

        REST: ``POST /workspaces/{workspace}/texts``
        """
        body = models.DocumentsImportTextsBody.model_validate(given(items=items))
        request = Request("POST", f"/workspaces/{segment(workspace)}/texts", body=body)
        return self._caller.call(request, models.Accepted, options)

    def list(
        self,
        workspace: str,
        *,
        status: models.DocumentStatus | Omit = OMIT,
        external_id: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Document]:
        """List documents, oldest first.

        Args:
            workspace: Id or slug.
            cursor: The `nextCursor` of the page before; absent for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /workspaces/{workspace}/documents``
        """
        request = Request(
            "GET",
            f"/workspaces/{segment(workspace)}/documents",
            query=given(status=status, externalId=external_id, cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Document, options)

    def retry(self, document_id: str, **options: Unpack[CallOptions]) -> models.Document:
        """Ingest a failed document again.

        REST: ``POST /documents/{documentId}/retry``
        """
        request = Request("POST", f"/documents/{segment(document_id)}/retry")
        return self._caller.call(request, models.Document, options)

    def summary(self, workspace: str, **options: Unpack[CallOptions]) -> models.DocumentSummary:
        """Counts by status.

        Args:
            workspace: Id or slug.

        REST: ``GET /workspaces/{workspace}/documents/summary``
        """
        request = Request("GET", f"/workspaces/{segment(workspace)}/documents/summary")
        return self._caller.call(request, models.DocumentSummary, options)

    def text(
        self,
        document_id: str,
        *,
        start: int | Omit = OMIT,
        end: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.DocumentText:
        """Stored text, or the piece that a citation names.

        REST: ``GET /documents/{documentId}/text``
        """
        request = Request(
            "GET", f"/documents/{segment(document_id)}/text", query=given(start=start, end=end)
        )
        return self._caller.call(request, models.DocumentText, options)

    def watch(
        self, workspace: str, last_event_id: str | None = None, **options: Unpack[CallOptions]
    ) -> EventStream[models.IngestEvent]:
        """Follow the ingest.

        Args:
            workspace: Id or slug.
            last_event_id: Begins after this event. A line that drops is picked up by itself.

        REST: ``GET /workspaces/{workspace}/documents/events``
        """
        request = Request(
            "GET", f"/workspaces/{segment(workspace)}/documents/events", is_resumable=True
        )
        return self._caller.stream(request, models.IngestEvent, options, last_event_id)


class Models(Resource):
    """Language models that can be asked."""

    def list(self, **options: Unpack[CallOptions]) -> models.ModelList:
        """Models that can be asked, and what is missing.

        REST: ``GET /models``
        """
        request = Request("GET", "/models")
        return self._caller.call(request, models.ModelList, options)

    def pull(self, id: str, **options: Unpack[CallOptions]) -> EventStream[models.PullProgress]:
        """Fetch a model, with progress.

        REST: ``POST /models/pull``
        """
        body = models.ModelsPullBody.model_validate(given(id=id))
        request = Request("POST", "/models/pull", body=body)
        return self._caller.stream(request, models.PullProgress, options)


class Threads(Resource):
    """Conversations and their messages."""

    def create(
        self, workspace: str, *, title: str | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> models.Thread:
        """Create a thread.

        Args:
            workspace: Id or slug.

        REST: ``POST /workspaces/{workspace}/threads``
        """
        body = models.ThreadsCreateBody.model_validate(given(title=title))
        request = Request("POST", f"/workspaces/{segment(workspace)}/threads", body=body)
        return self._caller.call(request, models.Thread, options)

    def delete(self, thread_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a thread.

        REST: ``DELETE /threads/{threadId}``
        """
        request = Request("DELETE", f"/threads/{segment(thread_id)}")
        return self._caller.do(request, options)

    def delete_message(self, message_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a message; a question with its answer.

        REST: ``DELETE /messages/{messageId}``
        """
        request = Request("DELETE", f"/messages/{segment(message_id)}")
        return self._caller.do(request, options)

    def list(
        self,
        workspace: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Thread]:
        """List threads, newest first.

        Args:
            workspace: Id or slug.
            cursor: The `nextCursor` of the page before; absent for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /workspaces/{workspace}/threads``
        """
        request = Request(
            "GET",
            f"/workspaces/{segment(workspace)}/threads",
            query=given(cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Thread, options)

    def messages(
        self,
        thread_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Message]:
        """Messages, oldest first.

        Args:
            cursor: The `nextCursor` of the page before; absent for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /threads/{threadId}/messages``
        """
        request = Request(
            "GET",
            f"/threads/{segment(thread_id)}/messages",
            query=given(cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Message, options)

    def regenerate(
        self,
        message_id: str,
        *,
        mode: models.ChatMode | Omit = OMIT,
        model: str | Omit = OMIT,
        document_ids: Sequence[str] | Omit = OMIT,
        images: Sequence[models.Attachment | Mapping[str, Any]] | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.AskStarted:
        """Answer again.

        Args:
            mode: Overrides the workspace's mode.
            model: Overrides the workspace's model.
            document_ids: Answers from these documents only.

        REST: ``POST /messages/{messageId}/regenerate``
        """
        body = models.ChatRegenerateBody.model_validate(
            given(mode=mode, model=model, document_ids=document_ids, images=images)
        )
        request = Request("POST", f"/messages/{segment(message_id)}/regenerate", body=body)
        return self._caller.call(request, models.AskStarted, options)

    def rename(self, thread_id: str, title: str, **options: Unpack[CallOptions]) -> None:
        """Rename a thread.

        REST: ``PATCH /threads/{threadId}``
        """
        body = models.ThreadsRenameBody.model_validate(given(title=title))
        request = Request("PATCH", f"/threads/{segment(thread_id)}", body=body)
        return self._caller.do(request, options)

    def resend(
        self,
        message_id: str,
        question: str,
        *,
        mode: models.ChatMode | Omit = OMIT,
        model: str | Omit = OMIT,
        document_ids: Sequence[str] | Omit = OMIT,
        images: Sequence[models.Attachment | Mapping[str, Any]] | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.AskStarted:
        """Ask in other words.

        Args:
            mode: Overrides the workspace's mode.
            model: Overrides the workspace's model.
            document_ids: Answers from these documents only.

        REST: ``POST /messages/{messageId}/resend``
        """
        body = models.ChatEditAndResendBody.model_validate(
            given(
                mode=mode, model=model, document_ids=document_ids, images=images, question=question
            )
        )
        request = Request("POST", f"/messages/{segment(message_id)}/resend", body=body)
        return self._caller.call(request, models.AskStarted, options)


class Users(Resource):
    """People, for admins."""

    def create(
        self,
        username: str,
        password: str,
        *,
        role: models.Role | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.User:
        """Create a user.

        REST: ``POST /users``
        """
        body = models.UsersCreateBody.model_validate(
            given(username=username, password=password, role=role)
        )
        request = Request("POST", "/users", body=body)
        return self._caller.call(request, models.User, options)

    def delete(self, user_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a user.

        REST: ``DELETE /users/{userId}``
        """
        request = Request("DELETE", f"/users/{segment(user_id)}")
        return self._caller.do(request, options)

    def list(
        self, *, cursor: str | Omit = OMIT, limit: int | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> PageList[models.User]:
        """List users, newest first.

        Args:
            cursor: The `nextCursor` of the page before; absent for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /users``
        """
        request = Request("GET", "/users", query=given(cursor=cursor, limit=limit))
        return self._caller.list(request, models.User, options)

    def update(
        self,
        user_id: str,
        *,
        role: models.Role | Omit = OMIT,
        password: str | Omit = OMIT,
        suspended: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.User:
        """Change role, password or suspension.

        REST: ``PATCH /users/{userId}``
        """
        body = models.UsersUpdateBody.model_validate(
            given(role=role, password=password, suspended=suspended)
        )
        request = Request("PATCH", f"/users/{segment(user_id)}", body=body)
        return self._caller.call(request, models.User, options)


class Workspaces(Resource):
    """Documents, threads and settings that belong together, and who may see them."""

    def create(
        self,
        name: str,
        *,
        mode: models.ChatMode | Omit = OMIT,
        refusal_text: str | Omit = OMIT,
        instructions: str | Omit = OMIT,
        model: str | None | Omit = OMIT,
        temperature: float | None | Omit = OMIT,
        top_k: int | Omit = OMIT,
        similarity_floor: float | Omit = OMIT,
        history_messages: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Workspace:
        """Create a workspace.

        Args:
            instructions: Put before every question, as the system prompt of the workspace.
            model: Model id such as "ollama:llama3.2"; null takes the default.
            top_k: Passages that a question retrieves.
            similarity_floor: Cosine similarity under which a vector hit is dropped.
            history_messages: Earlier messages that a question may carry along.

        REST: ``POST /workspaces``
        """
        body = models.WorkspacesCreateBody.model_validate(
            given(
                name=name,
                mode=mode,
                refusal_text=refusal_text,
                instructions=instructions,
                model=model,
                temperature=temperature,
                top_k=top_k,
                similarity_floor=similarity_floor,
                history_messages=history_messages,
            )
        )
        request = Request("POST", "/workspaces", body=body)
        return self._caller.call(request, models.Workspace, options)

    def delete(self, workspace: str, **options: Unpack[CallOptions]) -> None:
        """Delete with all that is in it.

        Args:
            workspace: Id or slug.

        REST: ``DELETE /workspaces/{workspace}``
        """
        request = Request("DELETE", f"/workspaces/{segment(workspace)}")
        return self._caller.do(request, options)

    def get(self, workspace: str, **options: Unpack[CallOptions]) -> models.Workspace:
        """One workspace, by id or slug.

        Args:
            workspace: Id or slug.

        REST: ``GET /workspaces/{workspace}``
        """
        request = Request("GET", f"/workspaces/{segment(workspace)}")
        return self._caller.call(request, models.Workspace, options)

    def list(
        self, *, cursor: str | Omit = OMIT, limit: int | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> PageList[models.Workspace]:
        """List workspaces, newest first.

        Args:
            cursor: The `nextCursor` of the page before; absent for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /workspaces``
        """
        request = Request("GET", "/workspaces", query=given(cursor=cursor, limit=limit))
        return self._caller.list(request, models.Workspace, options)

    def members(
        self,
        workspace: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Member]:
        """List members.

        Args:
            workspace: Id or slug.
            cursor: The `nextCursor` of the page before; absent for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /workspaces/{workspace}/members``
        """
        request = Request(
            "GET",
            f"/workspaces/{segment(workspace)}/members",
            query=given(cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Member, options)

    def remove_member(self, workspace: str, user_id: str, **options: Unpack[CallOptions]) -> None:
        """Remove a member.

        Args:
            workspace: Id or slug.

        REST: ``DELETE /workspaces/{workspace}/members/{userId}``
        """
        request = Request("DELETE", f"/workspaces/{segment(workspace)}/members/{segment(user_id)}")
        return self._caller.do(request, options)

    def set_member(
        self,
        workspace: str,
        user_id: str,
        *,
        role: models.MemberRole | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> None:
        """Add a member or change their role.

        Args:
            workspace: Id or slug.

        REST: ``PUT /workspaces/{workspace}/members/{userId}``
        """
        body = models.WorkspacesSetMemberBody.model_validate(given(role=role))
        request = Request(
            "PUT", f"/workspaces/{segment(workspace)}/members/{segment(user_id)}", body=body
        )
        return self._caller.do(request, options)

    def update(
        self,
        workspace: str,
        *,
        name: str | Omit = OMIT,
        mode: models.ChatMode | Omit = OMIT,
        refusal_text: str | Omit = OMIT,
        instructions: str | Omit = OMIT,
        model: str | None | Omit = OMIT,
        temperature: float | None | Omit = OMIT,
        top_k: int | Omit = OMIT,
        similarity_floor: float | Omit = OMIT,
        history_messages: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Workspace:
        """Change settings or name.

        Args:
            workspace: Id or slug.
            instructions: Put before every question, as the system prompt of the workspace.
            model: Model id such as "ollama:llama3.2"; null takes the default.
            top_k: Passages that a question retrieves.
            similarity_floor: Cosine similarity under which a vector hit is dropped.
            history_messages: Earlier messages that a question may carry along.

        REST: ``PATCH /workspaces/{workspace}``
        """
        body = models.WorkspacesUpdateBody.model_validate(
            given(
                name=name,
                mode=mode,
                refusal_text=refusal_text,
                instructions=instructions,
                model=model,
                temperature=temperature,
                top_k=top_k,
                similarity_floor=similarity_floor,
                history_messages=history_messages,
            )
        )
        request = Request("PATCH", f"/workspaces/{segment(workspace)}", body=body)
        return self._caller.call(request, models.Workspace, options)


class Operations(Resource):
    """One object per resource, and what belongs to none."""

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller)
        self.api_keys = ApiKeys(caller)
        self.auth = Auth(caller)
        self.documents = Documents(caller)
        self.models = Models(caller)
        self.threads = Threads(caller)
        self.users = Users(caller)
        self.workspaces = Workspaces(caller)

    def ask(
        self,
        workspace: str,
        question: str,
        *,
        thread_id: str | Omit = OMIT,
        mode: models.ChatMode | Omit = OMIT,
        model: str | Omit = OMIT,
        document_ids: Sequence[str] | Omit = OMIT,
        images: Sequence[models.Attachment | Mapping[str, Any]] | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> AnswerStream:
        """Ask in the background; follow the answer by its events.

        Args:
            workspace: Id or slug.
            thread_id: Goes on in this thread; absent, a new one is made.
            mode: Overrides the workspace's mode.
            model: Overrides the workspace's model.
            document_ids: Answers from these documents only.

        REST: ``POST /workspaces/{workspace}/answers``
        """
        body = models.ChatAskBody.model_validate(
            given(
                question=question,
                thread_id=thread_id,
                mode=mode,
                model=model,
                document_ids=document_ids,
                images=images,
            )
        )
        request = Request("POST", f"/workspaces/{segment(workspace)}/answers", body=body)
        return self._caller.ask(request, options)

    def cancel(self, answer_id: str, **options: Unpack[CallOptions]) -> None:
        """Stop an answer.

        REST: ``POST /answers/{answerId}/cancel``
        """
        request = Request("POST", f"/answers/{segment(answer_id)}/cancel")
        return self._caller.do(request, options)

    def search(
        self,
        workspace: str,
        query: str,
        *,
        k: int | Omit = OMIT,
        mode: models.SearchMode | Omit = OMIT,
        document_ids: Sequence[str] | Omit = OMIT,
        metadata: Mapping[str, str | float | bool] | Omit = OMIT,
        similarity_floor: float | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.SearchResult:
        """Find passages.

        Args:
            workspace: Id or slug.
            document_ids: Only these documents.
            metadata: Only documents whose metadata has all of these values.
            similarity_floor: Drops hits whose cosine similarity is below.

        REST: ``POST /workspaces/{workspace}/search``
        """
        body = models.SearchBody.model_validate(
            given(
                query=query,
                k=k,
                mode=mode,
                document_ids=document_ids,
                metadata=metadata,
                similarity_floor=similarity_floor,
            )
        )
        request = Request("POST", f"/workspaces/{segment(workspace)}/search", body=body)
        return self._caller.call(request, models.SearchResult, options)

    def status(self, **options: Unpack[CallOptions]) -> models.SystemStatus:
        """Version, embedder, counts, queue.

        REST: ``GET /status``
        """
        request = Request("GET", "/status")
        return self._caller.call(request, models.SystemStatus, options)

    def watch(
        self, answer_id: str, last_event_id: str | None = None, **options: Unpack[CallOptions]
    ) -> EventStream[models.AnswerEvent]:
        """Events of an answer, resumable.

        Args:
            last_event_id: Begins after this event. A line that drops is picked up by itself.

        REST: ``GET /answers/{answerId}/events``
        """
        request = Request("GET", f"/answers/{segment(answer_id)}/events", is_resumable=True)
        return self._caller.stream(request, models.AnswerEvent, options, last_event_id)
