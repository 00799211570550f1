"""The data root: files named by their content, in a folder or in an object store.

A file that is there never changes and need never be written twice. What is read is a file on this
machine: of a folder the file itself, of an object store a copy beside the other data of the house.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import pyarrow.fs as fs
from django.conf import settings

from marsad.statistics import problems

_BLOCK = 1024 * 1024
#: What files of figures end in. Whatever else a name ends in says nothing about the content.
_SENT = frozenset({".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".parquet"})


def put(file: Path, *, suffix: str) -> str:
    """Keep a file; its SHA-256, which is its name."""
    digest = digest_of(file)
    system, root = _root()
    folder = f"{root}/{digest[:2]}"
    name = f"{folder}/{digest}{suffix}"
    # One of another size was cut off, as a disk does when the power goes: it is written anew.
    if _size(system, name) == file.stat().st_size:
        return digest
    system.create_dir(folder, recursive=True)
    # Written beside and then named, so that nobody ever reads half of it; each beside on their own,
    # for the same file may come twice at once.
    part = f"{name}.{secrets.token_hex(8)}.part"
    with file.open("rb") as read, system.open_output_stream(part) as write:
        shutil.copyfileobj(read, write, _BLOCK)
    _settle(system, part)
    system.move(part, name)
    _settle(system, folder)
    return digest


def get(digest: str, *, suffix: str) -> Path:
    """The file of that content, on this machine.

    :raises DataMissing: where the data root has none.
    """
    system, root = _root()
    name = f"{root}/{digest[:2]}/{digest}{suffix}"
    size = _size(system, name)
    if size is None:
        raise problems.DataMissing(digest=digest[:12])
    if isinstance(system, fs.LocalFileSystem):
        return Path(name)
    return _copied(system, name, size=size, kept=f"{digest}{suffix}")


def is_whole(digest: str, *, suffix: str) -> bool:
    """Whether the data root has the file of that content, and nobody cut it off or changed it."""
    try:
        return digest_of(get(digest, suffix=suffix)) == digest
    except problems.DataMissing:
        return False


def remove(digest: str, *, suffix: str) -> None:
    """Take a file out, where it is there: of records nobody keeps, of figures that never counted.

    Figures of an edition, or that were in force, are never taken out.
    """
    system, root = _root()
    name = f"{root}/{digest[:2]}/{digest}{suffix}"
    if _size(system, name) is not None:
        system.delete_file(name)
    copied = Path(settings.MARSAD_HOME) / "figures-cache" / f"{digest}{suffix}"
    copied.unlink(missing_ok=True)


def digests(*, suffix: str, before: datetime) -> list[str]:
    """Of the files that end so, those that were written before a moment."""
    system, root = _root()
    found = system.get_file_info(fs.FileSelector(root, recursive=True, allow_not_found=True))
    return [
        each.base_name.removesuffix(suffix)
        for each in found
        if each.type == fs.FileType.File and each.base_name.endswith(suffix) and each.mtime < before
    ]


def suffix_of(name: str) -> str:
    """What a file that somebody sent ends in here; "" where its name says nothing we know."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in _SENT else ""


def digest_of(file: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def _root() -> tuple[fs.FileSystem, str]:
    """The file system of the data root, and the path of the root in it."""
    where = str(settings.DATA_ROOT)
    if "://" not in where:
        return fs.LocalFileSystem(), str(Path(where).resolve())
    system, path = fs.FileSystem.from_uri(where)
    return system, path.rstrip("/")


def _size(system: fs.FileSystem, name: str) -> int | None:
    """How many bytes a file has; None where there is none."""
    found = system.get_file_info(name)
    return int(found.size) if found.type == fs.FileType.File else None


def _settle(system: fs.FileSystem, name: str) -> None:
    """See to it that what was written is on the disk before anything speaks of it."""
    if isinstance(system, fs.LocalFileSystem):
        opened = os.open(name, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _copied(system: fs.FileSystem, name: str, *, size: int, kept: str) -> Path:
    copy = Path(settings.MARSAD_HOME) / "figures-cache" / kept
    if not copy.exists() or copy.stat().st_size != size:
        copy.parent.mkdir(parents=True, exist_ok=True)
        with (
            system.open_input_stream(name) as read,
            NamedTemporaryFile("wb", dir=copy.parent, delete=False) as write,
        ):
            shutil.copyfileobj(read, write, _BLOCK)
        Path(write.name).replace(copy)
    return copy
