"""A device that holds passkeys, as its maker would write it: it signs what it is asked to."""

import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


class Device:
    """One key for one site; `verified` is whether it asked for a finger, a face or a PIN."""

    def __init__(self, site: str = "localhost", origin: str = "http://localhost:8000") -> None:
        self.site, self.origin, self.verified = site, origin, True
        self.id = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.count = 0

    def make(self, challenge: str) -> str:
        """The answer to being asked for a new key."""
        point = self.key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(key)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(HOLDS_KEY) + held}
        client = self._client("webauthn.create", challenge)
        return self._answer(clientDataJSON=client, attestationObject=cbor2.dumps(attested))

    def sign(self, challenge: str) -> str:
        """The answer to being asked to sign in."""
        self.count += 1
        client, data = self._client("webauthn.get", challenge), self._data(0)
        signed = data + hashlib.sha256(client).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verified else 0)
        site = hashlib.sha256(self.site.encode()).digest()
        return site + bytes([flags]) + self.count.to_bytes(4, "big")

    def _answer(self, **parts: bytes) -> str:
        name = bytes_to_base64url(self.id)
        response: dict[str, Any] = {key: bytes_to_base64url(part) for key, part in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
