"""Verifies webhooks (Standard Webhooks)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

TOLERANCE = timedelta(minutes=5)


class WebhookVerificationError(ValueError):
    """The webhook is forged or too old."""


def verify_webhook(
    payload: bytes | str,
    headers: Mapping[str, str],
    secret: str,
    *,
    tolerance: timedelta = TOLERANCE,
    now: float | None = None,
) -> Any:
    """Verifies the signature and age of a webhook, and returns its JSON.

    Args:
        payload: The raw request body. Reserialized JSON would not match the signature.
        headers: The request headers, including the three of Standard Webhooks.
        secret: ``whsec_...``, as the server showed it.
        tolerance: Maximum difference between the timestamp and the current time.
        now: Seconds since 1970, for tests.

    Raises:
        WebhookVerificationError: Answer such a request with 400, and do nothing else.
    """
    body = payload.encode() if isinstance(payload, str) else payload
    lower = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp, signatures = (
        _header(lower, name) for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    )
    if not timestamp.isascii() or not timestamp.isdigit():
        raise WebhookVerificationError("webhook-timestamp is not a number of seconds")
    if abs((time.time() if now is None else now) - int(timestamp)) > tolerance.total_seconds():
        raise WebhookVerificationError("webhook-timestamp is too far from now")
    signed = b".".join([message_id.encode(), timestamp.encode(), body])
    expected = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    # After a change of the secret there are several signatures.
    if not any(hmac.compare_digest(expected, given) for given in _decode(signatures)):
        raise WebhookVerificationError("no signature matches the body and the secret")
    try:
        return json.loads(body)
    except ValueError as cause:
        raise WebhookVerificationError("the payload is not valid JSON") from cause


def _header(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "")
    if not value:
        raise WebhookVerificationError(f"the header {name} is missing")
    return value


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError as cause:
        raise ValueError("secret must be whsec_ followed by base64") from cause
    if not key:
        raise ValueError("secret must be whsec_ followed by base64")
    return key


def _decode(signatures: str) -> list[bytes]:
    decoded = []
    for part in signatures.split(" "):
        version, _, signature = part.partition(",")
        if version == "v1":
            try:
                decoded.append(base64.b64decode(signature, validate=True))
            except ValueError:
                continue
    return decoded
