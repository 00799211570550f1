"""The documents of the OpenRosa door, without database and without HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
import xml.etree.ElementTree as ET
import zlib

from hypothesis import given
from hypothesis import strategies as st

from marsad.questionnaires import openrosa
from marsad.questionnaires.openrosa.documents import FORM_LIST, MANIFEST, RESPONSE


def offered(**more: str) -> openrosa.FormOffered:
    told = {
        "form_id": "needs",
        "name": "الاحتياجات & more",
        "version": "3",
        "download_url": "https://a.example/f",
    }
    return openrosa.FormOffered(content=b"<h:html/>", **{**told, **more})


def test_it_lists_a_form_with_all_that_a_client_insists_on() -> None:
    root = ET.fromstring(openrosa.form_list([offered(manifest_url="https://a.example/m")]))
    (form,) = root
    assert root.tag == f"{{{FORM_LIST}}}xforms"
    assert {each.tag.partition("}")[2]: each.text for each in form} == {
        "formID": "needs",
        "name": "الاحتياجات & more",
        "version": "3",
        "hash": "md5:" + hashlib.md5(b"<h:html/>").hexdigest(),
        "downloadUrl": "https://a.example/f",
        "manifestUrl": "https://a.example/m",
    }


def test_it_says_nothing_of_a_manifest_where_a_form_has_no_files() -> None:
    (form,) = ET.fromstring(openrosa.form_list([offered()]))
    assert form.find(f"{{{FORM_LIST}}}manifestUrl") is None


def test_it_gives_another_hash_as_soon_as_a_byte_differs() -> None:
    hashes = {
        ET.fromstring(openrosa.form_list([form])).findtext(f".//{{{FORM_LIST}}}hash")
        for form in (
            offered(),
            openrosa.FormOffered(
                form_id="a", name="a", version="1", content=b"<h:html> </h:html>", download_url="u"
            ),
        )
    }
    assert len(hashes) == 2


def test_it_lists_the_files_of_a_form() -> None:
    file = openrosa.MediaOffered(
        name="خريطة.png", content=b"png", download_url="https://a.example/p"
    )
    (listed,) = ET.fromstring(openrosa.manifest([file]))
    assert listed.findtext(f"{{{MANIFEST}}}filename") == "خريطة.png"


def test_it_tells_a_person_at_the_phone_in_arabic() -> None:
    root = ET.fromstring(openrosa.message("وصلت الإجابات."))
    assert root.findtext(f"{{{RESPONSE}}}message") == "وصلت الإجابات."


@given(st.text())
def test_it_writes_any_words_as_good_xml(words: str) -> None:
    ET.fromstring(openrosa.message(words.encode("utf-8", "replace").decode()))


def test_it_writes_the_settings_a_phone_reads_from_a_picture() -> None:
    code = openrosa.settings_code(server_url="https://a.example/x", language="ar", project="مرصد")
    settings = json.loads(zlib.decompress(base64.b64decode(code)))
    assert settings["general"]["server_url"] == "https://a.example/x"
    assert settings["general"]["delete_send"] is True
    assert settings["project"]["name"] == "مرصد"
    assert openrosa.settings_picture(code).startswith("<svg")
