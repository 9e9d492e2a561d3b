"""The hash chain of the audit log, without a database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64


def canonical(fields: Mapping[str, Any]) -> str:
    """The one text form of an entry that is hashed: sorted keys, no spaces, NFC as stored."""
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def entry_hash(previous_hash: str, fields: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash and the canonical form of this entry (hex)."""
    return hashlib.sha256(f"{previous_hash}\n{canonical(fields)}".encode()).hexdigest()
