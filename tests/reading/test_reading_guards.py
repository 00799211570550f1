"""Bad input: each kind gets its sentence, and none takes the machine down."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import docx
import pytest

from marsad import reading
from marsad.problems import Invalid, Refused
from marsad.reading import errors, ocr
from tests.reading.samples import (
    any_docx,
    any_pdf,
    empty_pdf,
    picture,
    raw_docx,
    raw_pdf,
    saved,
    typeset,
)


def problem(data: bytes, name: str = "report.txt", **limits) -> errors.CannotRead:
    with pytest.raises((errors.CannotRead, errors.WillNotRead)) as caught:
        reading.read(data, name=name, limits=reading.Limits(**limits))
    sentence = str(caught.value)
    assert name in sentence
    assert "{" not in sentence
    return caught.value


@pytest.mark.parametrize(
    "data", [b"", b"  \n\t ", b"\xef\xbb\xbf\n", b"\0\0\0", "\u200f \u00a0".encode()]
)
def test_it_says_that_an_empty_file_is_empty(data):
    assert problem(data).code == "reading.empty"


@pytest.mark.parametrize("make", [lambda: raw_docx("<w:p/>"), lambda: b"<html><p> </p></html>"])
def test_it_says_that_a_document_without_words_is_empty(make):
    assert problem(make(), "report").code == "reading.empty"


@pytest.mark.parametrize("format_name", ["PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"])
def test_it_refuses_a_picture_renamed_to_a_text(format_name):
    assert problem(picture(format_name)).code == "reading.picture-not-text"


def test_it_refuses_a_file_over_the_limit_before_it_is_read(tmp_path):
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    tracemalloc.start()
    try:
        with pytest.raises(errors.TooLarge) as caught:
            reading.read_file(huge)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()

    assert caught.value.details == {"name": "huge.pdf", "megabytes": 200, "limit": "50"}
    assert isinstance(caught.value, Refused)


def with_password(pdf: bytes) -> bytes:
    """`pdf` said to be encrypted, in a way no empty password opens."""
    broken = pdf.rindex(b"trailer") if b"trailer" in pdf else None
    encrypt = (
        b"<</Filter/Standard/V 1/R 2/Length 40/P -44/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>"
    )
    assert broken is not None
    return pdf[:broken] + pdf[broken:].replace(b"<<", b"<</ID[(a)(a)]/Encrypt " + encrypt, 1)


def test_it_refuses_a_pdf_with_a_password():
    assert problem(with_password(empty_pdf()), "a.pdf").code == "reading.password"


def test_it_refuses_an_office_file_with_a_password():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le").join(
        [b"\0" * 99] * 2
    )

    assert problem(data, "a.docx").code == "reading.password"


def test_it_says_what_to_install_where_there_is_no_text_recognition(monkeypatch):
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)

    for data, name in [(empty_pdf(), "scan.pdf"), (picture(), "scan.png")]:
        caught = problem(data, name)
        assert caught.code == "reading.no-text-layer"
        assert "Tesseract" in str(caught)


def test_it_refuses_a_truncated_docx():
    assert problem(any_docx()[:-3000], "a.docx").code == "reading.truncated"


def test_it_refuses_a_truncated_pdf():
    assert problem(any_pdf()[:700], "a.pdf").code == "reading.truncated"


def test_it_refuses_a_bomb_by_what_its_directory_declares():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("word/document.xml", b" " * 30_000_000)

    assert len(held.getvalue()) < 40_000
    assert problem(held.getvalue(), "a.docx").code == "reading.zip-bomb"


def test_it_counts_the_bytes_of_a_bomb_whose_directory_lies():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b"x" * 5_000_000 + b"</a>")
    data = held.getvalue()
    lying = data.replace(struct.pack("<L", 5_000_007), struct.pack("<L", 1_000))

    assert problem(lying, "a.docx", part=100_000).code in ("reading.damaged", "reading.zip-bomb")
    assert problem(data, "a.docx", part=100_000, ratio=10**6).code == "reading.zip-bomb"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_it_expands_no_entity_and_fetches_nothing(declared):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", declared + "<a>&b;</a>")

    assert problem(held.getvalue(), "a.docx").code == "reading.damaged"


def test_it_survives_elements_without_end():
    deep = "<w:sdt>" * 100_000 + "</w:sdt>" * 100_000

    assert problem(raw_docx(deep), "a.docx").code == "reading.damaged"
    page = b"<html><body>" + b"<div>" * 100_000 + b"deep"
    assert problem(page, "a.html").code == "reading.damaged"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "DOC"),
        (
            b"PK\x03\x04\x14\0\0\0\0\0"
            + b"\0" * 20
            + b"mimetypeapplication/vnd.oasis.opendocument.text",
            "ODT",
        ),
        (b"\x1f\x8b\x08\0" + b"\0" * 60, "gzip"),
        (b"PK\x03\x04" + b"xl/workbook [Content_Types].xml", "Excel"),
        (b"\x7fELF\x02\x01\x01\0", "program"),
    ],
)
def test_it_names_a_format_it_does_not_read(data, said):
    caught = problem(data, "file")

    assert caught.code == "reading.unsupported"
    assert said in str(caught)
    assert isinstance(caught, Invalid)


def test_it_refuses_a_zip_inside_a_zip():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("inner.zip", any_docx()[:200])

    assert problem(held.getvalue(), "a.docx").code.startswith("reading.")


def test_it_refuses_bytes_that_are_no_text():
    assert problem(bytes(range(1, 256)) * 20).code in (
        "reading.not-text",
        "reading.unknown-encoding",
    )
    assert problem(b"abc\0\0\0\0\x01\x02" * 100).code == "reading.not-text"


def test_it_refuses_pages_over_the_limit():
    assert problem(typeset("a\n#pagebreak()\nb"), "a.pdf", pages=1).code == "reading.too-many-pages"


def test_it_refuses_a_picture_that_unpacks_too_far():
    assert problem(picture(size=(2000, 2000)), "a.png", pixels=10_000).code == "reading.zip-bomb"


@pytest.mark.parametrize("kind", reading.Kind)
def test_it_never_serves_what_could_run(kind):
    media_type, disposition = reading.safe_media_type(kind)

    assert disposition == "attachment"
    assert "html" not in media_type
    assert "svg" not in media_type


def test_it_keeps_its_sentences_when_a_worker_passes_them_on():
    import pickle

    caught = problem(b"", "x.txt")

    assert str(pickle.loads(pickle.dumps(caught))) == str(caught)


def test_it_reads_an_ordinary_document_of_many_equal_lines():
    document = docx.Document()
    for _ in range(3_000):
        document.add_paragraph("The same line again.")

    assert reading.read(saved(document), name="a.docx").text.count("same") == 3_000


def test_it_reads_a_pdf_from_many_threads():
    from concurrent.futures import ThreadPoolExecutor

    data = any_pdf()
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(lambda _n: reading.read(data, name="a.pdf").text, range(12)))

    assert len(set(texts)) == 1


@pytest.mark.parametrize("layers", [1, 2])
def test_it_refuses_a_pdf_that_unpacks_without_end(layers):
    content = b" " * 8_000_000
    for _layer in range(layers):
        content = zlib.compress(content)

    caught = problem(raw_pdf(content, "/FlateDecode" * layers), "a.pdf", part=1_000_000)

    assert caught.code == "reading.zip-bomb"


def test_it_refuses_a_page_with_more_signs_than_a_page_has():
    content = b"BT /F 12 Tf 20 100 Td " + b"(Hello wonderful words) Tj " * 50 + b"ET"
    pdf = raw_pdf(zlib.compress(content), "/FlateDecode")

    assert reading.read(pdf, name="a.pdf").text.count("wonderful") == 50
    assert problem(pdf, "a.pdf", page_characters=500).code == "reading.zip-bomb"
