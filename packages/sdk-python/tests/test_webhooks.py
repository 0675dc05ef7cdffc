from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from lorebox import WebhookVerificationError, verify_webhook

# The example of the Standard Webhooks specification.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
TIMESTAMP = 1614265330
PAYLOAD = '{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def headers(**other: str) -> dict[str, str]:
    plain = {"id": ID, "timestamp": str(TIMESTAMP), "signature": SIGNATURE, **other}
    return {f"Webhook-{name.title()}": value for name, value in plain.items()}


def verify(payload: str | bytes = PAYLOAD, now: float = TIMESTAMP, **other: str) -> object:
    return verify_webhook(payload, headers(**other), SECRET, now=now)


def test_takes_what_the_server_signed() -> None:
    assert verify() == {"test": 2432232314}
    assert verify(PAYLOAD.encode()) == {"test": 2432232314}
    assert verify(now=TIMESTAMP + 299) == verify(now=TIMESTAMP - 299)
    assert verify(signature=f"v1a,x v1,AAAA v1,%%% v1,ä {SIGNATURE}")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"payload": '{"test": 2432232315}'}, "signature"),
        ({"id": "msg_other"}, "signature"),
        ({"signature": SIGNATURE.replace("v1", "v2")}, "signature"),
        ({"signature": "v1,"}, "signature"),
        ({"signature": ""}, "missing"),
        ({"timestamp": "yesterday"}, "number"),
        ({"timestamp": "²"}, "number"),
        ({"now": TIMESTAMP + 301}, "too far"),
        ({"now": TIMESTAMP - 301}, "too far"),
    ],
)
def test_refuses_everything_else(wrong: dict[str, str], why: str) -> None:
    with pytest.raises(WebhookVerificationError, match=why):
        verify(**wrong)  # type: ignore[arg-type]


def test_refuses_missing_headers_and_secrets_that_are_none() -> None:
    with pytest.raises(WebhookVerificationError, match="webhook-id"):
        verify_webhook(PAYLOAD, {}, SECRET)
    for secret in ("whsec_", "whsec_nö", "not base64!"):
        with pytest.raises(ValueError, match="whsec_"):
            verify_webhook(PAYLOAD, headers(), secret, now=TIMESTAMP)


def test_refuses_a_payload_that_is_no_json() -> None:
    body = b"\xff"
    signed = f"{ID}.{TIMESTAMP}.".encode() + body
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    with pytest.raises(WebhookVerificationError, match="not valid JSON"):
        verify(body, signature=f"v1,{signature}")
