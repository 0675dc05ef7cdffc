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
    """API keys for programs."""

    def create(
        self,
        name: str,
        scopes: Sequence[models.Scope],
        *,
        workspace_id: str | None | Omit = OMIT,
        expires_at: datetime | None | Omit = OMIT,
        requests_per_minute: int | None | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.CreatedApiKey:
        """Create an API key; the secret is shown once.

        Give a key only the scopes that its program needs, and an expiry; 90 days is a good default.
            The key belongs to the user who creates it, or to the owner of the key that creates it.
            Each request is limited to what the role of the owner allows. A key can only create keys
            within its own scopes, workspace, expiry and rate limit. `*` is the only
            admin-equivalent scope; such keys are marked `isAdminEquivalent`.

        Args:
            name: Name.
            scopes: Scopes of the key, at most your own. Grant only what the program needs.
            workspace_id: Id or slug of the only workspace the key can access.
            expires_at: Expiry. Recommended: 90 days from now. Null: never. Keys that the key
                creates must expire no later.
            requests_per_minute: Requests per minute. Null: the limit in the settings.

        REST: ``POST /api-keys``
        """
        body = models.ApiKeysCreateBody.model_validate(
            given(
                name=name,
                scopes=scopes,
                workspace_id=workspace_id,
                expires_at=expires_at,
                requests_per_minute=requests_per_minute,
            )
        )
        request = Request("POST", "/api-keys", body=body)
        return self._caller.call(request, models.CreatedApiKey, options)

    def get(self, key_id: str, **options: Unpack[CallOptions]) -> models.ApiKey:
        """Get an API key.

        Args:
            key_id: Id of the API key.

        REST: ``GET /api-keys/{keyId}``
        """
        request = Request("GET", f"/api-keys/{segment(key_id)}")
        return self._caller.call(request, models.ApiKey, options)

    def list(
        self, *, cursor: str | Omit = OMIT, limit: int | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> PageList[models.ApiKey]:
        """List API keys, newest first.

        Admins see all keys. Everyone else sees the keys of the same owner.

        Args:
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /api-keys``
        """
        request = Request("GET", "/api-keys", query=given(cursor=cursor, limit=limit))
        return self._caller.list(request, models.ApiKey, options)

    def revoke(self, key_id: str, **options: Unpack[CallOptions]) -> None:
        """Revoke an API key.

        Args:
            key_id: Id of the API key.

        REST: ``DELETE /api-keys/{keyId}``
        """
        request = Request("DELETE", f"/api-keys/{segment(key_id)}")
        return self._caller.do(request, options)

    def rotate(
        self, key_id: str, *, grace_minutes: int | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> models.CreatedApiKey:
        """Rotate an API key.

        The old secret keeps working for `graceMinutes`. The new secret is shown once, and only to
            the owner of the key, to the key itself and to the key that created it.

        Args:
            key_id: Id of the API key.
            grace_minutes: Minutes that the old key keeps working. 0 revokes it immediately.

        REST: ``POST /api-keys/{keyId}/rotate``
        """
        body = models.ApiKeysRotateBody.model_validate(given(grace_minutes=grace_minutes))
        request = Request("POST", f"/api-keys/{segment(key_id)}/rotate", body=body)
        return self._caller.call(request, models.CreatedApiKey, options)

    def update(
        self,
        key_id: str,
        *,
        name: str | Omit = OMIT,
        scopes: Sequence[models.Scope] | Omit = OMIT,
        expires_at: datetime | None | Omit = OMIT,
        requests_per_minute: int | None | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.ApiKey:
        """Update an API key.

        Changes the name, scopes, expiry or rate limit. The key may not have more rights than the
            caller, before or after the change.

        Args:
            key_id: Id of the API key.
            name: Name.
            scopes: Scopes of the key.
            expires_at: Time of expiry. Null: never.
            requests_per_minute: Requests per minute. Null: the limit in the settings.

        REST: ``PATCH /api-keys/{keyId}``
        """
        body = models.ApiKeysUpdateBody.model_validate(
            given(
                name=name,
                scopes=scopes,
                expires_at=expires_at,
                requests_per_minute=requests_per_minute,
            )
        )
        request = Request("PATCH", f"/api-keys/{segment(key_id)}", body=body)
        return self._caller.call(request, models.ApiKey, options)


class Audit(Resource):
    """Security events: who did what. Admins only."""

    def list(
        self,
        *,
        action: models.AuditAction | Omit = OMIT,
        actor: str | Omit = OMIT,
        target: str | Omit = OMIT,
        since: datetime | Omit = OMIT,
        until: datetime | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.AuditEntry]:
        """List audit log entries, newest first.

        Security events: logins, keys, roles, settings, sources, webhooks, downloads, deletions and
            denied requests. Admins only.

        Args:
            action: Only entries with this action.
            actor: `user:ID` or `key:ID`.
            target: Only entries about this resource, such as `workspace:ID`.
            since: Only entries at or after this time.
            until: Only entries before this time.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /audit``
        """
        request = Request(
            "GET",
            "/audit",
            query=given(
                action=action,
                actor=actor,
                target=target,
                since=since,
                until=until,
                cursor=cursor,
                limit=limit,
            ),
        )
        return self._caller.list(request, models.AuditEntry, options)


class Auth(Resource):
    """Login sessions for people and browsers."""

    def change_password(
        self,
        current: str,
        next: str,
        *,
        revoke_keys: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.SignedIn:
        """Change your password.

        Args:
            current: Your current password.
            next: At least 10 characters. Must not be a common password or the username.
            revoke_keys: Also revoke your API keys.

        REST: ``POST /me/password``
        """
        body = models.AuthChangePasswordBody.model_validate(
            given(current=current, next=next, revoke_keys=revoke_keys)
        )
        request = Request("POST", "/me/password", body=body)
        return self._caller.call(request, models.SignedIn, options)

    def login(
        self, username: str, password: str, **options: Unpack[CallOptions]
    ) -> models.SignedIn:
        """Sign in.

        Args:
            username: Username.
            password: Password.

        REST: ``POST /sessions``
        """
        body = models.AuthLoginBody.model_validate(given(username=username, password=password))
        request = Request("POST", "/sessions", body=body)
        return self._caller.call(request, models.SignedIn, options)

    def logout(self, *, everywhere: bool | Omit = OMIT, **options: Unpack[CallOptions]) -> None:
        """Sign out.

        Args:
            everywhere: Also end all your other sessions.

        REST: ``DELETE /sessions/current``
        """
        request = Request("DELETE", "/sessions/current", query=given(everywhere=everywhere))
        return self._caller.do(request, options)

    def me(self, **options: Unpack[CallOptions]) -> models.Me:
        """Get the current user or API key.

        REST: ``GET /me``
        """
        request = Request("GET", "/me")
        return self._caller.call(request, models.Me, options)

    def preferences(self, **options: Unpack[CallOptions]) -> models.Preferences:
        """Get your preferences.

        REST: ``GET /me/preferences``
        """
        request = Request("GET", "/me/preferences")
        return self._caller.call(request, models.Preferences, options)

    def revoke_session(self, session_id: str, **options: Unpack[CallOptions]) -> None:
        """Revoke a session.

        Args:
            session_id: Id of the session.

        REST: ``DELETE /sessions/{sessionId}``
        """
        request = Request("DELETE", f"/sessions/{segment(session_id)}")
        return self._caller.do(request, options)

    def sessions(
        self, **options: Unpack[CallOptions]
    ) -> Sequence[models.Session | Mapping[str, Any]]:
        """List your sessions, newest first.

        REST: ``GET /sessions``
        """
        request = Request("GET", "/sessions")
        return self._caller.call_field(
            request, "items", Sequence[models.Session | Mapping[str, Any]], options
        )

    def setup(
        self, token: str, username: str, password: str, **options: Unpack[CallOptions]
    ) -> models.SignedIn:
        """Create the first admin.

        Args:
            token: Setup token that the server printed at its first start.
            username: Username.
            password: At least 10 characters. Must not be a common password or the username.

        REST: ``POST /setup``
        """
        body = models.AuthSetupBody.model_validate(
            given(token=token, username=username, password=password)
        )
        request = Request("POST", "/setup", body=body)
        return self._caller.call(request, models.SignedIn, options)

    def update_preferences(
        self,
        *,
        language: str | None | Omit = OMIT,
        theme: models.Theme | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Preferences:
        """Update your preferences.

        Language and colors of the web app. Omitted fields are not changed. API keys have no
            preferences.

        Args:
            language: Language of the web app, such as `en` or `pt-BR`. Null: that of the browser.
            theme: Colors of the web app. system: those of the device.

        REST: ``PATCH /me/preferences``
        """
        body = models.AuthUpdatePreferencesBody.model_validate(
            given(language=language, theme=theme)
        )
        request = Request("PATCH", "/me/preferences", body=body)
        return self._caller.call(request, models.Preferences, options)


class Chat(Resource):
    """Questions and answers, with citations you can check."""

    def details(self, message_id: str, **options: Unpack[CallOptions]) -> models.AnswerDetails:
        """Get how an answer was made.

        The passages that the model received, what did not fit, the tokens, the times and the model
            of an answer that has ended.

        Args:
            message_id: Id of the message.

        REST: ``GET /messages/{messageId}/details``
        """
        request = Request("GET", f"/messages/{segment(message_id)}/details")
        return self._caller.call(request, models.AnswerDetails, options)


class Comments(Resource):
    """Comments on questions and answers, with mentions."""

    def create(self, message_id: str, text: str, **options: Unpack[CallOptions]) -> models.Comment:
        """Comment on a message.

        Anyone who can read a thread can comment on its messages. `@username` mentions a user who
            can read it too.

        Args:
            message_id: Id of the message.
            text: Text of the comment. Names users with @.

        REST: ``POST /messages/{messageId}/comments``
        """
        body = models.CommentsCreateBody.model_validate(given(text=text))
        request = Request("POST", f"/messages/{segment(message_id)}/comments", body=body)
        return self._caller.call(request, models.Comment, options)

    def delete(self, comment_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a comment.

        The author of a comment and the owner of the thread can delete it.

        Args:
            comment_id: Id of the comment.

        REST: ``DELETE /comments/{commentId}``
        """
        request = Request("DELETE", f"/comments/{segment(comment_id)}")
        return self._caller.do(request, options)

    def list(
        self,
        thread_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Comment]:
        """List the comments in a thread, oldest first.

        Args:
            thread_id: Id of the thread.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /threads/{threadId}/comments``
        """
        request = Request(
            "GET",
            f"/threads/{segment(thread_id)}/comments",
            query=given(cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Comment, options)

    def mentions(
        self, *, cursor: str | Omit = OMIT, limit: int | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> PageList[models.Comment]:
        """List unresolved comments that mention you, newest first.

        Args:
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /mentions``
        """
        request = Request("GET", "/mentions", query=given(cursor=cursor, limit=limit))
        return self._caller.list(request, models.Comment, options)

    def resolve(
        self, comment_id: str, resolved: bool, **options: Unpack[CallOptions]
    ) -> models.Comment:
        """Resolve or reopen a comment.

        Args:
            comment_id: Id of the comment.
            resolved: True when the comment is dealt with, false to reopen it.

        REST: ``PUT /comments/{commentId}/resolved``
        """
        body = models.CommentsResolveBody.model_validate(given(resolved=resolved))
        request = Request("PUT", f"/comments/{segment(comment_id)}/resolved", body=body)
        return self._caller.call(request, models.Comment, options)

    def update(self, comment_id: str, text: str, **options: Unpack[CallOptions]) -> models.Comment:
        """Update the text of your comment.

        Args:
            comment_id: Id of the comment.
            text: Text of the comment. Names users with @.

        REST: ``PATCH /comments/{commentId}``
        """
        body = models.CommentsUpdateBody.model_validate(given(text=text))
        request = Request("PATCH", f"/comments/{segment(comment_id)}", body=body)
        return self._caller.call(request, models.Comment, options)


class Documents(Resource):
    """Files, texts and pages to search and ask, with their ingest status."""

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
        """Add a document from a URL.

        Args:
            workspace: Id or slug.
            url: URL.
            external_id: Your id for the document. Null if it has none.
            title: Title.
            metadata: Metadata: strings, numbers and booleans by key.

        REST: ``POST /workspaces/{workspace}/urls``
        """
        body = models.DocumentsAddUrlBody.model_validate(
            given(url=url, external_id=external_id, title=title, metadata=metadata)
        )
        request = Request("POST", f"/workspaces/{segment(workspace)}/urls", body=body)
        return self._caller.call(request, models.Accepted, options)

    def cancel(self, document_id: str, **options: Unpack[CallOptions]) -> models.Document:
        """Cancel an ingest.

        Args:
            document_id: Id of the document.

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
        """List chunks in document order.

        Args:
            document_id: Id of the document.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /documents/{documentId}/chunks``
        """
        request = Request(
            "GET",
            f"/documents/{segment(document_id)}/chunks",
            query=given(cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Chunk, options)

    def delete(self, document_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a document.

        Args:
            document_id: Id of the document.

        REST: ``DELETE /documents/{documentId}``
        """
        request = Request("DELETE", f"/documents/{segment(document_id)}")
        return self._caller.do(request, options)

    def delete_many(
        self, workspace: str, document_ids: Sequence[str], **options: Unpack[CallOptions]
    ) -> int:
        """Delete up to 1,000 documents.

        Args:
            workspace: Id or slug.
            document_ids: Ids of the documents.

        REST: ``POST /workspaces/{workspace}/documents/delete``
        """
        body = models.DocumentsDeleteManyBody.model_validate(given(document_ids=document_ids))
        request = Request("POST", f"/workspaces/{segment(workspace)}/documents/delete", body=body)
        return self._caller.call_field(request, "deleted", int, options)

    def folders(
        self, workspace: str, **options: Unpack[CallOptions]
    ) -> Sequence[models.DocumentFolder | Mapping[str, Any]]:
        """List the folders of uploaded files.

        From the `path` in the metadata of the documents, sorted by path, at most 2,000.

        Args:
            workspace: Id or slug.

        REST: ``GET /workspaces/{workspace}/folders``
        """
        request = Request("GET", f"/workspaces/{segment(workspace)}/folders")
        return self._caller.call_field(
            request, "items", Sequence[models.DocumentFolder | Mapping[str, Any]], options
        )

    def get(self, document_id: str, **options: Unpack[CallOptions]) -> models.Document:
        """Get a document.

        Args:
            document_id: Id of the document.

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
            items: Items of this page.

        REST: ``POST /workspaces/{workspace}/texts``
        """
        body = models.DocumentsImportTextsBody.model_validate(given(items=items))
        request = Request("POST", f"/workspaces/{segment(workspace)}/texts", body=body)
        return self._caller.call(request, models.Accepted, options)

    def link(
        self, document_id: str, *, inline: bool | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> models.DocumentLink:
        """Create a link to a file.

        The link opens the file for ten minutes without a credential, for everyone who has it. With
            `inline`, browsers show PDFs, images, recordings and plain text in a sandbox; all other
            types are saved.

        Args:
            document_id: Id of the document.
            inline: Show the file if its type is safe, instead of saving it.

        REST: ``POST /documents/{documentId}/link``
        """
        body = models.DocumentsLinkBody.model_validate(given(inline=inline))
        request = Request("POST", f"/documents/{segment(document_id)}/link", body=body)
        return self._caller.call(request, models.DocumentLink, options)

    def list(
        self,
        workspace: str,
        *,
        status: models.DocumentStatus | Omit = OMIT,
        external_id: str | Omit = OMIT,
        query: str | Omit = OMIT,
        folder: str | Omit = OMIT,
        sort: models.DocumentSort | Omit = OMIT,
        order: models.SortOrder | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Document]:
        """List documents, oldest first unless `sort` and `order` say otherwise.

        Args:
            workspace: Id or slug.
            status: Status.
            external_id: Your id for the document. Null if it has none.
            query: Only documents whose title, file name or path contains all of these words or
                parts of words. Ignores case.
            folder: Only documents in this folder or below it: the beginning of `path` in their
                metadata, up to a slash.
            sort: What to sort by. Default: `created`.
            order: "asc" (default) lists the oldest, or what comes first in the order of `sort`;
                "desc" lists it in reverse.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /workspaces/{workspace}/documents``
        """
        request = Request(
            "GET",
            f"/workspaces/{segment(workspace)}/documents",
            query=given(
                status=status,
                externalId=external_id,
                query=query,
                folder=folder,
                sort=sort,
                order=order,
                cursor=cursor,
                limit=limit,
            ),
        )
        return self._caller.list(request, models.Document, options)

    def move(
        self, document_id: str, workspace: str, **options: Unpack[CallOptions]
    ) -> models.Document:
        """Move a document to another workspace.

        Requires the role editor in both workspaces. The document keeps its id and its file, and is
            ingested again with the settings of the other workspace. Documents of a source cannot be
            moved.

        Args:
            document_id: Id of the document.
            workspace: Id or slug.

        REST: ``POST /documents/{documentId}/move``
        """
        body = models.DocumentsMoveBody.model_validate(given(workspace=workspace))
        request = Request("POST", f"/documents/{segment(document_id)}/move", body=body)
        return self._caller.call(request, models.Document, options)

    def reingest(self, document_id: str, **options: Unpack[CallOptions]) -> models.Document:
        """Ingest a document again.

        Reads the same content again. Searches use the current text until the new one is complete.

        Args:
            document_id: Id of the document.

        REST: ``POST /documents/{documentId}/reingest``
        """
        request = Request("POST", f"/documents/{segment(document_id)}/reingest")
        return self._caller.call(request, models.Document, options)

    def retry(self, document_id: str, **options: Unpack[CallOptions]) -> models.Document:
        """Retry a failed document.

        Args:
            document_id: Id of the document.

        REST: ``POST /documents/{documentId}/retry``
        """
        request = Request("POST", f"/documents/{segment(document_id)}/retry")
        return self._caller.call(request, models.Document, options)

    def summary(self, workspace: str, **options: Unpack[CallOptions]) -> models.DocumentSummary:
        """Count documents by status.

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
        """Get the text of a document.

        Args:
            document_id: Id of the document.
            start: Start offset, in UTF-16 code units.
            end: End offset, exclusive.

        REST: ``GET /documents/{documentId}/text``
        """
        request = Request(
            "GET", f"/documents/{segment(document_id)}/text", query=given(start=start, end=end)
        )
        return self._caller.call(request, models.DocumentText, options)

    def update(
        self,
        document_id: str,
        *,
        title: str | Omit = OMIT,
        metadata: Mapping[str, str | float | bool] | Omit = OMIT,
        pinned: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Document:
        """Update the title or metadata of a document.

        Args:
            document_id: Id of the document.
            title: New title.
            metadata: New metadata. Replaces your existing metadata as a whole. The values of the
                file itself stay.
            pinned: Whether the model reads the whole document with every question.

        REST: ``PATCH /documents/{documentId}``
        """
        body = models.DocumentsUpdateBody.model_validate(
            given(title=title, metadata=metadata, pinned=pinned)
        )
        request = Request("PATCH", f"/documents/{segment(document_id)}", body=body)
        return self._caller.call(request, models.Document, options)

    def update_chunk(
        self,
        document_id: str,
        chunk_id: str,
        *,
        excluded: bool | Omit = OMIT,
        text: str | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Chunk:
        """Exclude or correct a chunk.

        An excluded chunk is not found by searches and not sent to models. A corrected text replaces
            the stored one and is embedded again. A warning of the document says so. Changes are
            kept until the document is ingested again.

        Args:
            document_id: Id of the document.
            chunk_id: Id of the chunk.
            excluded: Take the chunk out of searches and answers, or put it back.
            text: Corrected text.

        REST: ``PATCH /documents/{documentId}/chunks/{chunkId}``
        """
        body = models.DocumentsUpdateChunkBody.model_validate(given(excluded=excluded, text=text))
        request = Request(
            "PATCH", f"/documents/{segment(document_id)}/chunks/{segment(chunk_id)}", body=body
        )
        return self._caller.call(request, models.Chunk, options)

    def watch(
        self, workspace: str, last_event_id: str | None = None, **options: Unpack[CallOptions]
    ) -> EventStream[models.IngestEvent]:
        """Stream ingest progress.

        Args:
            workspace: Id or slug.
            last_event_id: Begins after this event. A line that drops is picked up by itself.

        REST: ``GET /workspaces/{workspace}/documents/events``
        """
        request = Request(
            "GET", f"/workspaces/{segment(workspace)}/documents/events", is_resumable=True
        )
        return self._caller.stream(request, models.IngestEvent, options, last_event_id)


class Evals(Resource):
    """Test questions with known answers, and eval runs that measure retrieval and answers."""

    def add_questions(
        self,
        workspace: str,
        items: Sequence[models.GoldenItem | Mapping[str, Any]],
        **options: Unpack[CallOptions],
    ) -> models.AddedQuestions:
        """Add test questions.

        Questions with known answers. Eval runs measure retrieval and answers with them.

        Args:
            workspace: Id or slug.
            items: Existing questions are replaced.

        REST: ``POST /workspaces/{workspace}/golden-questions``
        """
        body = models.EvalsAddQuestionsBody.model_validate(given(items=items))
        request = Request("POST", f"/workspaces/{segment(workspace)}/golden-questions", body=body)
        return self._caller.call(request, models.AddedQuestions, options)

    def cancel(self, run_id: str, **options: Unpack[CallOptions]) -> models.EvalRun:
        """Cancel an eval run.

        Args:
            run_id: Id of the run.

        REST: ``POST /evals/{runId}/cancel``
        """
        request = Request("POST", f"/evals/{segment(run_id)}/cancel")
        return self._caller.call(request, models.EvalRun, options)

    def compare(
        self, before: str, after: str, **options: Unpack[CallOptions]
    ) -> models.EvalComparison:
        """Compare two eval runs.

        Compares the runs question by question, with the probability that the difference is due to
            chance.

        Args:
            before: The earlier eval run.
            after: The later eval run.

        REST: ``GET /evals/compare``
        """
        request = Request("GET", "/evals/compare", query=given(before=before, after=after))
        return self._caller.call(request, models.EvalComparison, options)

    def delete(self, run_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete an eval run.

        Args:
            run_id: Id of the run.

        REST: ``DELETE /evals/{runId}``
        """
        request = Request("DELETE", f"/evals/{segment(run_id)}")
        return self._caller.do(request, options)

    def delete_question(self, question_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a test question.

        Args:
            question_id: Id of the question.

        REST: ``DELETE /golden-questions/{questionId}``
        """
        request = Request("DELETE", f"/golden-questions/{segment(question_id)}")
        return self._caller.do(request, options)

    def generate_questions(
        self,
        workspace: str,
        *,
        count: int | Omit = OMIT,
        model: str | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.AddedQuestions:
        """Generate test questions.

        Eval runs use them only after someone has approved them.

        Args:
            workspace: Id or slug.
            count: Number of questions to generate.
            model: Overrides the model of the workspace.

        REST: ``POST /workspaces/{workspace}/golden-questions/generate``
        """
        body = models.EvalsGenerateQuestionsBody.model_validate(given(count=count, model=model))
        request = Request(
            "POST", f"/workspaces/{segment(workspace)}/golden-questions/generate", body=body
        )
        return self._caller.call(request, models.AddedQuestions, options)

    def get(self, run_id: str, **options: Unpack[CallOptions]) -> models.EvalRun:
        """Get an eval run.

        Args:
            run_id: Id of the run.

        REST: ``GET /evals/{runId}``
        """
        request = Request("GET", f"/evals/{segment(run_id)}")
        return self._caller.call(request, models.EvalRun, options)

    def get_question(
        self, question_id: str, **options: Unpack[CallOptions]
    ) -> models.GoldenQuestion:
        """Get a test question.

        Args:
            question_id: Id of the question.

        REST: ``GET /golden-questions/{questionId}``
        """
        request = Request("GET", f"/golden-questions/{segment(question_id)}")
        return self._caller.call(request, models.GoldenQuestion, options)

    def import_feedback(
        self, workspace: str, **options: Unpack[CallOptions]
    ) -> models.AddedQuestions:
        """Import rated answers as test questions.

        The citations of each answer become its relevant passages. Threads are private, so this
            imports only your own answers and those shared with their rating.

        Args:
            workspace: Id or slug.

        REST: ``POST /workspaces/{workspace}/golden-questions/from-feedback``
        """
        request = Request(
            "POST", f"/workspaces/{segment(workspace)}/golden-questions/from-feedback"
        )
        return self._caller.call(request, models.AddedQuestions, options)

    def list(
        self,
        workspace: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.EvalRun]:
        """List eval runs, newest first.

        Args:
            workspace: Id or slug.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /workspaces/{workspace}/evals``
        """
        request = Request(
            "GET",
            f"/workspaces/{segment(workspace)}/evals",
            query=given(cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.EvalRun, options)

    def list_questions(
        self,
        workspace: str,
        *,
        approved: bool | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.GoldenQuestion]:
        """List test questions, oldest first.

        Args:
            workspace: Id or slug.
            approved: Whether eval runs use the question.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /workspaces/{workspace}/golden-questions``
        """
        request = Request(
            "GET",
            f"/workspaces/{segment(workspace)}/golden-questions",
            query=given(approved=approved, cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.GoldenQuestion, options)

    def results(
        self,
        run_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.EvalResult]:
        """List the results of an eval run.

        Args:
            run_id: Id of the run.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /evals/{runId}/results``
        """
        request = Request(
            "GET", f"/evals/{segment(run_id)}/results", query=given(cursor=cursor, limit=limit)
        )
        return self._caller.list(request, models.EvalResult, options)

    def start(
        self,
        workspace: str,
        *,
        label: str | Omit = OMIT,
        mode: models.SearchMode | Omit = OMIT,
        k: int | Omit = OMIT,
        rerank: bool | Omit = OMIT,
        answers: bool | Omit = OMIT,
        model: str | None | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.EvalRun:
        """Start an eval run.

        Measures retrieval, and optionally answers, with every approved test question. Runs in the
            background and resumes after a restart.

        Args:
            workspace: Id or slug.
            label: Label.
            k: Number of search results, and the cutoff of all metrics.
            rerank: False skips the reranker of the workspace.
            answers: Also generate answers, and measure citations and refusals.
            model: Model for the answers. Null uses the model of the workspace.

        REST: ``POST /workspaces/{workspace}/evals``
        """
        body = models.EvalsStartBody.model_validate(
            given(label=label, mode=mode, k=k, rerank=rerank, answers=answers, model=model)
        )
        request = Request("POST", f"/workspaces/{segment(workspace)}/evals", body=body)
        return self._caller.call(request, models.EvalRun, options)

    def update_question(
        self,
        question_id: str,
        *,
        question: str | Omit = OMIT,
        relevant: Sequence[models.RelevantPlace | Mapping[str, Any]] | Omit = OMIT,
        answer: str | None | Omit = OMIT,
        answerable: bool | Omit = OMIT,
        approved: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.GoldenQuestion:
        """Update a test question.

        Args:
            question_id: Id of the question.
            question: The question.
            relevant: Documents, or ranges of their text, that answer the question.
            answer: Expected answer. Null if unknown.
            answerable: False: the documents don't contain the answer, so a refusal is correct.
            approved: Whether eval runs use the question.

        REST: ``PATCH /golden-questions/{questionId}``
        """
        body = models.EvalsUpdateQuestionBody.model_validate(
            given(
                question=question,
                relevant=relevant,
                answer=answer,
                answerable=answerable,
                approved=approved,
            )
        )
        request = Request("PATCH", f"/golden-questions/{segment(question_id)}", body=body)
        return self._caller.call(request, models.GoldenQuestion, options)


class Events(Resource):
    """Events in the installation, as a list and as a stream."""

    def list(
        self,
        *,
        workspace: str | Omit = OMIT,
        type: models.EventType | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Event]:
        """List events, newest first.

        Args:
            workspace: Only events of this workspace (id or slug).
            type: Only events of this type.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /events``
        """
        request = Request(
            "GET",
            "/events",
            query=given(workspace=workspace, type=type, cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Event, options)

    def watch(
        self,
        last_event_id: str | None = None,
        *,
        workspace: str | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> EventStream[models.Event]:
        """Stream events.

        Starts now, or after the event in `Last-Event-ID`. Webhooks receive the same events.

        Args:
            workspace: Only events of this workspace (id or slug).
            last_event_id: Begins after this event. A line that drops is picked up by itself.

        REST: ``GET /events/stream``
        """
        request = Request(
            "GET", "/events/stream", query=given(workspace=workspace), is_resumable=True
        )
        return self._caller.stream(request, models.Event, options, last_event_id)


class Invites(Resource):
    """Links with which people create their own account."""

    def accept(
        self, token: str, username: str, password: str, **options: Unpack[CallOptions]
    ) -> models.SignedIn:
        """Accept an invite.

        Creates the account and signs in. Needs no credential.

        Args:
            token: Secret of the invite.
            username: Username.
            password: At least 10 characters. Must not be a common password or the username.

        REST: ``POST /invited/{token}``
        """
        body = models.InvitesAcceptBody.model_validate(given(username=username, password=password))
        request = Request("POST", f"/invited/{segment(token)}", body=body)
        return self._caller.call(request, models.SignedIn, options)

    def create(
        self,
        *,
        role: models.Role | Omit = OMIT,
        memberships: Sequence[Mapping[str, Any]] | Omit = OMIT,
        expires_at: datetime | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.CreatedInvite:
        """Create an invite.

        The person who opens the link chooses a username and a password and is signed in. It works
            once. Requires every scope of the role, and for memberships `workspaces:write`. The link
            stops working when you lose these rights.

        Args:
            role: Role of the new user.
            memberships: Workspaces that the new user joins.
            expires_at: Time when the link stops working, at most 90 days from now. Default: 7 days.

        REST: ``POST /invites``
        """
        body = models.InvitesCreateBody.model_validate(
            given(role=role, memberships=memberships, expires_at=expires_at)
        )
        request = Request("POST", "/invites", body=body)
        return self._caller.call(request, models.CreatedInvite, options)

    def get(self, token: str, **options: Unpack[CallOptions]) -> models.InviteInfo:
        """Get the invite of a link.

        Needs no credential. Unknown, accepted, revoked and expired invites look the same.

        Args:
            token: Secret of the invite.

        REST: ``GET /invited/{token}``
        """
        request = Request("GET", f"/invited/{segment(token)}")
        return self._caller.call(request, models.InviteInfo, options)

    def list(
        self, *, cursor: str | Omit = OMIT, limit: int | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> PageList[models.Invite]:
        """List invites, newest first.

        Args:
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /invites``
        """
        request = Request("GET", "/invites", query=given(cursor=cursor, limit=limit))
        return self._caller.list(request, models.Invite, options)

    def revoke(self, invite_id: str, **options: Unpack[CallOptions]) -> None:
        """Revoke an invite.

        Args:
            invite_id: Id of the invite.

        REST: ``DELETE /invites/{inviteId}``
        """
        request = Request("DELETE", f"/invites/{segment(invite_id)}")
        return self._caller.do(request, options)


class Jobs(Resource):
    """Background work: ingests, and cleanup after deletions."""

    def cancel(self, job_id: str, **options: Unpack[CallOptions]) -> models.Job:
        """Cancel an ingest job and return its last state.

        Args:
            job_id: Id of the job.

        REST: ``POST /jobs/{jobId}/cancel``
        """
        request = Request("POST", f"/jobs/{segment(job_id)}/cancel")
        return self._caller.call(request, models.Job, options)

    def get(self, job_id: str, **options: Unpack[CallOptions]) -> models.Job:
        """Get a job.

        Args:
            job_id: Id of the job.

        REST: ``GET /jobs/{jobId}``
        """
        request = Request("GET", f"/jobs/{segment(job_id)}")
        return self._caller.call(request, models.Job, options)

    def list(
        self,
        *,
        workspace: str | Omit = OMIT,
        state: str | Omit = OMIT,
        kind: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Job]:
        """List jobs, newest first.

        Queued and running jobs. Finished jobs are removed; their outcome is in the document and in
            the events.

        Args:
            workspace: Only jobs of this workspace (id or slug).
            state: State.
            kind: Kind.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /jobs``
        """
        request = Request(
            "GET",
            "/jobs",
            query=given(workspace=workspace, state=state, kind=kind, cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Job, options)


class Models(Resource):
    """Available language models."""

    def list(self, **options: Unpack[CallOptions]) -> models.ModelList:
        """List models.

        REST: ``GET /models``
        """
        request = Request("GET", "/models")
        return self._caller.call(request, models.ModelList, options)

    def pull(self, id: str, **options: Unpack[CallOptions]) -> EventStream[models.PullProgress]:
        """Download a model.

        Args:
            id: Id.

        REST: ``POST /models/pull``
        """
        body = models.ModelsPullBody.model_validate(given(id=id))
        request = Request("POST", "/models/pull", body=body)
        return self._caller.stream(request, models.PullProgress, options)

    def server(self, **options: Unpack[CallOptions]) -> models.ModelServer:
        """Get the OpenAI-compatible model server.

        REST: ``GET /models/server``
        """
        request = Request("GET", "/models/server")
        return self._caller.call(request, models.ModelServer, options)

    def set_server(
        self, url: str | None, *, api_key: str | None | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> models.ModelServer:
        """Set the OpenAI-compatible model server.

        Takes effect immediately. The API key is stored encrypted and never returned. Private
            addresses require LOREBOX_FETCH_ALLOW. Workspaces can use its models if `allowedModels`
            contains `openai:*`.

        Args:
            url: Base URL, usually ending with /v1. Null removes the server, and LOREBOX_OPENAI_URL
                is used again.
            api_key: API key. Null: none. If omitted, the stored key is kept; required when the URL
                changes.

        REST: ``PUT /models/server``
        """
        body = models.ModelsSetServerBody.model_validate(given(url=url, api_key=api_key))
        request = Request("PUT", "/models/server", body=body)
        return self._caller.call(request, models.ModelServer, options)

    def test(self, model: str, **options: Unpack[CallOptions]) -> models.ModelTest:
        """Test a model.

        Asks the model one short question, with a limit of 32 tokens and 60 seconds. Problems of the
            model are part of the result.

        Args:
            model: Model id in the form "provider:model".

        REST: ``POST /models/test``
        """
        body = models.ModelsTestBody.model_validate(given(model=model))
        request = Request("POST", "/models/test", body=body)
        return self._caller.call(request, models.ModelTest, options)


class Prompts(Resource):
    """The prompts library of a user or a workspace."""

    def create(
        self,
        title: str,
        text: str,
        *,
        workspace: str | None | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Prompt:
        """Create a prompt.

        Without a workspace, the prompt is yours alone. Prompts of a workspace require the role
            editor, and for API keys also the scope `documents:write`.

        Args:
            title: Title of the prompt.
            text: Text of the prompt. May contain variables in double braces, such as `{{city}}`.
            workspace: Workspace whose members can use the prompt: its id or slug. Omitted or null:
                a personal prompt.

        REST: ``POST /prompts``
        """
        body = models.PromptsCreateBody.model_validate(
            given(title=title, text=text, workspace=workspace)
        )
        request = Request("POST", "/prompts", body=body)
        return self._caller.call(request, models.Prompt, options)

    def delete(self, prompt_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a prompt.

        Args:
            prompt_id: Id of the prompt.

        REST: ``DELETE /prompts/{promptId}``
        """
        request = Request("DELETE", f"/prompts/{segment(prompt_id)}")
        return self._caller.do(request, options)

    def list(
        self,
        *,
        workspace: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Prompt]:
        """List prompts, newest first.

        Lists your personal prompts and, with a workspace, also those of the workspace.

        Args:
            workspace: Also list the prompts of this workspace: its id or slug.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /prompts``
        """
        request = Request(
            "GET", "/prompts", query=given(workspace=workspace, cursor=cursor, limit=limit)
        )
        return self._caller.list(request, models.Prompt, options)

    def update(
        self,
        prompt_id: str,
        *,
        title: str | Omit = OMIT,
        text: str | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Prompt:
        """Update a prompt.

        Args:
            prompt_id: Id of the prompt.
            title: Title of the prompt.
            text: Text of the prompt. May contain variables in double braces, such as `{{city}}`.

        REST: ``PATCH /prompts/{promptId}``
        """
        body = models.PromptsUpdateBody.model_validate(given(title=title, text=text))
        request = Request("PATCH", f"/prompts/{segment(prompt_id)}", body=body)
        return self._caller.call(request, models.Prompt, options)


class Settings(Resource):
    """Settings that admins can change while the server runs."""

    def get(self, **options: Unpack[CallOptions]) -> models.Settings:
        """Get the settings.

        REST: ``GET /settings``
        """
        request = Request("GET", "/settings")
        return self._caller.call(request, models.Settings, options)

    def remove_logo(self, **options: Unpack[CallOptions]) -> None:
        """Remove the logo.

        REST: ``DELETE /settings/logo``
        """
        request = Request("DELETE", "/settings/logo")
        return self._caller.do(request, options)

    def set_logo(self, data: str, **options: Unpack[CallOptions]) -> models.Logo:
        """Set the logo.

        Args:
            data: PNG, JPEG, WebP or SVG in base 64, at most 512 kB. Scripts and other active parts
                of an SVG are removed.

        REST: ``PUT /settings/logo``
        """
        body = models.SettingsSetLogoBody.model_validate(given(data=data))
        request = Request("PUT", "/settings/logo", body=body)
        return self._caller.call(request, models.Logo, options)

    def update(
        self,
        *,
        default_model: str | None | Omit = OMIT,
        embedder: str | None | Omit = OMIT,
        reranker: str | None | Omit = OMIT,
        requests_per_minute_per_address: int | None | Omit = OMIT,
        requests_per_minute_per_user: int | None | Omit = OMIT,
        requests_per_minute_per_key: int | None | Omit = OMIT,
        allowed_models: Sequence[str] | None | Omit = OMIT,
        allowed_embedders: Sequence[str] | None | Omit = OMIT,
        allowed_rerankers: Sequence[str] | None | Omit = OMIT,
        allowed_connectors: Sequence[str] | None | Omit = OMIT,
        max_answer_tokens: int | None | Omit = OMIT,
        first_token_seconds: int | None | Omit = OMIT,
        event_retention_days: int | None | Omit = OMIT,
        audit_retention_days: int | None | Omit = OMIT,
        app_name: str | None | Omit = OMIT,
        accent_color: str | None | Omit = OMIT,
        accent_color_dark: str | None | Omit = OMIT,
        theme_variables: models.ThemeVariablesInput | None | Omit = OMIT,
        theme_variables_dark: models.ThemeVariablesInput | None | Omit = OMIT,
        welcome_text: str | None | Omit = OMIT,
        footer_links: Sequence[models.FooterLink | Mapping[str, Any]] | None | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Settings:
        """Update the settings.

        Changes take effect immediately. Omitted settings keep their value. Null resets a setting to
            its environment variable.

        Args:
            default_model: Default chat model for workspaces without their own. Null: Ollama if
                available, else a GGUF file, else quoted passages.
            embedder: Embedder.
            reranker: Reranker.
            requests_per_minute_per_address: Requests per minute and address. 0 means no limit.
            requests_per_minute_per_user: Requests per minute and user. 0 means no limit.
            requests_per_minute_per_key: Requests per minute and API key. 0 means no limit.
            allowed_models: Chat models that workspaces may use.
            allowed_embedders: Embedders that workspaces may use.
            allowed_rerankers: Rerankers that workspaces may use.
            allowed_connectors: Source connectors that workspaces may use.
            max_answer_tokens: Maximum length of an answer in tokens.
            first_token_seconds: Target in seconds for the first word of an answer.
            event_retention_days: Days to keep events and webhook deliveries.
            audit_retention_days: Days to keep the audit log.
            app_name: Name of the installation in the web app.
            accent_color: Color of buttons and links, such as `#2f6f5e`. Null: the default.
            accent_color_dark: The same on dark pages. Null: the default.
            theme_variables: Colors of the web app on light pages.
            theme_variables_dark: Colors of the web app on dark pages.
            welcome_text: Text above a new chat.
            footer_links: Links under the sign-in form and in the user menu.

        REST: ``PATCH /settings``
        """
        body = models.SettingsUpdateBody.model_validate(
            given(
                default_model=default_model,
                embedder=embedder,
                reranker=reranker,
                requests_per_minute_per_address=requests_per_minute_per_address,
                requests_per_minute_per_user=requests_per_minute_per_user,
                requests_per_minute_per_key=requests_per_minute_per_key,
                allowed_models=allowed_models,
                allowed_embedders=allowed_embedders,
                allowed_rerankers=allowed_rerankers,
                allowed_connectors=allowed_connectors,
                max_answer_tokens=max_answer_tokens,
                first_token_seconds=first_token_seconds,
                event_retention_days=event_retention_days,
                audit_retention_days=audit_retention_days,
                app_name=app_name,
                accent_color=accent_color,
                accent_color_dark=accent_color_dark,
                theme_variables=theme_variables,
                theme_variables_dark=theme_variables_dark,
                welcome_text=welcome_text,
                footer_links=footer_links,
            )
        )
        request = Request("PATCH", "/settings", body=body)
        return self._caller.call(request, models.Settings, options)


class Shares(Resource):
    """Links with which everyone can read a thread."""

    def create(
        self,
        thread_id: str,
        *,
        expires_at: datetime | None | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.CreatedShare:
        """Create a share link.

        Everyone with the link can read the thread without an account, including what is added
            later, until the link expires or is revoked. Documents stay closed: only the cited texts
            are shown.

        Args:
            thread_id: Id of the thread.
            expires_at: Time when the link stops working. Omitted or null: it works until it is
                revoked.

        REST: ``POST /threads/{threadId}/shares``
        """
        body = models.SharesCreateBody.model_validate(given(expires_at=expires_at))
        request = Request("POST", f"/threads/{segment(thread_id)}/shares", body=body)
        return self._caller.call(request, models.CreatedShare, options)

    def list(
        self,
        *,
        thread_id: str | Omit = OMIT,
        workspace: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Share]:
        """List share links, newest first.

        Lists the links to your threads. Owners of a workspace see those to all of its threads.

        Args:
            thread_id: Only links to this thread.
            workspace: Only links to threads of this workspace. Its owners see those of all members.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /shares``
        """
        request = Request(
            "GET",
            "/shares",
            query=given(threadId=thread_id, workspace=workspace, cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Share, options)

    def revoke(self, share_id: str, **options: Unpack[CallOptions]) -> None:
        """Revoke a share link.

        Args:
            share_id: Id of the share link.

        REST: ``DELETE /shares/{shareId}``
        """
        request = Request("DELETE", f"/shares/{segment(share_id)}")
        return self._caller.do(request, options)

    def view(self, token: str, **options: Unpack[CallOptions]) -> models.SharedThread:
        """Get a shared thread.

        Needs no credential. Unknown, revoked and expired links look the same.

        Args:
            token: Secret of the share link.

        REST: ``GET /shared/{token}``
        """
        request = Request("GET", f"/shared/{segment(token)}")
        return self._caller.call(request, models.SharedThread, options)


class Sources(Resource):
    """Places to sync documents from: websites, folders, repositories, mailboxes."""

    def cancel(self, source_id: str, **options: Unpack[CallOptions]) -> models.SyncSource:
        """Cancel a sync run.

        Args:
            source_id: Id of the source.

        REST: ``POST /sources/{sourceId}/cancel``
        """
        request = Request("POST", f"/sources/{segment(source_id)}/cancel")
        return self._caller.call(request, models.SyncSource, options)

    def connectors(
        self, **options: Unpack[CallOptions]
    ) -> Sequence[models.ConnectorInfo | Mapping[str, Any]]:
        """List connectors.

        REST: ``GET /connectors``
        """
        request = Request("GET", "/connectors")
        return self._caller.call_field(
            request, "connectors", Sequence[models.ConnectorInfo | Mapping[str, Any]], options
        )

    def create(
        self,
        workspace: str,
        connector: str,
        config: Mapping[str, str | float | bool | Sequence[str]],
        *,
        name: str | Omit = OMIT,
        every_minutes: int | None | Omit = OMIT,
        requests_per_second: float | None | Omit = OMIT,
        skip_check: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.SyncSource:
        """Create a source.

        Unless `skipCheck` is set, access to the source is checked first. The first sync run starts
            immediately. Secrets in `config` are encrypted and never returned.

        Args:
            workspace: Id or slug.
            connector: Connector id.
            config: Settings of the connector, including secrets.
            name: Display name. Default: the name of the connector.
            every_minutes: Minutes between two sync runs. Null: only on request.
            requests_per_second: Requests per second to the source. Null: the default of the
                connector.
            skip_check: Skip the access check.

        REST: ``POST /workspaces/{workspace}/sources``
        """
        body = models.SourcesCreateBody.model_validate(
            given(
                connector=connector,
                name=name,
                config=config,
                every_minutes=every_minutes,
                requests_per_second=requests_per_second,
                skip_check=skip_check,
            )
        )
        request = Request("POST", f"/workspaces/{segment(workspace)}/sources", body=body)
        return self._caller.call(request, models.SyncSource, options)

    def delete(self, source_id: str, keep_documents: bool, **options: Unpack[CallOptions]) -> None:
        """Delete a source, with or without its documents.

        Args:
            source_id: Id of the source.
            keep_documents: False also deletes the documents of the source.

        REST: ``DELETE /sources/{sourceId}``
        """
        request = Request(
            "DELETE", f"/sources/{segment(source_id)}", query=given(keepDocuments=keep_documents)
        )
        return self._caller.do(request, options)

    def get(self, source_id: str, **options: Unpack[CallOptions]) -> models.SyncSource:
        """Get a source.

        Args:
            source_id: Id of the source.

        REST: ``GET /sources/{sourceId}``
        """
        request = Request("GET", f"/sources/{segment(source_id)}")
        return self._caller.call(request, models.SyncSource, options)

    def list(
        self,
        workspace: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.SyncSource]:
        """List sources, newest first.

        Args:
            workspace: Id or slug.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /workspaces/{workspace}/sources``
        """
        request = Request(
            "GET",
            f"/workspaces/{segment(workspace)}/sources",
            query=given(cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.SyncSource, options)

    def run(
        self, source_id: str, *, full: bool | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> models.SyncSource:
        """Start a sync run.

        Args:
            source_id: Id of the source.
            full: Run a full sync: list and read everything again, including documents that were
                deleted manually.

        REST: ``POST /sources/{sourceId}/run``
        """
        body = models.SourcesRunBody.model_validate(given(full=full))
        request = Request("POST", f"/sources/{segment(source_id)}/run", body=body)
        return self._caller.call(request, models.SyncSource, options)

    def runs(
        self,
        source_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.SourceRun]:
        """List sync runs, newest first.

        Args:
            source_id: Id of the source.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /sources/{sourceId}/runs``
        """
        request = Request(
            "GET", f"/sources/{segment(source_id)}/runs", query=given(cursor=cursor, limit=limit)
        )
        return self._caller.list(request, models.SourceRun, options)

    def update(
        self,
        source_id: str,
        *,
        name: str | Omit = OMIT,
        config: Mapping[str, str | float | bool | Sequence[str] | None] | Omit = OMIT,
        every_minutes: int | None | Omit = OMIT,
        requests_per_second: float | None | Omit = OMIT,
        enabled: bool | Omit = OMIT,
        skip_check: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.SyncSource:
        """Update a source.

        Changing the settings triggers a full listing. Omitted secrets keep their value.

        Args:
            source_id: Id of the source.
            name: Name.
            config: Settings to change; null removes a setting. The next sync run is a full one. If
                you change an address, send all secrets again.
            every_minutes: Minutes between two sync runs. Null: only on request.
            requests_per_second: Requests per second to the source. Null: the default of the
                connector.
            enabled: Whether it is in use.
            skip_check: Skip the access check.

        REST: ``PATCH /sources/{sourceId}``
        """
        body = models.SourcesUpdateBody.model_validate(
            given(
                name=name,
                config=config,
                every_minutes=every_minutes,
                requests_per_second=requests_per_second,
                enabled=enabled,
                skip_check=skip_check,
            )
        )
        request = Request("PATCH", f"/sources/{segment(source_id)}", body=body)
        return self._caller.call(request, models.SyncSource, options)


class System(Resource):
    """Status of the installation."""

    def health(self, **options: Unpack[CallOptions]) -> models.SystemHealth:
        """Check the health of the installation.

        What is wrong, and what to do. Errors come first.

        REST: ``GET /health``
        """
        request = Request("GET", "/health")
        return self._caller.call(request, models.SystemHealth, options)


class Threads(Resource):
    """Conversations and their messages."""

    def branch(self, message_id: str, **options: Unpack[CallOptions]) -> models.Thread:
        """Branch a thread.

        Creates a private thread of yours with copies of the messages up to and including this one.
            Threads that others share can be branched too.

        Args:
            message_id: Id of the message.

        REST: ``POST /messages/{messageId}/branch``
        """
        request = Request("POST", f"/messages/{segment(message_id)}/branch")
        return self._caller.call(request, models.Thread, options)

    def create(
        self, workspace: str, *, title: str | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> models.Thread:
        """Create a thread.

        Args:
            workspace: Id or slug.
            title: Title of the thread.

        REST: ``POST /workspaces/{workspace}/threads``
        """
        body = models.ThreadsCreateBody.model_validate(given(title=title))
        request = Request("POST", f"/workspaces/{segment(workspace)}/threads", body=body)
        return self._caller.call(request, models.Thread, options)

    def delete(self, thread_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a thread.

        Args:
            thread_id: Id of the thread.

        REST: ``DELETE /threads/{threadId}``
        """
        request = Request("DELETE", f"/threads/{segment(thread_id)}")
        return self._caller.do(request, options)

    def delete_message(self, message_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a message, or a question with its answer.

        Args:
            message_id: Id of the message.

        REST: ``DELETE /messages/{messageId}``
        """
        request = Request("DELETE", f"/messages/{segment(message_id)}")
        return self._caller.do(request, options)

    def get(self, thread_id: str, **options: Unpack[CallOptions]) -> models.Thread:
        """Get a thread.

        Args:
            thread_id: Id of the thread.

        REST: ``GET /threads/{threadId}``
        """
        request = Request("GET", f"/threads/{segment(thread_id)}")
        return self._caller.call(request, models.Thread, options)

    def get_message(self, message_id: str, **options: Unpack[CallOptions]) -> models.Message:
        """Get a message.

        Args:
            message_id: Id of the message.

        REST: ``GET /messages/{messageId}``
        """
        request = Request("GET", f"/messages/{segment(message_id)}")
        return self._caller.call(request, models.Message, options)

    def list(
        self,
        workspace: str,
        *,
        archived: bool | Omit = OMIT,
        shared: bool | Omit = OMIT,
        query: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Thread]:
        """List threads, pinned first, then by last activity.

        Args:
            workspace: Id or slug.
            archived: List archived threads instead of the others.
            shared: List the threads that others share with the workspace, instead of your own.
            query: Only threads with a title or message that contains all of these words. Ignores
                case and accents; a word may be the beginning of a longer one.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /workspaces/{workspace}/threads``
        """
        request = Request(
            "GET",
            f"/workspaces/{segment(workspace)}/threads",
            query=given(archived=archived, shared=shared, query=query, cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Thread, options)

    def messages(
        self,
        thread_id: str,
        *,
        order: models.SortOrder | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Message]:
        """List messages, oldest first unless `order` says otherwise.

        Args:
            thread_id: Id of the thread.
            order: "asc" (default) lists the oldest first, "desc" the newest.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /threads/{threadId}/messages``
        """
        request = Request(
            "GET",
            f"/threads/{segment(thread_id)}/messages",
            query=given(order=order, cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Message, options)

    def rate_message(
        self,
        message_id: str,
        feedback: models.AnswerFeedback | None,
        *,
        reason: str | None | Omit = OMIT,
        share: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Message:
        """Rate an answer, or remove the rating with null.

        Args:
            message_id: Id of the message.
            feedback: Rating of the answer. Null removes it.
            reason: Why, in your words. Omitted or null removes an earlier reason.
            share: Lets the workspace owners read the question and the answer and use them as a test
                question.

        REST: ``PUT /messages/{messageId}/feedback``
        """
        body = models.ThreadsRateMessageBody.model_validate(
            given(feedback=feedback, reason=reason, share=share)
        )
        request = Request("PUT", f"/messages/{segment(message_id)}/feedback", body=body)
        return self._caller.call(request, models.Message, options)

    def regenerate(
        self,
        message_id: str,
        *,
        mode: models.ChatMode | Omit = OMIT,
        model: str | Omit = OMIT,
        document_ids: Sequence[str] | Omit = OMIT,
        metadata: Mapping[str, str | float | bool] | Omit = OMIT,
        images: Sequence[models.Attachment | Mapping[str, Any]] | Omit = OMIT,
        allow_remote_content: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.AskStarted:
        """Regenerate an answer.

        Args:
            message_id: Id of the message.
            mode: Overrides the mode of the workspace.
            model: Overrides the model of the workspace.
            document_ids: Answer only from these documents.
            metadata: Answer only from documents whose metadata contains all of these values.
            images: Images for models that take them.
            allow_remote_content: Keep images, links and HTML in the answer. By default they are
                converted to plain text.

        REST: ``POST /messages/{messageId}/regenerate``
        """
        body = models.ChatRegenerateBody.model_validate(
            given(
                mode=mode,
                model=model,
                document_ids=document_ids,
                metadata=metadata,
                images=images,
                allow_remote_content=allow_remote_content,
            )
        )
        request = Request("POST", f"/messages/{segment(message_id)}/regenerate", body=body)
        return self._caller.call(request, models.AskStarted, options)

    def resend(
        self,
        message_id: str,
        question: str,
        *,
        mode: models.ChatMode | Omit = OMIT,
        model: str | Omit = OMIT,
        document_ids: Sequence[str] | Omit = OMIT,
        metadata: Mapping[str, str | float | bool] | Omit = OMIT,
        images: Sequence[models.Attachment | Mapping[str, Any]] | Omit = OMIT,
        allow_remote_content: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.AskStarted:
        """Edit a question.

        Args:
            message_id: Id of the message.
            question: The question.
            mode: Overrides the mode of the workspace.
            model: Overrides the model of the workspace.
            document_ids: Answer only from these documents.
            metadata: Answer only from documents whose metadata contains all of these values.
            images: Images for models that take them.
            allow_remote_content: Keep images, links and HTML in the answer. By default they are
                converted to plain text.

        REST: ``POST /messages/{messageId}/resend``
        """
        body = models.ChatEditAndResendBody.model_validate(
            given(
                mode=mode,
                model=model,
                document_ids=document_ids,
                metadata=metadata,
                images=images,
                allow_remote_content=allow_remote_content,
                question=question,
            )
        )
        request = Request("POST", f"/messages/{segment(message_id)}/resend", body=body)
        return self._caller.call(request, models.AskStarted, options)

    def update(
        self,
        thread_id: str,
        *,
        title: str | Omit = OMIT,
        pinned: bool | Omit = OMIT,
        archived: bool | Omit = OMIT,
        visibility: models.ThreadVisibility | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Thread:
        """Update a thread.

        Rename, pin, archive or share a thread. Omitted fields are not changed.

        Args:
            thread_id: Id of the thread.
            title: Title of the thread.
            pinned: Keep the thread at the top of the list.
            archived: Move the thread out of the list, or back.
            visibility: Who can read the thread: only you, or the whole workspace.

        REST: ``PATCH /threads/{threadId}``
        """
        body = models.ThreadsUpdateBody.model_validate(
            given(title=title, pinned=pinned, archived=archived, visibility=visibility)
        )
        request = Request("PATCH", f"/threads/{segment(thread_id)}", body=body)
        return self._caller.call(request, models.Thread, options)


class Users(Resource):
    """User accounts. Admins only."""

    def create(
        self,
        username: str,
        password: str,
        *,
        role: models.Role | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.User:
        """Create a user.

        Args:
            username: Username.
            password: At least 10 characters. Must not be a common password or the username.
            role: Who wrote the message.

        REST: ``POST /users``
        """
        body = models.UsersCreateBody.model_validate(
            given(username=username, password=password, role=role)
        )
        request = Request("POST", "/users", body=body)
        return self._caller.call(request, models.User, options)

    def delete(self, user_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a user.

        Args:
            user_id: Id of the user.

        REST: ``DELETE /users/{userId}``
        """
        request = Request("DELETE", f"/users/{segment(user_id)}")
        return self._caller.do(request, options)

    def get(self, user_id: str, **options: Unpack[CallOptions]) -> models.User:
        """Get a user.

        Args:
            user_id: Id of the user.

        REST: ``GET /users/{userId}``
        """
        request = Request("GET", f"/users/{segment(user_id)}")
        return self._caller.call(request, models.User, options)

    def list(
        self,
        *,
        role: models.Role | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.User]:
        """List users, newest first.

        Args:
            role: Only users with this role.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /users``
        """
        request = Request("GET", "/users", query=given(role=role, cursor=cursor, limit=limit))
        return self._caller.list(request, models.User, options)

    def memberships(
        self, user_id: str, **options: Unpack[CallOptions]
    ) -> Sequence[models.Membership | Mapping[str, Any]]:
        """List the workspaces of a user.

        Args:
            user_id: Id of the user.

        REST: ``GET /users/{userId}/memberships``
        """
        request = Request("GET", f"/users/{segment(user_id)}/memberships")
        return self._caller.call_field(
            request, "items", Sequence[models.Membership | Mapping[str, Any]], options
        )

    def update(
        self,
        user_id: str,
        *,
        role: models.Role | Omit = OMIT,
        password: str | Omit = OMIT,
        suspended: bool | Omit = OMIT,
        revoke_keys: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.User:
        """Update a user.

        Changes the role, password or suspension. Requires every scope of the user's role, before
            and after the change.

        Args:
            user_id: Id of the user.
            role: Who wrote the message.
            password: At least 10 characters. Must not be a common password or the username.
            suspended: Whether the user is suspended and cannot sign in.
            revoke_keys: Revoke the user's API keys. Default: true if the password changes,
                otherwise false.

        REST: ``PATCH /users/{userId}``
        """
        body = models.UsersUpdateBody.model_validate(
            given(role=role, password=password, suspended=suspended, revoke_keys=revoke_keys)
        )
        request = Request("PATCH", f"/users/{segment(user_id)}", body=body)
        return self._caller.call(request, models.User, options)


class Webhooks(Resource):
    """Events sent to your URL (Standard Webhooks): signed, retried and logged."""

    def create(
        self,
        url: str,
        *,
        description: str | Omit = OMIT,
        event_types: Sequence[models.EventType] | None | Omit = OMIT,
        workspace_id: str | None | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.CreatedWebhook:
        """Create a webhook.

        The response contains the signing secret, which is shown only once.

        Args:
            url: URL.
            description: Description.
            event_types: Event types to send. Null: all, including future types.
            workspace_id: Id or slug of the only workspace that it tells of.

        REST: ``POST /webhooks``
        """
        body = models.WebhooksCreateBody.model_validate(
            given(
                url=url, description=description, event_types=event_types, workspace_id=workspace_id
            )
        )
        request = Request("POST", "/webhooks", body=body)
        return self._caller.call(request, models.CreatedWebhook, options)

    def delete(self, webhook_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a webhook.

        Args:
            webhook_id: Id of the webhook.

        REST: ``DELETE /webhooks/{webhookId}``
        """
        request = Request("DELETE", f"/webhooks/{segment(webhook_id)}")
        return self._caller.do(request, options)

    def deliveries(
        self,
        webhook_id: str,
        *,
        status: models.DeliveryStatus | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Delivery]:
        """List webhook deliveries, newest first.

        Args:
            webhook_id: Id of the webhook.
            status: Status.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /webhooks/{webhookId}/deliveries``
        """
        request = Request(
            "GET",
            f"/webhooks/{segment(webhook_id)}/deliveries",
            query=given(status=status, cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Delivery, options)

    def get(self, webhook_id: str, **options: Unpack[CallOptions]) -> models.Webhook:
        """Get a webhook.

        Args:
            webhook_id: Id of the webhook.

        REST: ``GET /webhooks/{webhookId}``
        """
        request = Request("GET", f"/webhooks/{segment(webhook_id)}")
        return self._caller.call(request, models.Webhook, options)

    def get_delivery(self, delivery_id: str, **options: Unpack[CallOptions]) -> models.Delivery:
        """Get a webhook delivery.

        Args:
            delivery_id: Id of the delivery.

        REST: ``GET /deliveries/{deliveryId}``
        """
        request = Request("GET", f"/deliveries/{segment(delivery_id)}")
        return self._caller.call(request, models.Delivery, options)

    def list(
        self, *, cursor: str | Omit = OMIT, limit: int | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> PageList[models.Webhook]:
        """List webhooks, newest first.

        Args:
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /webhooks``
        """
        request = Request("GET", "/webhooks", query=given(cursor=cursor, limit=limit))
        return self._caller.list(request, models.Webhook, options)

    def replay(
        self,
        webhook_id: str,
        since: datetime,
        *,
        until: datetime | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> int:
        """Replay events.

        Args:
            webhook_id: Id of the webhook.
            since: Start time. Events at or after it are sent again.
            until: Only entries before this time.

        REST: ``POST /webhooks/{webhookId}/replay``
        """
        body = models.WebhooksReplayBody.model_validate(given(since=since, until=until))
        request = Request("POST", f"/webhooks/{segment(webhook_id)}/replay", body=body)
        return self._caller.call_field(request, "queued", int, options)

    def retry(self, delivery_id: str, **options: Unpack[CallOptions]) -> models.Delivery:
        """Redeliver an event.

        Args:
            delivery_id: Id of the delivery.

        REST: ``POST /deliveries/{deliveryId}/retry``
        """
        request = Request("POST", f"/deliveries/{segment(delivery_id)}/retry")
        return self._caller.call(request, models.Delivery, options)

    def rotate(self, webhook_id: str, **options: Unpack[CallOptions]) -> models.CreatedWebhook:
        """Rotate the signing secret.

        For one day, deliveries are also signed with the old secret.

        Args:
            webhook_id: Id of the webhook.

        REST: ``POST /webhooks/{webhookId}/rotate``
        """
        request = Request("POST", f"/webhooks/{segment(webhook_id)}/rotate")
        return self._caller.call(request, models.CreatedWebhook, options)

    def test(self, webhook_id: str, **options: Unpack[CallOptions]) -> models.Delivery:
        """Send a test event.

        Args:
            webhook_id: Id of the webhook.

        REST: ``POST /webhooks/{webhookId}/test``
        """
        request = Request("POST", f"/webhooks/{segment(webhook_id)}/test")
        return self._caller.call(request, models.Delivery, options)

    def update(
        self,
        webhook_id: str,
        *,
        url: str | Omit = OMIT,
        description: str | Omit = OMIT,
        event_types: Sequence[models.EventType] | None | Omit = OMIT,
        enabled: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.UpdatedWebhook:
        """Update a webhook.

        When you enable a webhook again, its pending deliveries are sent. To send events that it
            missed while disabled, replay them. Changing the URL creates a new signing secret, which
            is in the response.

        Args:
            webhook_id: Id of the webhook.
            url: URL.
            description: Description.
            event_types: Event types to send. Null: all, including future types.
            enabled: Whether it is in use.

        REST: ``PATCH /webhooks/{webhookId}``
        """
        body = models.WebhooksUpdateBody.model_validate(
            given(url=url, description=description, event_types=event_types, enabled=enabled)
        )
        request = Request("PATCH", f"/webhooks/{segment(webhook_id)}", body=body)
        return self._caller.call(request, models.UpdatedWebhook, options)


class Widgets(Resource):
    """Chat widgets for websites, and the conversations of their visitors."""

    def conversation(
        self, conversation_id: str, **options: Unpack[CallOptions]
    ) -> models.WidgetConversationDetails:
        """Get a conversation of a chat widget.

        Args:
            conversation_id: Id of the conversation.

        REST: ``GET /widget-conversations/{conversationId}``
        """
        request = Request("GET", f"/widget-conversations/{segment(conversation_id)}")
        return self._caller.call(request, models.WidgetConversationDetails, options)

    def conversations(
        self,
        widget_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.WidgetConversation]:
        """List conversations of a chat widget, newest first.

        Args:
            widget_id: Id of the widget.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /widgets/{widgetId}/conversations``
        """
        request = Request(
            "GET",
            f"/widgets/{segment(widget_id)}/conversations",
            query=given(cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.WidgetConversation, options)

    def create(
        self,
        workspace: str,
        name: str,
        *,
        enabled: bool | Omit = OMIT,
        mode: models.ChatMode | Omit = OMIT,
        model: str | None | Omit = OMIT,
        allow_model_override: bool | Omit = OMIT,
        allow_temperature_override: bool | Omit = OMIT,
        allow_prompt_override: bool | Omit = OMIT,
        messages_per_session: int | None | Omit = OMIT,
        messages_per_day: int | None | Omit = OMIT,
        title: str | Omit = OMIT,
        greeting: str | Omit = OMIT,
        accent_color: str | Omit = OMIT,
        position: models.WidgetPosition | Omit = OMIT,
        suggestions: Sequence[str] | Omit = OMIT,
        lead_form: models.WidgetLeadForm | Omit = OMIT,
        handover_url: str | None | Omit = OMIT,
        language: models.WidgetLanguage | None | Omit = OMIT,
        allowed_origins: Sequence[str] | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Widget:
        """Create a chat widget.

        A chat for the visitors of a website, who ask the documents of the workspace without an
            account. No page can show it until its origin is in `allowedOrigins`.

        Args:
            workspace: Id or slug.
            name: Name of the widget, for the people who manage it.
            enabled: Whether the widget answers. A disabled widget is not shown on pages.
            model: Model id. Null uses the model of the workspace.
            allow_model_override: Whether a page may choose the model.
            allow_temperature_override: Whether a page may set the temperature.
            allow_prompt_override: Whether a page may replace the instructions of the workspace.
            messages_per_session: Maximum number of questions per conversation. Null: no limit.
            messages_per_day: Maximum number of questions per day (UTC), across all visitors. Null:
                no limit.
            title: Title of the chat window. Empty: a title in the language of the page.
            greeting: First message of the chat window. May be empty.
            accent_color: Accent color as #rrggbb.
            position: Corner of the page for the button.
            suggestions: Questions that the chat window offers before the first one.
            lead_form: Whether the widget asks visitors for their name and email address.
            handover_url: Link to a person: an http(s), mailto or tel URL. Null: no link.
            language: Language of the widget. Null uses the language of the page.
            allowed_origins: Origins of the pages that may show the widget, such as
                https://example.com, with the port if it is not the default one.
                https://*.example.com allows all subdomains. Empty: no page may.

        REST: ``POST /workspaces/{workspace}/widgets``
        """
        body = models.WidgetsCreateBody.model_validate(
            given(
                name=name,
                enabled=enabled,
                mode=mode,
                model=model,
                allow_model_override=allow_model_override,
                allow_temperature_override=allow_temperature_override,
                allow_prompt_override=allow_prompt_override,
                messages_per_session=messages_per_session,
                messages_per_day=messages_per_day,
                title=title,
                greeting=greeting,
                accent_color=accent_color,
                position=position,
                suggestions=suggestions,
                lead_form=lead_form,
                handover_url=handover_url,
                language=language,
                allowed_origins=allowed_origins,
            )
        )
        request = Request("POST", f"/workspaces/{segment(workspace)}/widgets", body=body)
        return self._caller.call(request, models.Widget, options)

    def delete(self, widget_id: str, **options: Unpack[CallOptions]) -> None:
        """Delete a chat widget and its conversations.

        Args:
            widget_id: Id of the widget.

        REST: ``DELETE /widgets/{widgetId}``
        """
        request = Request("DELETE", f"/widgets/{segment(widget_id)}")
        return self._caller.do(request, options)

    def get(self, widget_id: str, **options: Unpack[CallOptions]) -> models.Widget:
        """Get a chat widget.

        Args:
            widget_id: Id of the widget.

        REST: ``GET /widgets/{widgetId}``
        """
        request = Request("GET", f"/widgets/{segment(widget_id)}")
        return self._caller.call(request, models.Widget, options)

    def list(
        self,
        workspace: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> PageList[models.Widget]:
        """List chat widgets, newest first.

        Args:
            workspace: Id or slug.
            cursor: `nextCursor` of the previous page. Omit for the first page.
            limit: Items per page, 1 to 200.

        REST: ``GET /workspaces/{workspace}/widgets``
        """
        request = Request(
            "GET",
            f"/workspaces/{segment(workspace)}/widgets",
            query=given(cursor=cursor, limit=limit),
        )
        return self._caller.list(request, models.Widget, options)

    def update(
        self,
        widget_id: str,
        *,
        name: str | Omit = OMIT,
        enabled: bool | Omit = OMIT,
        mode: models.ChatMode | Omit = OMIT,
        model: str | None | Omit = OMIT,
        allow_model_override: bool | Omit = OMIT,
        allow_temperature_override: bool | Omit = OMIT,
        allow_prompt_override: bool | Omit = OMIT,
        messages_per_session: int | None | Omit = OMIT,
        messages_per_day: int | None | Omit = OMIT,
        title: str | Omit = OMIT,
        greeting: str | Omit = OMIT,
        accent_color: str | Omit = OMIT,
        position: models.WidgetPosition | Omit = OMIT,
        suggestions: Sequence[str] | Omit = OMIT,
        lead_form: models.WidgetLeadForm | Omit = OMIT,
        handover_url: str | None | Omit = OMIT,
        language: models.WidgetLanguage | None | Omit = OMIT,
        allowed_origins: Sequence[str] | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Widget:
        """Update a chat widget.

        Args:
            widget_id: Id of the widget.
            name: Name of the widget, for the people who manage it.
            enabled: Whether the widget answers. A disabled widget is not shown on pages.
            model: Model id. Null uses the model of the workspace.
            allow_model_override: Whether a page may choose the model.
            allow_temperature_override: Whether a page may set the temperature.
            allow_prompt_override: Whether a page may replace the instructions of the workspace.
            messages_per_session: Maximum number of questions per conversation. Null: no limit.
            messages_per_day: Maximum number of questions per day (UTC), across all visitors. Null:
                no limit.
            title: Title of the chat window. Empty: a title in the language of the page.
            greeting: First message of the chat window. May be empty.
            accent_color: Accent color as #rrggbb.
            position: Corner of the page for the button.
            suggestions: Questions that the chat window offers before the first one.
            lead_form: Whether the widget asks visitors for their name and email address.
            handover_url: Link to a person: an http(s), mailto or tel URL. Null: no link.
            language: Language of the widget. Null uses the language of the page.
            allowed_origins: Origins of the pages that may show the widget, such as
                https://example.com, with the port if it is not the default one.
                https://*.example.com allows all subdomains. Empty: no page may.

        REST: ``PATCH /widgets/{widgetId}``
        """
        body = models.WidgetsUpdateBody.model_validate(
            given(
                name=name,
                enabled=enabled,
                mode=mode,
                model=model,
                allow_model_override=allow_model_override,
                allow_temperature_override=allow_temperature_override,
                allow_prompt_override=allow_prompt_override,
                messages_per_session=messages_per_session,
                messages_per_day=messages_per_day,
                title=title,
                greeting=greeting,
                accent_color=accent_color,
                position=position,
                suggestions=suggestions,
                lead_form=lead_form,
                handover_url=handover_url,
                language=language,
                allowed_origins=allowed_origins,
            )
        )
        request = Request("PATCH", f"/widgets/{segment(widget_id)}", body=body)
        return self._caller.call(request, models.Widget, options)


class Workspaces(Resource):
    """Documents, threads and settings that belong together, and their members."""

    def create(
        self,
        name: str,
        *,
        mode: models.ChatMode | Omit = OMIT,
        refusal_text: str | Omit = OMIT,
        instructions: str | Omit = OMIT,
        model: str | None | Omit = OMIT,
        temperature: float | None | Omit = OMIT,
        max_answer_tokens: int | None | Omit = OMIT,
        thinking: models.Thinking | Omit = OMIT,
        summaries: models.SummaryModels | Omit = OMIT,
        top_k: int | Omit = OMIT,
        similarity_floor: float | Omit = OMIT,
        history_messages: int | Omit = OMIT,
        reranker: str | None | Omit = OMIT,
        language: models.WorkspaceLanguage | Omit = OMIT,
        rewrite_follow_ups: bool | Omit = OMIT,
        lock_model: bool | Omit = OMIT,
        local_only: bool | Omit = OMIT,
        expand_sources: bool | Omit = OMIT,
        embedder: str | None | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Workspace:
        """Create a workspace.

        Args:
            name: Name.
            refusal_text: Answer in query mode if the documents do not answer the question.
            instructions: System prompt of the workspace, sent with every question.
            model: Model id such as "ollama:llama3.2". Null uses the default.
            temperature: Temperature. Null: 0.1 for models on this machine, and the default of the
                server for others.
            max_answer_tokens: Maximum length of an answer in tokens. Null uses the default of the
                installation.
            thinking: How much a model that can think does so before it answers. Thinking counts
                toward the length of the answer.
            summaries: Which models may summarize documents that are longer than a context window,
                in the background: none ("off"), those on this machine ("local"), or any.
            top_k: Number of passages to retrieve per question.
            similarity_floor: Minimum cosine similarity of vector search results.
            history_messages: Number of earlier messages to include with a question.
            reranker: Reranker. Null uses the default; "off" turns reranking off.
            rewrite_follow_ups: Lets the model rewrite follow-up questions, and searches for both
                versions. Costs one more model call.
            lock_model: Questions and eval runs must use the model of the workspace.
            local_only: Keeps all text of the workspace on this machine: no remote model, embedder,
                reranker, transcription server or vector backend, and no webhooks. Only an admin can
                turn it off.
            expand_sources: Fills the remaining context window of the model with the text around the
                best passages.
            embedder: Embedder. Null uses the default. When it changes, search uses the old vectors
                until re-embedding is done.

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
                max_answer_tokens=max_answer_tokens,
                thinking=thinking,
                summaries=summaries,
                top_k=top_k,
                similarity_floor=similarity_floor,
                history_messages=history_messages,
                reranker=reranker,
                language=language,
                rewrite_follow_ups=rewrite_follow_ups,
                lock_model=lock_model,
                local_only=local_only,
                expand_sources=expand_sources,
                embedder=embedder,
            )
        )
        request = Request("POST", "/workspaces", body=body)
        return self._caller.call(request, models.Workspace, options)

    def delete(self, workspace: str, **options: Unpack[CallOptions]) -> None:
        """Delete a workspace and its contents.

        Args:
            workspace: Id or slug.

        REST: ``DELETE /workspaces/{workspace}``
        """
        request = Request("DELETE", f"/workspaces/{segment(workspace)}")
        return self._caller.do(request, options)

    def embedding(
        self, workspace: str, **options: Unpack[CallOptions]
    ) -> models.WorkspaceEmbedding:
        """Get the embedding status.

        Args:
            workspace: Id or slug.

        REST: ``GET /workspaces/{workspace}/embedding``
        """
        request = Request("GET", f"/workspaces/{segment(workspace)}/embedding")
        return self._caller.call(request, models.WorkspaceEmbedding, options)

    def get(self, workspace: str, **options: Unpack[CallOptions]) -> models.Workspace:
        """Get a workspace by id or slug.

        Args:
            workspace: Id or slug.

        REST: ``GET /workspaces/{workspace}``
        """
        request = Request("GET", f"/workspaces/{segment(workspace)}")
        return self._caller.call(request, models.Workspace, options)

    def get_member(
        self, workspace: str, user_id: str, **options: Unpack[CallOptions]
    ) -> models.Member:
        """Get a member.

        Args:
            workspace: Id or slug.
            user_id: Id of the user.

        REST: ``GET /workspaces/{workspace}/members/{userId}``
        """
        request = Request("GET", f"/workspaces/{segment(workspace)}/members/{segment(user_id)}")
        return self._caller.call(request, models.Member, options)

    def list(
        self, *, cursor: str | Omit = OMIT, limit: int | Omit = OMIT, **options: Unpack[CallOptions]
    ) -> PageList[models.Workspace]:
        """List workspaces, newest first.

        Args:
            cursor: `nextCursor` of the previous page. Omit for the first page.
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
            cursor: `nextCursor` of the previous page. Omit for the first page.
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
            user_id: Id of the user.

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
    ) -> models.Member:
        """Add or update a member.

        Args:
            workspace: Id or slug.
            user_id: Id of the user.
            role: Who wrote the message.

        REST: ``PUT /workspaces/{workspace}/members/{userId}``
        """
        body = models.WorkspacesSetMemberBody.model_validate(given(role=role))
        request = Request(
            "PUT", f"/workspaces/{segment(workspace)}/members/{segment(user_id)}", body=body
        )
        return self._caller.call(request, models.Member, options)

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
        max_answer_tokens: int | None | Omit = OMIT,
        thinking: models.Thinking | Omit = OMIT,
        summaries: models.SummaryModels | Omit = OMIT,
        top_k: int | Omit = OMIT,
        similarity_floor: float | Omit = OMIT,
        history_messages: int | Omit = OMIT,
        reranker: str | None | Omit = OMIT,
        language: models.WorkspaceLanguage | Omit = OMIT,
        rewrite_follow_ups: bool | Omit = OMIT,
        lock_model: bool | Omit = OMIT,
        local_only: bool | Omit = OMIT,
        expand_sources: bool | Omit = OMIT,
        embedder: str | None | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Workspace:
        """Update a workspace.

        Args:
            workspace: Id or slug.
            name: Name.
            refusal_text: Answer in query mode if the documents do not answer the question.
            instructions: System prompt of the workspace, sent with every question.
            model: Model id such as "ollama:llama3.2". Null uses the default.
            temperature: Temperature. Null: 0.1 for models on this machine, and the default of the
                server for others.
            max_answer_tokens: Maximum length of an answer in tokens. Null uses the default of the
                installation.
            thinking: How much a model that can think does so before it answers. Thinking counts
                toward the length of the answer.
            summaries: Which models may summarize documents that are longer than a context window,
                in the background: none ("off"), those on this machine ("local"), or any.
            top_k: Number of passages to retrieve per question.
            similarity_floor: Minimum cosine similarity of vector search results.
            history_messages: Number of earlier messages to include with a question.
            reranker: Reranker. Null uses the default; "off" turns reranking off.
            rewrite_follow_ups: Lets the model rewrite follow-up questions, and searches for both
                versions. Costs one more model call.
            lock_model: Questions and eval runs must use the model of the workspace.
            local_only: Keeps all text of the workspace on this machine: no remote model, embedder,
                reranker, transcription server or vector backend, and no webhooks. Only an admin can
                turn it off.
            expand_sources: Fills the remaining context window of the model with the text around the
                best passages.
            embedder: Embedder. Null uses the default. When it changes, search uses the old vectors
                until re-embedding is done.

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
                max_answer_tokens=max_answer_tokens,
                thinking=thinking,
                summaries=summaries,
                top_k=top_k,
                similarity_floor=similarity_floor,
                history_messages=history_messages,
                reranker=reranker,
                language=language,
                rewrite_follow_ups=rewrite_follow_ups,
                lock_model=lock_model,
                local_only=local_only,
                expand_sources=expand_sources,
                embedder=embedder,
            )
        )
        request = Request("PATCH", f"/workspaces/{segment(workspace)}", body=body)
        return self._caller.call(request, models.Workspace, options)


class Operations(Resource):
    """One object per resource, and what belongs to none."""

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller)
        self.api_keys = ApiKeys(caller)
        self.audit = Audit(caller)
        self.auth = Auth(caller)
        self.chat = Chat(caller)
        self.comments = Comments(caller)
        self.documents = Documents(caller)
        self.evals = Evals(caller)
        self.events = Events(caller)
        self.invites = Invites(caller)
        self.jobs = Jobs(caller)
        self.models = Models(caller)
        self.prompts = Prompts(caller)
        self.settings = Settings(caller)
        self.shares = Shares(caller)
        self.sources = Sources(caller)
        self.system = System(caller)
        self.threads = Threads(caller)
        self.users = Users(caller)
        self.webhooks = Webhooks(caller)
        self.widgets = Widgets(caller)
        self.workspaces = Workspaces(caller)

    def app(self, **options: Unpack[CallOptions]) -> models.AppInfo:
        """Get the name of the installation and whether it needs setup.

        REST: ``GET /app``
        """
        request = Request("GET", "/app")
        return self._caller.call(request, models.AppInfo, options)

    def ask(
        self,
        workspace: str,
        question: str,
        *,
        thread_id: str | Omit = OMIT,
        mode: models.ChatMode | Omit = OMIT,
        model: str | Omit = OMIT,
        document_ids: Sequence[str] | Omit = OMIT,
        metadata: Mapping[str, str | float | bool] | Omit = OMIT,
        images: Sequence[models.Attachment | Mapping[str, Any]] | Omit = OMIT,
        max_answer_tokens: int | Omit = OMIT,
        thinking: models.Thinking | Omit = OMIT,
        allow_remote_content: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> AnswerStream:
        """Ask in the background.

        Args:
            workspace: Id or slug.
            question: The question.
            thread_id: Thread to continue. If omitted, a new thread is created.
            mode: Overrides the mode of the workspace.
            model: Overrides the model of the workspace.
            document_ids: Answer only from these documents.
            metadata: Answer only from documents whose metadata contains all of these values.
            images: Images for models that take them.
            max_answer_tokens: Overrides the maximum length of the answer in tokens.
            thinking: Overrides how much the model thinks.
            allow_remote_content: Keep images, links and HTML in the answer. By default they are
                converted to plain text.

        REST: ``POST /workspaces/{workspace}/answers``
        """
        body = models.ChatAskBody.model_validate(
            given(
                question=question,
                thread_id=thread_id,
                mode=mode,
                model=model,
                document_ids=document_ids,
                metadata=metadata,
                images=images,
                max_answer_tokens=max_answer_tokens,
                thinking=thinking,
                allow_remote_content=allow_remote_content,
            )
        )
        request = Request("POST", f"/workspaces/{segment(workspace)}/answers", body=body)
        return self._caller.ask(request, options)

    def cancel(self, answer_id: str, **options: Unpack[CallOptions]) -> None:
        """Cancel an answer.

        Args:
            answer_id: Id of the answer.

        REST: ``POST /answers/{answerId}/cancel``
        """
        request = Request("POST", f"/answers/{segment(answer_id)}/cancel")
        return self._caller.do(request, options)

    def get_answer(self, answer_id: str, **options: Unpack[CallOptions]) -> models.AnswerStatus:
        """Get the status of an answer.

        Args:
            answer_id: Id of the answer.

        REST: ``GET /answers/{answerId}``
        """
        request = Request("GET", f"/answers/{segment(answer_id)}")
        return self._caller.call(request, models.AnswerStatus, options)

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
        query_variants: Sequence[str] | Omit = OMIT,
        rerank: bool | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.SearchResult:
        """Search documents.

        Args:
            workspace: Id or slug.
            query: What to search for.
            k: Number of passages to return.
            document_ids: Search only these documents.
            metadata: Search only documents whose metadata contains all of these values.
            similarity_floor: Minimum cosine similarity of vector search results.
            query_variants: Alternative wordings of the query. All are searched, and the results are
                merged.
            rerank: False skips the reranker of the workspace.

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
                query_variants=query_variants,
                rerank=rerank,
            )
        )
        request = Request("POST", f"/workspaces/{segment(workspace)}/search", body=body)
        return self._caller.call(request, models.SearchResult, options)

    def status(self, **options: Unpack[CallOptions]) -> models.SystemStatus:
        """Get the server status.

        REST: ``GET /status``
        """
        request = Request("GET", "/status")
        return self._caller.call(request, models.SystemStatus, options)

    def usage_summary(
        self,
        since: datetime,
        until: datetime,
        *,
        by: models.UsageGrouping | Omit = OMIT,
        workspace: str | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.UsageSummary:
        """Summarize the usage.

        Questions, tokens and times per day, user, model or workspace. Counts stay when threads are
            deleted; days are kept for 400 days.

        Args:
            since: First day (UTC).
            until: Last day (UTC), at most 366 days from the first.
            by: What a row stands for.
            workspace: Only questions in this workspace (id or slug).

        REST: ``GET /usage``
        """
        request = Request(
            "GET", "/usage", query=given(since=since, until=until, by=by, workspace=workspace)
        )
        return self._caller.call(request, models.UsageSummary, options)

    def watch(
        self, answer_id: str, last_event_id: str | None = None, **options: Unpack[CallOptions]
    ) -> EventStream[models.AnswerEvent]:
        """Stream the events of an answer.

        Args:
            answer_id: Id of the answer.
            last_event_id: Begins after this event. A line that drops is picked up by itself.

        REST: ``GET /answers/{answerId}/events``
        """
        request = Request("GET", f"/answers/{segment(answer_id)}/events", is_resumable=True)
        return self._caller.stream(request, models.AnswerEvent, options, last_event_id)
