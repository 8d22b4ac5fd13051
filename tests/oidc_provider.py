"""A small OpenID Connect provider on this machine, with discovery, codes, signed tokens and userinfo."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KID = "one"
CLIENT = ("stedkraft", "shared secret")


class Provider:
    """Says of whoever comes what `person` holds; `asked` keeps what it was asked at its door."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person: dict[str, Any] = {"sub": "anna-1", "email": "anna@kommune.example", "name": "Anna And"}
        self.asked: list[dict[str, str]] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *told: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def app(self, **said: Any) -> dict[str, Any]:
        """How the register is told of this provider."""
        client_id, secret = CLIENT
        return {
            "id": "kommunen", "name": "Kommunen", "client_id": client_id, "client_secret": secret,
            "server_url": self.url,
        } | said  # fmt: skip

    # What it answers

    def discovery(self) -> dict[str, Any]:
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **{f"{name}_endpoint": f"{self.url}/{path}" for name, path in ends.items()},
        }

    def jwks(self) -> dict[str, Any]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [key | {"kid": KID, "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Everybody is let in at once; the address to go back to."""
        self.asked.append(asked)
        code = f"code-{len(self.asked)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> dict[str, Any] | None:
        """A code is good once, for the client that asked, with the secret the browser never saw."""
        begun = self.codes.pop(asked.get("code", ""), None)
        if begun is None or (asked.get("client_id"), asked.get("client_secret")) != CLIENT:
            return None
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != begun["code_challenge"]:
            return None
        now = int(time.time())
        claims = self.person | {"iss": self.url, "aud": CLIENT[0], "iat": now, "exp": now + 300}
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": KID})
        return {"access_token": "open sesame", "token_type": "Bearer", "id_token": token, "expires_in": 300}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (Handler,), {"provider": provider})


class Handler(BaseHTTPRequestHandler):
    """Brings what is asked to the provider."""

    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        match parts.path:
            case "/.well-known/openid-configuration":
                self.say(self.provider.discovery())
            case "/jwks":
                self.say(self.provider.jwks())
            case "/authorize":
                self.lead(self.provider.authorize(_flat(parts.query)))
            case "/userinfo" if self.headers["Authorization"] == "Bearer open sesame":
                self.say(self.provider.person)
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = self.provider.token(_flat(sent))
        self.say(answer or {"error": "invalid_grant"}, 200 if answer else 400)

    def lead(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def say(self, what: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keeps quiet."""


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
