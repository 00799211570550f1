"""The data root: files named by their content, in a folder or in an object store.

A file that is there never changes and need never be written twice. What is read is a file on this
machine: of a folder the file itself, of an object store a copy beside the other data of the house.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
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
    name = f"{root}/{digest[:2]}/{digest}{suffix}"
    if system.get_file_info(name).type == fs.FileType.File:
        return digest
    system.create_dir(name.rpartition("/")[0], recursive=True)
    # Written beside and then named, so that nobody ever reads half of it; each beside on their own,
    # for the same file may come twice at once.
    part = f"{name}.{secrets.token_hex(8)}.part"
    with file.open("rb") as read, system.open_output_stream(part) as write:
        shutil.copyfileobj(read, write, _BLOCK)
    system.move(part, name)
    return digest


def get(digest: str, *, suffix: str) -> Path:
    """The file of that content, on this machine.

    :raises DataMissing: where the data root has none.
    """
    system, root = _root()
    name = f"{root}/{digest[:2]}/{digest}{suffix}"
    if system.get_file_info(name).type != fs.FileType.File:
        raise problems.DataMissing(digest=digest[:12])
    if isinstance(system, fs.LocalFileSystem):
        return Path(name)
    return _copied(system, name, digest=digest, suffix=suffix)


def has(digest: str, *, suffix: str) -> bool:
    """Whether the data root has the file of that content."""
    system, root = _root()
    found = system.get_file_info(f"{root}/{digest[:2]}/{digest}{suffix}")
    return bool(found.type == fs.FileType.File)


def remove(digest: str, *, suffix: str) -> None:
    """Take a file out, where it is there: of records nobody keeps, of figures that never counted.

    Figures of an edition, or that were in force, are never taken out.
    """
    system, root = _root()
    name = f"{root}/{digest[:2]}/{digest}{suffix}"
    if system.get_file_info(name).type == fs.FileType.File:
        system.delete_file(name)
    copied = Path(settings.MARSAD_HOME) / "figures-cache" / f"{digest}{suffix}"
    copied.unlink(missing_ok=True)


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


def _copied(system: fs.FileSystem, name: str, *, digest: str, suffix: str) -> Path:
    kept = Path(settings.MARSAD_HOME) / "figures-cache" / f"{digest}{suffix}"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with (
            system.open_input_stream(name) as read,
            NamedTemporaryFile("wb", dir=kept.parent, delete=False) as write,
        ):
            shutil.copyfileobj(read, write, _BLOCK)
        Path(write.name).replace(kept)
    return kept
