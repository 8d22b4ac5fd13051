"""What a receiver knows us by: a signature as the Standard Webhooks have it (standardwebhooks.com)."""

import base64
import hmac

PREFIX = "whsec_"


def signature(secret: str, number: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 over id, time and body, so that none of them can be another's."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{number}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def headers_of(secret: str, number: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers that go with a body."""
    return {
        "webhook-id": number,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, number, timestamp, body),
    }
