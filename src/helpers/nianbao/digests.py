"""The digest of bytes: the same for the same bytes, and for no others."""

from __future__ import annotations

import hashlib


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
