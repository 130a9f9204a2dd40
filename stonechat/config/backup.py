"""One file with everything in it: written while people work, and proven when it is put back.

A tar archive: the database's members under `database/`, what lies in STONECHAT_DATA_DIR under
`files/` (media and keys), and `manifest.json` last. The database is taken first, so every
picture that a row names is there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import IO

import msgspec
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from stonechat.config.backup_manifest import Content, Manifest, differences
from stonechat.core import clock

MANIFEST = "manifest.json"
COPIES_KEPT = 3  # of the SQLite file, one before each upgrade or restore
LEFT_OUT = ("backups", "wake")  # folders of DATA_DIR that a restored server makes anew
TEMPORARY = "restoring-"


class CannotRestore(Exception):
    """The backup does not fit, or its target is in use; nothing was changed."""


def engine() -> ModuleType:
    """`backup_sqlite` or `backup_postgres`: the same functions for both databases."""
    if connection.vendor == "postgresql":
        from stonechat.config import backup_postgres

        return backup_postgres
    from stonechat.config import backup_sqlite

    return backup_sqlite


# Writing.


def write(target: Path) -> Manifest:
    """Write a backup; the file appears under its name only when it is whole."""
    part = target.with_name(target.name + ".part")
    part.touch(mode=0o600)  # keys and everybody's words lie in it
    packed = target.suffix in (".gz", ".tgz")
    with (
        tempfile.TemporaryDirectory(dir=target.parent) as folder,
        tarfile.open(part, "w:gz" if packed else "w") as archive,
    ):
        manifest = _fill(archive, Path(folder), {target.resolve(), part.resolve()})
    part.replace(target)
    return manifest


def _fill(archive: tarfile.TarFile, folder: Path, excluded: set[Path]) -> Manifest:
    tables = engine().dump(folder)
    database = {f.name: _add(archive, f, f"database/{f.name}") for f in sorted(folder.iterdir())}
    manifest = Manifest(
        version=settings.STONECHAT_VERSION,
        made_at=clock.now().isoformat(),
        engine=connection.vendor,
        migrations=sorted(MigrationRecorder(connection).applied_migrations()),
        tables=tables,
        sequences=engine().sequences(),
        database=database,
        files=_add_files(archive, excluded),
    )
    (folder / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    archive.add(folder / MANIFEST, MANIFEST)
    return manifest


def _add_files(archive: tarfile.TarFile, excluded: set[Path]) -> dict[str, Content]:
    files = {}
    for path in _data_files(excluded):
        name = path.relative_to(settings.STONECHAT_DATA_DIR).as_posix()
        try:
            files[name] = _add(archive, path, f"files/{name}")
        except FileNotFoundError:
            continue  # deleted since we listed it, with the row that named it
    return files


def _data_files(excluded: set[Path]) -> Iterator[Path]:
    """Every ordinary file of DATA_DIR but the database, locks, sockets and earlier copies."""
    root: Path = settings.STONECHAT_DATA_DIR
    database = str(connection.settings_dict["NAME"])
    for path in sorted(root.rglob("*")):
        top = path.relative_to(root).parts[0]
        ours = top in LEFT_OUT or top.startswith(TEMPORARY) or path.suffix == ".lock"
        if ours or str(path).startswith(database) or path.resolve() in excluded:
            continue
        if path.is_file():
            yield path


def _add(archive: tarfile.TarFile, path: Path, name: str) -> Content:
    with path.open("rb") as file:
        info = archive.gettarinfo(name, name, file)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        hashed = _Hashed(file)
        archive.addfile(info, hashed)
        return Content(info.size, hashed.digest.hexdigest())


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


# Restoring.


def restore(source: Path, replace: bool) -> tuple[Manifest, list[str]]:
    """Put a backup back; its manifest, and a sentence for everything that then differs.

    Raises `CannotRestore` before anything is changed.
    """
    if not replace and not _is_empty():
        raise CannotRestore(
            "There is data here already. Restore into an empty STONECHAT_DATA_DIR and database, "
            "or add --replace to put the backup in its place."
        )
    with _unpacked(source) as folder:
        manifest = _manifest(folder)
        _check(manifest, folder)
        return manifest, _put_back(manifest, folder)


def _is_empty() -> bool:
    media = settings.STONECHAT_DATA_DIR / "media"
    return engine().is_empty() and not (media.exists() and any(media.rglob("*")))


@contextmanager
def _unpacked(source: Path) -> Iterator[Path]:
    """The archive's ordinary files in a folder of their own, gone afterwards."""
    settings.STONECHAT_DATA_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=TEMPORARY, dir=settings.STONECHAT_DATA_DIR) as name:
        try:
            with tarfile.open(source) as archive:
                for member in archive:
                    _unpack(archive, member, Path(name))
        except (tarfile.TarError, EOFError, OSError) as error:
            raise CannotRestore(f"{source} cannot be read as a backup: {error}.") from error
        yield Path(name)


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one member below the folder; anything that points elsewhere ends the restore."""
    parts = Path(member.name).parts
    if not member.isreg() or Path(member.name).is_absolute() or ".." in parts:
        raise CannotRestore(f"The archive names {member.name!r}, which no backup of ours holds.")
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    content = archive.extractfile(member)
    assert content is not None  # so it is with regular files
    with content, target.open("xb") as file:
        shutil.copyfileobj(content, file)


def _manifest(folder: Path) -> Manifest:
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise CannotRestore(f"Its manifest cannot be read: {error}.") from error


def _check(manifest: Manifest, folder: Path) -> None:
    """Refuse what is damaged, of another engine, or newer than this program."""
    if manifest.engine != connection.vendor:
        raise CannotRestore(
            f"It holds a {manifest.engine} database and STONECHAT_DATABASE_URL names a "
            f"{connection.vendor} one: set it to one of the same kind."
        )
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {})
    if unknown := sorted(set(manifest.migrations) - known):
        raise CannotRestore(
            f"It was made by a newer Stonechat ({manifest.version}; {'.'.join(unknown[0])} is "
            "unknown here): install that version first."
        )
    damaged = differences(manifest.database, _files_in(folder / "database"), "The file")
    damaged += differences(manifest.files, _files_in(folder / "files"), "The file")
    if damaged:
        raise CannotRestore("It is damaged: " + " ".join(damaged))


def _put_back(manifest: Manifest, folder: Path) -> list[str]:
    keep_copy("restore")
    engine().prepare(manifest.migrations)
    engine().load(folder / "database", manifest.sequences)
    for name in manifest.files:
        target = settings.STONECHAT_DATA_DIR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder / "files" / name).replace(target)
    found = {name: _content(settings.STONECHAT_DATA_DIR / name) for name in manifest.files}
    wrong = differences(manifest.tables, engine().contents(), "The table")
    wrong += differences(manifest.files, found, "The file")
    engine().begin_epoch()
    return wrong


def _files_in(folder: Path) -> dict[str, Content]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): _content(path) for path in paths}


def _content(path: Path) -> Content:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Content(os.fstat(file.fileno()).st_size, digest)


def summary(manifest: Manifest) -> str:
    """How much a backup holds, in words."""
    rows = sum(table.count for table in manifest.tables.values())
    return f"{rows:,} rows in {len(manifest.tables)} tables and {len(manifest.files):,} files"


# Before a change that is hard to undo.


def keep_copy(reason: str) -> Path | None:
    """Copy the SQLite file to `backups/before-<reason>-<time>`, keeping the last three."""
    if connection.vendor != "sqlite" or engine().is_empty():
        return None
    folder: Path = settings.STONECHAT_DATA_DIR / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")  # file names tell real time
    target = folder / f"before-{reason}-{stamp}.sqlite3"
    engine().copy(target)
    target.chmod(0o600)
    copies = sorted(folder.glob("before-*.sqlite3"), key=lambda path: path.stat().st_mtime)
    for old in copies[:-COPIES_KEPT]:
        old.unlink()
    return target
