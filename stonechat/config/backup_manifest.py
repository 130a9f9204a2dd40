"""What a backup says about itself."""

from __future__ import annotations

import msgspec


class Content(msgspec.Struct, frozen=True):
    """How many rows a table has (or bytes a file), and the SHA-256 of them in order."""

    count: int
    digest: str


class Manifest(msgspec.Struct, frozen=True):
    """The last member of a backup, `manifest.json`."""

    version: str
    made_at: str
    engine: str  # "sqlite" or "postgresql"; a backup goes back into the engine it came from
    migrations: list[tuple[str, str]]
    tables: dict[str, Content]
    sequences: dict[str, int]  # on PostgreSQL, by name, the last value each handed out
    database: dict[str, Content]  # the database's own members of the archive
    files: dict[str, Content]  # what lies in STONECHAT_DATA_DIR, by relative path


def differences(said: dict[str, Content], found: dict[str, Content], what: str) -> list[str]:
    """A sentence for each table or file that is not as the manifest says."""
    return [
        f"{what} {name} should hold {content.count:,} and holds "
        f"{found[name].count if name in found else 0:,}, or its content differs."
        for name, content in said.items()
        if found.get(name) != content
    ]
