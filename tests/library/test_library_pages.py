"""Every address of the room, asked by everyone, through the whole house."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marsad.library.models import Arrival, Document, Likeness
from marsad.library.urls import urlpatterns
from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT

#: Address → what the public, somebody without a role, a reader and the librarian are answered.
PAGES = {
    "document_list": (200, 200, 200, 200),
    "add": (302, 403, 403, 200),
    "arrival": (404, 404, 404, 200),
    "by_symbol": (302, 302, 302, 302),
    "document": (200, 200, 200, 200),
    "document_export": (200, 200, 200, 200),
    "doubt_list": (403, 403, 403, 200),
    "lesson_list": (403, 403, 403, 200),
    "making": (200, 200, 200, 200),
    "picture": (403, 403, 403, 404),
    "place_list": (403, 403, 403, 200),
    "quality_export": (200, 200, 200, 200),
    "practice_export": (200, 200, 200, 200),
    "practice_list": (200, 200, 200, 200),
    # No practice is published here; its own stories are in test_practice.py.
    "practice": (404, 404, 404, 404),
    "quality_list": (200, 200, 200, 200),
    "original": (200, 200, 200, 200),
    "recommendation": (200, 200, 200, 200),
    "recommendation_list": (200, 200, 200, 200),
    "recommendation_export": (200, 200, 200, 200),
    "theme_list": (200, 200, 200, 200),
    "theme_new": (403, 403, 403, 200),
    "theme_edit": (403, 403, 403, 200),
    "search": (200, 200, 200, 200),
}
#: These change something: a link cannot do it.
ACTS = {
    "arrival_dismiss",
    "practice_act",
    "act",
    "decide_likeness",
    "lesson_forget",
    "lesson_remember",
    "set_themes",
    "settle",
    "take_back",
}


@pytest.fixture
def document(shelve):
    return shelve(ENGLISH_REPORT)


@pytest.fixture
def librarian(client_of, amal):
    return client_of(amal)


def address(name, document):
    kept = {
        "arrival": [Arrival.objects.get().key],
        "arrival_dismiss": [Arrival.objects.get().key],
        "by_symbol": [document.symbol],
        "document": [document.key],
        "document_export": [document.key, "text"],
        "original": [document.key, document.versions.get().key],
        "act": [document.key, "withdraw"],
        "recommendation": [document.key, "rec-1"],
        "decide_likeness": [document.key, "rec-1"],
        "set_themes": [document.key, "rec-1"],
        "recommendation_export": ["json"],
        "practice": ["no-such-practice"],
        "practice_act": ["no-such-practice", "withdraw"],
        "practice_export": ["json"],
        "theme_edit": ["prevention"],
        "making": [document.key, document.versions.get().key],
        "picture": [document.key, document.versions.get().key, 1],
        "place_list": [document.key, document.versions.get().key, "para-1"],
        "settle": [document.key, document.versions.get().key, 0, 6],
        "take_back": [document.key, "no-such-ruling"],
    }
    return reverse(f"library:{name}", args=kept.get(name, []))


def test_every_address_is_in_the_table():
    assert {each.name for each in urlpatterns} == set(PAGES) | ACTS


@pytest.mark.parametrize("name", PAGES)
def test_it_answers_each_person_as_they_may(name, document, client_of, public, nobody, reem, amal):
    from marsad.library.models import Theme

    where = address(name, document)
    if name == "theme_edit":
        where = reverse("library:theme_edit", args=[Theme.objects.all()[0].code])
    answered = tuple(
        client_of(person).get(where).status_code for person in (public, nobody, reem, amal)
    )
    assert answered == PAGES[name]


def test_it_has_an_address_for_the_places_of_a_starred_footnote():
    assert reverse("library:place_list", args=["a", "b", "note-*"]).endswith("/note-*/")


@pytest.mark.parametrize("name", sorted(ACTS))
def test_it_changes_nothing_by_a_link(name, document, librarian):
    assert librarian.get(address(name, document)).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "act",
        "decide_likeness",
        "lesson_forget",
        "lesson_remember",
        "set_themes",
        "settle",
        "take_back",
    ],
)
def test_it_lets_only_librarians_change_things(name, document, client_of, public, reem):
    for person in (public, reem):
        said = {"state": "confirmed", "other": "1", "verdict": "accepted"}
        assert client_of(person).post(address(name, document), said).status_code in (403, 404)
    assert Document.objects.get().withdrawn_at is None


def test_it_enforces_the_csrf_token(document, amal):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amal)
    assert client.post(address("act", document)).status_code == 403
    assert Document.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    "name",
    ["document", "document_export", "making", "original", "recommendation"],
)
def test_it_answers_for_a_hidden_document_as_for_none(name, shelve, client_of, public, reem):
    hidden = shelve(ENGLISH_REPORT, access="restricted", open_to_roles=["librarian"])
    for person in (public, reem):
        assert client_of(person).get(address(name, hidden)).status_code == 404


# ── headers ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", sorted(PAGES))
def test_it_sends_a_policy_and_forbids_guessing_with_every_answer(
    name, document, client_of, public
):
    answer = client_of(public).get(address(name, document))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["document_export", "original", "recommendation_export"])
def test_it_hands_out_files_as_attachments(name, document, client_of, public):
    answer = client_of(public).get(address(name, document))
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_it_never_serves_html_that_was_added_as_html(shelve, client_of, public):
    page = "<html><body><script>alert(1)</script><p>1. A paragraph of a page.</p></body></html>"
    document = shelve(page, "page.html")
    answer = client_of(public).get(address("original", document))
    assert "html" not in answer.headers["Content-Type"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


# ── what a document's text can do to a page ──────────────────────────────────────────────────────
@pytest.mark.parametrize("view", ["", "?view=source"])
def test_it_shows_code_in_a_text_as_text(view, shelve, client_of, public):
    bad = '<script>alert(1)</script> "onload=alert(2)'
    document = shelve(ENGLISH_REPORT.replace("met in Vienna from", f"{bad} met in Vienna from"))
    text = client_of(public).get(f"/documents/{document.key}/{view}").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert '"onload' not in text.replace('class="', "")


def test_it_shows_code_in_a_search_as_text(document, client_of, public):
    answer = client_of(public).get("/search/", {"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.content.decode()


# ── arriving ─────────────────────────────────────────────────────────────────────────────────────
def drop(client, data, name="a.txt", **headers):
    file = SimpleUploadedFile(name, data)
    return client.post("/documents/add/", {"file": file}, headers=headers)


def test_it_answers_the_drop_zone_with_one_row(reference_data, librarian):
    answer = drop(librarian, b"1. A paragraph.", **{"X-Requested-With": "drop-zone"})
    text = answer.content.decode()
    assert text.startswith("<li")
    assert f'hx-get="/documents/arrivals/{Arrival.objects.get().key}/"' in text
    assert "<html" not in text


def test_it_stops_asking_for_progress_when_a_file_is_read(document, librarian):
    answer = librarian.get(address("arrival", document))
    assert "hx-get" not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_leads_to_what_holds_the_same_bytes(document, librarian):
    answer = drop(librarian, ENGLISH_REPORT.encode(), **{"X-Requested-With": "drop-zone"})
    assert f"/documents/{document.key}/" in answer.content.decode()
    assert Document.objects.count() == 1


def test_it_says_what_is_wrong_with_a_file_also_without_scripts(reference_data, librarian):
    answer = drop(librarian, b"")
    assert answer.status_code == 302
    assert "a.txt" in librarian.get("/documents/add/").content.decode()
    assert not Document.objects.exists()


# ── the way back ─────────────────────────────────────────────────────────────────────────────────
def undo(client, page):
    offered = client.get(page).context["undo"]
    return client.post(offered["address"], offered["fields"])


def test_it_offers_the_way_back_once(document, librarian):
    librarian.post(address("act", document))
    page = address("document", document)
    assert librarian.get(page).context["undo"]
    assert librarian.get(page).context["undo"] is None


def test_it_puts_back_what_was_withdrawn(document, librarian):
    librarian.post(address("act", document))
    assert Document.objects.get().withdrawn_at is not None
    undo(librarian, address("document", document))
    assert Document.objects.get().withdrawn_at is None


def test_it_joins_again_what_was_separated(document, shelve, librarian):
    shelve(ARABIC_REPORT)
    taken = document.versions.get(language="ar")
    act = reverse("library:act", args=[document.key, "separate"])
    answer = librarian.post(act, {"version": taken.key})
    assert Document.objects.count() == 2
    undo(librarian, answer.url)
    assert Document.objects.count() == 1


def test_it_leaves_a_likeness_open_again(document, shelve, librarian):
    shelve(ENGLISH_REPORT.replace("2023", "2024").replace("WG.9/2024/4", "WG.9/2024/7"))
    likeness = Likeness.objects.filter(first__document=document)[0]
    where = reverse("library:decide_likeness", args=[document.key, likeness.first.anchor])
    answer = librarian.post(where, {"state": "rejected", "other": likeness.second_id})
    undo(librarian, answer.url)
    likeness.refresh_from_db()
    assert likeness.state == "suggested"


# ── words ────────────────────────────────────────────────────────────────────────────────────────
def test_it_tells_the_public_what_this_is(reference_data, client_of, public):
    text = client_of(public).get("/", headers={"accept-language": "en"}).content.decode()
    assert "Marsad keeps the reports" in text


def test_it_draws_the_index_without_ranking_states(document, client_of, public):
    answer = client_of(public).get("/recommendations/", headers={"accept-language": "en"})
    assert [chart["name"] for chart in answer.context["picture"]] == ["theme", "addressee", "year"]
    assert "<svg" in answer.content.decode()


def test_it_isolates_the_symbol_of_a_citation_and_not_the_whole(document, client_of, public):
    answer = client_of(public).get(
        address("recommendation", document), headers={"accept-language": "ar"}
    )
    assert '<h1><bdi class="symbol" dir="ltr">TEST/' in answer.content.decode()


def test_it_prints_an_agenda_item_with_the_letter_of_the_language():
    from django.utils.translation import override

    from marsad.library.templatetags.library import agenda_item

    with override("ar"):
        assert "(د)" in agenda_item("2(d)")
    with override("en"):
        assert "2 (d)" in agenda_item("2(d)")


def test_it_lists_headings_in_the_order_of_the_text(sample_shelf, client_of, public):
    for document in Document.objects.all():
        for version in document.versions.all():
            answer = client_of(public).get(f"/documents/{document.key}/?version={version.key}")
            shown = [each.target for each in answer.context["headings"]]
            assert shown == [each["id"] for each in version.structure["sections"]]


# ── what librarians change by form ───────────────────────────────────────────────────────────────
def test_it_keeps_a_new_theme(reference_data, librarian):
    said = {
        "code": "recruitment",
        "label_ar": "الاستقدام",
        "label_en": "Recruitment",
        "keywords_ar": "",
        "keywords_en": "recruitment agency",
        "provisions": "TIP Protocol, 9",
    }
    assert librarian.post("/themes/new/", said).status_code == 302
    shown = librarian.get("/themes/", headers={"accept-language": "ar"})
    assert "الاستقدام" in shown.content.decode()


def test_it_knows_an_instrument_by_the_name_a_reader_gives_it(reference_data, librarian):
    said = {
        "code": "shelters",
        "label_ar": "المآوي",
        "label_en": "Shelters",
        "provisions": "بروتوكول الاتجار بالأشخاص، 6",
    }
    answer = librarian.post("/themes/new/", said, headers={"accept-language": "ar"})

    assert answer.status_code == 302
    from marsad.library.models import Theme

    served = Theme.objects.get(code="shelters").provisions
    assert served == [{"instrument": "TIP Protocol", "article": "6"}]
    page = librarian.get("/themes/", headers={"accept-language": "ar"}).content.decode()
    assert "بروتوكول الاتجار بالأشخاص" in page
    assert "TIP Protocol" not in page


def test_it_says_beside_the_field_what_is_wrong_with_a_theme(reference_data, librarian):
    said = {"code": "x", "label_ar": "س", "label_en": "X", "provisions": "nine"}
    answer = librarian.post("/themes/new/", said)
    assert answer.status_code == 200
    assert answer.context["form"].errors["provisions"]


def test_it_restricts_a_document_and_hides_it_at_once(document, librarian, client_of, public):
    act = reverse("library:act", args=[document.key, "restrict"])
    librarian.post(act, {"access": "restricted", "open_to_roles": ["librarian"]})
    assert client_of(public).get(address("document", document)).status_code == 404
    assert librarian.get(address("document", document)).status_code == 200


def test_it_decides_the_themes_of_a_recommendation(document, librarian):
    librarian.post(address("set_themes", document), {"themes": []})
    answer = librarian.get(address("recommendation", document))
    assert answer.context["row"].themes == []


@pytest.mark.parametrize("code", ["FR", "fr"])
def test_it_finds_documents_by_the_code_of_a_state(code, document, shelve, client_of, public):
    spoke = "\n\n9. Statements were made by the representatives of France and Jordan.\n"
    named = shelve(ENGLISH_REPORT.replace("2023/4", "2023/5") + spoke)
    page = client_of(public).get("/", {"state": code}).content.decode()
    assert named.key in page
    assert document.key not in page


def test_it_writes_the_numbers_of_a_sentence_in_the_digits_of_the_reader(librarian, document):
    long = {"verdict": "corrected", "words": "x" * 5000}
    where = address("settle", document)
    arabic = librarian.post(where, long, headers={"Accept-Language": "ar"}).content.decode()
    english = librarian.post(where, long, headers={"Accept-Language": "en"}).content.decode()

    assert "٢٠٦" in arabic
    assert "206" in english


@pytest.mark.parametrize("shelf", ["search", "document_list"])
def test_it_offers_years_in_the_digits_of_the_reader(shelf, librarian, document):
    def offered(language: str) -> list[str]:
        form = librarian.get(
            reverse(f"library:{shelf}"), headers={"Accept-Language": language}
        ).context["form"]
        return [label for value, label in form.fields["year"].choices if value]

    assert offered("en") == ["2023"]
    assert offered("ar") == ["٢٠٢٣"]


def test_it_numbers_paragraphs_as_documents_of_the_language_do(client_of, public, shelve):
    def printed(text: str, language: str) -> str:
        page = client_of(public).get(
            reverse("library:document", args=[shelve(text, language=language).key]),
            headers={"Accept-Language": language},
        )
        return page.content.decode()

    assert ">1.</a>" in printed(ENGLISH_REPORT, "en")
    assert ">١-</a>" in printed(ARABIC_REPORT, "ar")


def test_it_names_the_distribution_in_the_language_of_the_reader(librarian, document):
    where = address("document", document)
    page = librarian.get(where, headers={"Accept-Language": "ar"}).content.decode()

    assert "<dd>General</dd>" not in page
    assert "عام" in page.partition('<dl class="front">')[2].partition("</dl>")[0]
