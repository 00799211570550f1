"""What kind of file an answer may be, told from its bytes: a name is only what somebody says.

Pages, scripts, programs and vector drawings are not taken: another reader's browser would run what
is in them.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from marsad.questionnaires import problems

#: Endings that are taken, the kind they stand for, and how such a file begins; a place in the file
#: where that is not its first byte.
_KINDS: tuple[tuple[tuple[str, ...], str, tuple[bytes, ...], int], ...] = (
    ((".jpg", ".jpeg"), "image/jpeg", (b"\xff\xd8\xff",), 0),
    ((".png",), "image/png", (b"\x89PNG\r\n\x1a\n",), 0),
    ((".gif",), "image/gif", (b"GIF87a", b"GIF89a"), 0),
    ((".webp",), "image/webp", (b"WEBP",), 8),
    ((".heic", ".heif"), "image/heic", (b"ftyp",), 4),
    ((".tif", ".tiff"), "image/tiff", (b"II*\x00", b"MM\x00*"), 0),
    ((".mp3",), "audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), 0),
    ((".m4a",), "audio/mp4", (b"ftyp",), 4),
    ((".wav",), "audio/wav", (b"WAVE",), 8),
    ((".ogg", ".oga", ".opus"), "audio/ogg", (b"OggS",), 0),
    ((".amr",), "audio/amr", (b"#!AMR",), 0),
    ((".mp4", ".m4v", ".3gp", ".mov"), "video/mp4", (b"ftyp", b"moov", b"mdat"), 4),
    ((".webm",), "video/webm", (b"\x1aE\xdf\xa3",), 0),
    ((".pdf",), "application/pdf", (b"%PDF-",), 0),
    (
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (b"PK\x03\x04",),
        0,
    ),
    (
        (".xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (b"PK\x03\x04",),
        0,
    ),
    (
        (".pptx",),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (b"PK\x03\x04",),
        0,
    ),
    ((".odt",), "application/vnd.oasis.opendocument.text", (b"PK\x03\x04",), 0),
    ((".ods",), "application/vnd.oasis.opendocument.spreadsheet", (b"PK\x03\x04",), 0),
    ((".zip",), "application/zip", (b"PK\x03\x04",), 0),
    (
        (".doc", ".xls", ".ppt"),
        "application/vnd.ms-office",
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
        0,
    ),
    ((".rtf",), "application/rtf", (b"{\\rtf",), 0),
    ((".txt",), "text/plain", (), 0),
    ((".csv",), "text/csv", (), 0),
)
#: Kinds that a browser may show by itself; the others are handed out as downloads.
SHOWN = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/webp", "audio/mpeg", "audio/mp4", "audio/wav"}
    | {"audio/ogg", "video/mp4", "video/webm"}
)
#: What may stand in a name beside letters, digits and marks: the rest becomes a line.
_UNSAFE = re.compile(r"[^\w.()\- ]+")
_LONGEST_NAME = 120


def kind_of(*, name: str, data: bytes, accept: str = "") -> str:
    """The kind of a file, e.g. "image/png".

    :param accept: what the question takes, e.g. "image/*"; everything where it does not say.
    :raises FileOfWrongKind: if it is none that is taken, or not what its name says.

    >>> kind_of(name="تقرير.pdf", data=b"%PDF-1.7 ...")
    'application/pdf'
    """
    ending = PurePath(name).suffix.lower()
    for endings, kind, beginnings, at in _KINDS:
        if ending in endings and _begins(data, beginnings, at) and _accepted(kind, accept):
            return kind
    raise problems.FileOfWrongKind(name=name)


def kind_of_sent(*, name: str, data: bytes, said: str) -> str:
    """The kind of a file that a phone sent, whatever it says; but a sound may come as a film does.

    :param said: the kind as its sender says.
    :raises FileOfWrongKind: as `kind_of` does.

    >>> kind_of_sent(name="a.3gp", data=b"....ftyp3gp4", said="audio/3gpp")
    'audio/mp4'
    """
    kind = kind_of(name=name, data=data)
    # One container for both, and only whoever recorded it knows.
    return "audio/mp4" if kind == "video/mp4" and said.startswith("audio/") else kind


def _begins(data: bytes, beginnings: tuple[bytes, ...], at: int) -> bool:
    if not beginnings:
        return b"\0" not in data[:4096]
    return any(data.startswith(beginning, at) for beginning in beginnings)


def _accepted(kind: str, accept: str) -> bool:
    wanted = [one.strip().lower() for one in accept.split(",") if one.strip()]
    # "application/*" and "*/*" are how a form says that any file will do.
    if not wanted or {"application/*", "*/*"} & set(wanted):
        return True
    return any(kind == one or (one.endswith("/*") and kind.startswith(one[:-1])) for one in wanted)


def safe_name(name: str, *, taken: frozenset[str] | set[str] = frozenset()) -> str:
    """The name under which an answer keeps a file: letters of every script, nothing that bites.

    >>> safe_name("C:\\\\نسخة <1>/تقرير\\u202e.pdf"), safe_name("a.pdf", taken={"a.pdf"})
    ('تقرير.pdf', 'a-2.pdf')
    """
    bare = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Marks that turn the direction hide the true ending of a name.
    bare = "".join(one for one in bare if unicodedata.category(one) not in ("Cf", "Cc", "Cs"))
    bare = _UNSAFE.sub("_", bare).strip(" .") or "file"
    path = PurePath(bare)
    stem, ending = path.stem[:_LONGEST_NAME], path.suffix[:10]
    chosen, number = stem + ending, 1
    while chosen in taken:
        number += 1
        chosen = f"{stem}-{number}{ending}"
    return chosen
