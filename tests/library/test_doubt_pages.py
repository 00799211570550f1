"""The review list, the passages, copies, quality and lessons, through the whole house."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.urls import reverse

from marsad import reading
from marsad.library.actions import remaking, teaching
from marsad.library.models import Doubt, Ruling, Taught, Version
from tests.library.doubtful import MEANT, MISREAD, engine_that_doubts
from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT, NOON
from tests.library.test_commands import run
from tests.library.test_ruling import COPY, SLIP, made_anew

LIST = "/doubts/"
#: The letters of «مفتشي» taken for those of «مراقبي».
LEARNED = teaching.slips([{"what": MISREAD, "means": MEANT, "count": 1}])


@pytest.fixture
def doubtful(shelve, monkeypatch):
    engine_that_doubts(monkeypatch, MISREAD, "السجل")
    return shelve(SLIP, "slip.txt")


@pytest.fixture
def librarian(client_of, amal):
    return client_of(amal)


def address(name, doubt):
    version = doubt.version
    return reverse(
        f"library:{name}", args=[version.document.key, version.key, doubt.start, doubt.end]
    )


def in_words(response):
    return response.content.decode()


def test_it_lists_the_place_with_its_line_and_its_candidates(doubtful, librarian):
    page = in_words(librarian.get(LIST))

    assert page.count("data-place") == 2
    assert f'<mark class="place__here">{MISREAD}</mark>' in page
    assert f'value="{MEANT}"' in page


def test_it_takes_a_candidate_without_any_script_and_undoes_it(doubtful, librarian):
    doubt = Doubt.objects.get(reads=MISREAD)
    answer = librarian.post(address("settle", doubt), {"take": MEANT, "back": LIST}, follow=True)

    assert answer.redirect_chain == [(LIST, 302)]
    assert in_words(answer).count("data-place") == 1
    assert MEANT in made_anew(doubtful).text

    ruling = Ruling.objects.get()
    assert f"/rulings/{ruling.key}/take-back/" in in_words(answer)
    librarian.post(reverse("library:take_back", args=[doubtful.key, ruling.key]))
    assert MISREAD in made_anew(doubtful).text


def test_it_answers_a_script_with_the_place_and_how_far_the_list_has_come(doubtful, librarian):
    doubt = Doubt.objects.get(reads=MISREAD)

    answer = librarian.post(
        address("settle", doubt),
        {"verdict": "corrected", "words": "مفتشات"},
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{LIST}?place=1"},
    )

    page = in_words(answer)
    assert answer.status_code == 200
    assert page.count("data-place") == 1
    assert "data-settled" in page
    assert 'id="review-progress"' in page
    assert "مفتشات" in page
    assert "<html" not in page


def test_it_leaves_a_sign_out_where_that_is_a_candidate(shelve, librarian, monkeypatch):
    engine_that_doubts(monkeypatch, "آمن،", candidates=("", "أمان"))
    document = shelve(ARABIC_REPORT)
    doubt = Doubt.objects.get()
    assert (doubt.reads, doubt.candidates) == ("آمن،", ["", "أمان"])

    librarian.post(address("settle", doubt), {"take": ""})

    assert "آمن،" not in made_anew(document).text


def test_it_shows_a_long_line_around_its_place_only(shelve, librarian, monkeypatch):
    engine_that_doubts(monkeypatch, MISREAD)
    words = "تنظر الدول الأطراف في المسائل المعروضة عليها. " * 20
    shelve(ARABIC_REPORT.replace("تشجع الدول", f"{words}تشجع الدول"), "long.txt")
    (card,) = librarian.get(LIST).context["review"].cards

    assert len(card.before) < 200
    assert len(card.source) < 400


def test_it_goes_back_only_within_the_house(doubtful, librarian):
    doubt = Doubt.objects.get(reads=MISREAD)
    for back in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer = librarian.post(address("settle", doubt), {"verdict": "accepted", "back": back})
        assert answer.headers["Location"] == reverse("library:document", args=[doubtful.key])


def test_it_says_in_words_what_is_wrong_with_a_correction(doubtful, librarian):
    doubt = Doubt.objects.get(reads=MISREAD)
    for said in ({"verdict": "corrected", "words": " "}, {"verdict": "certainly"}, {}):
        assert librarian.post(address("settle", doubt), said).status_code == 422
    assert not Ruling.objects.exists()


def test_it_shows_settled_places_when_asked_and_leaves_them_out_otherwise(doubtful, librarian):
    librarian.post(address("settle", Doubt.objects.get(reads=MISREAD)), {"take": MEANT})
    made_anew(doubtful)

    assert in_words(librarian.get(LIST)).count("data-place") == 1
    assert in_words(librarian.get(f"{LIST}?state=settled")).count("data-settled") == 1
    assert in_words(librarian.get(f"{LIST}?state=all")).count("data-place") == 2
    assert in_words(librarian.get(f"{LIST}?kind=ocr_doubt")).count("data-place") == 1
    assert librarian.get(f"{LIST}?place=nonsense&document=none&after=no-12").status_code == 200


def test_it_goes_on_where_the_last_page_ended(shelve, librarian, monkeypatch):
    engine_that_doubts(monkeypatch, "ينبغي")
    many = "".join(
        f"\n\nالتوصية {number}\n\nينبغي للأمانة أن تنظر في المسألة {number}.\n"
        for number in range(4, 40)
    )
    shelve(ARABIC_REPORT + many, "long.txt")
    first = librarian.get(LIST)
    more = first.context["more"]

    second = librarian.get(LIST + more)

    shown = [{card.start for card in page.context["review"].cards} for page in (first, second)]
    assert len(shown[0]) == 20
    assert shown[1]
    assert not shown[0] & shown[1]


def test_it_asks_as_often_for_many_places_as_for_few(
    shelve, librarian, monkeypatch, django_assert_max_num_queries
):
    engine_that_doubts(monkeypatch, MISREAD)
    for number in range(1, 4):
        shelve(SLIP.replace("2023", f"200{number}").replace("٢٠٢٣", f"٢٠٠{number}"), f"{number}")
    librarian.get(LIST)
    with django_assert_max_num_queries(25):
        librarian.get(LIST)


def test_it_hides_the_places_of_a_restricted_document_from_others(
    shelve, client_of, reem, yusuf, monkeypatch
):
    engine_that_doubts(monkeypatch, MISREAD)
    hidden = shelve(SLIP, access="restricted", open_to_roles=["librarian"])
    doubt = Doubt.objects.get()
    browser = client_of(reem)

    assert browser.get(LIST).status_code == 403
    assert browser.post(address("settle", doubt), {"take": MEANT}).status_code in (403, 404)
    assert hidden.key not in in_words(browser.get("/quality/"))
    assert in_words(client_of(yusuf).get(LIST)).count("data-place") == 1


# ── the document page ────────────────────────────────────────────────────────────────────────────
def test_it_shows_every_line_of_a_passage_to_be_corrected(doubtful, librarian):
    version = doubtful.versions.get()
    page = in_words(
        librarian.get(reverse("library:place_list", args=[doubtful.key, version.key, "rec-2"]))
    )
    assert MISREAD in page
    assert page.count("data-place") >= 2
    source = in_words(librarian.get(f"/documents/{doubtful.key}/?view=source"))
    assert f"/places/{version.key}/rec-2/" in source


def test_it_keeps_the_address_of_a_passage_whose_number_was_corrected(doubtful, librarian):
    version = doubtful.versions.get()
    start = version.source_text.index("التوصية ٣")
    librarian.post(
        reverse("library:settle", args=[doubtful.key, version.key, start, start + 9]),
        {"verdict": "corrected", "words": "التوصية ٤"},
    )
    made_anew(doubtful)

    page = in_words(librarian.get(f"/documents/{doubtful.key}/"))
    assert '<span id="rec-3"></span>' in page
    assert librarian.get(f"/documents/{doubtful.key}/recommendations/rec-3/").status_code == 200


def test_it_tells_how_far_the_making_is_and_what_broke(doubtful, librarian, client_of, public):
    where = reverse("library:making", args=[doubtful.key, doubtful.versions.get().key])
    remaking.ask(document=doubtful.key, by=Ruling.by.field.related_model.objects.get(), at=NOON)

    assert "hx-get" in in_words(librarian.get(where))
    made_anew(doubtful)
    assert "hx-get" not in in_words(librarian.get(where))
    Version.objects.update(made_fault="RuntimeError")
    assert "RuntimeError" in in_words(client_of(public).get(f"/documents/{doubtful.key}/"))


def test_it_reads_a_file_again_at_the_press_of_a_button(doubtful, librarian):
    librarian.post(reverse("library:act", args=[doubtful.key, "read-again"]))

    assert doubtful.versions.get().wants_reading


def test_it_shows_two_copies_side_by_side_and_which_was_believed(shelve, librarian):
    shelve(SLIP, "slip.txt")
    document = shelve(COPY, "copy.txt")
    remaking.make_anew(document_id=document.pk, at=NOON)

    page = in_words(librarian.get(f"/documents/{document.key}/?view=copies"))

    assert "الدفتر" in page
    assert "differences__one" in page
    first, second = document.versions.all()
    back = f"?view=copies&version={second.key}&other={first.key}"
    assert librarian.get(f"/documents/{document.key}/{back}").status_code == 200
    wrong = f"?view=copies&version={second.key}&other=none"
    assert librarian.get(f"/documents/{document.key}/{wrong}").status_code == 404


def test_it_offers_no_copies_where_there_is_one(doubtful, librarian):
    page = in_words(librarian.get(f"/documents/{doubtful.key}/?view=copies"))
    assert "differences" not in page


# ── quality ──────────────────────────────────────────────────────────────────────────────────────
def test_it_measures_words_in_doubt_before_and_after(shelve, librarian):
    document = shelve(ARABIC_REPORT.replace("السجل.", "السجــصقثل."), "bad.txt")
    page = in_words(librarian.get("/quality/"))
    assert document.key in page

    made = list(csv.DictReader(io.StringIO(librarian.get("/quality/as/csv/").content.decode())))
    assert made[0]["symbol"] == document.symbol
    assert 0 < float(made[0]["share_after"]) < 0.1
    shelve(ENGLISH_REPORT, "en.txt")
    assert len(in_words(librarian.get("/quality/as/csv/")).splitlines()) == 2


@pytest.mark.parametrize("sort", ["title", "-words", "before", "open", "nonsense", "-"])
def test_it_sorts_the_table_by_any_column(shelve, librarian, sort):
    shelve(ARABIC_REPORT)
    assert librarian.get(f"/quality/?sort={sort}&page=nonsense").status_code == 200


# ── lessons ──────────────────────────────────────────────────────────────────────────────────────
def test_it_forgets_a_lesson_and_uses_it_again(doubtful, librarian):
    librarian.post(address("settle", Doubt.objects.get(reads=MISREAD)), {"take": MEANT})
    teaching.learn_anew(at=NOON)
    assert MISREAD in in_words(librarian.get("/taught/"))
    assert teaching.knowledge().confusions == LEARNED
    lesson = {"kind": "confusion", "what": MISREAD}

    librarian.post("/taught/forget/", lesson)
    teaching.learn_anew(at=NOON)
    assert teaching.knowledge().confusions == {}
    assert "lesson--forgotten" in in_words(librarian.get("/taught/?kind=confusion"))

    librarian.post("/taught/remember/", lesson)
    teaching.learn_anew(at=NOON)
    assert teaching.knowledge().confusions == LEARNED
    assert librarian.post("/taught/forget/", {"kind": "word", "what": "none"}).status_code == 404


def test_it_says_that_a_damaged_model_is_not_used(doubtful, librarian):
    teaching.learn_anew(at=NOON)
    Taught.objects.update(knowledge="{damaged")

    assert teaching.knowledge() is None
    assert "making--failed" in in_words(librarian.get("/taught/"))
    assert teaching.learn_anew(at=NOON)
    assert teaching.knowledge() is not None


def test_it_has_a_sentence_for_every_empty_page(reference_data, librarian):
    for where in (LIST, "/quality/", "/taught/", "/taught/?words=x"):
        page = in_words(librarian.get(where))
        assert "empty-state" in page


def test_it_takes_no_word_from_a_page_that_shows_what_stood_there_before(doubtful, librarian):
    version = doubtful.versions.get()
    card = librarian.get(LIST).context["review"].cards[0]
    where = reverse("library:settle", args=[doubtful.key, version.key, card.start, card.end])
    assert f'name="sign" value="{card.sign}"' in librarian.get(LIST).content.decode()
    said = {"verdict": "corrected", "words": "كل سجل", "sign": card.sign}
    # Read anew meanwhile, and other characters stand at the offsets of the page.
    doubtful.versions.update(source_text="ا" + version.source_text)

    assert librarian.post(where, said).status_code == 404
    assert not version.rulings.exists()

    doubtful.versions.update(source_text=version.source_text)
    assert librarian.post(where, said).status_code == 302
    assert version.rulings.exists()


# ── the picture ──────────────────────────────────────────────────────────────────────────────────
def test_it_shows_the_strip_of_the_page_with_the_line(shelve, librarian):
    from tests.reading.samples import typeset

    lines = " \\\n".join(ENGLISH_REPORT.split("\n"))
    document = shelve(typeset(f"{lines}"), "report.pdf")
    version = document.versions.get()
    line = next(
        number
        for number, text in enumerate(version.source_text.split("\n"), start=1)
        if "labour inspectors" in text
    )
    where = reverse("library:picture", args=[document.key, version.key, line])

    answer = librarian.get(where)

    assert answer.headers["Content-Type"] == "image/png"
    whole = reading.picture(bytes(version.original.data), name="report.pdf", page=0)
    assert 0 < len(answer.content) < len(whole)
    far = reverse("library:picture", args=[document.key, version.key, 10_000])
    assert librarian.get(far).status_code == 404


def test_it_draws_one_page_at_a_time_and_only_for_those_who_settle(
    shelve, amal, reem, basma, public, monkeypatch
):
    from marsad.library import problems
    from marsad.library.queries import doubt as queries

    document = shelve(ENGLISH_REPORT)
    version = document.versions.get()
    document.versions.update(kind="pdf")
    is_drawing = []

    def picture(*args, **told):
        is_drawing.append(queries._DRAWING.locked())
        return b"drawn"

    monkeypatch.setattr(reading, "picture", picture)
    asked = {"document": document.key, "version": version.key, "line": 1}

    assert queries.picture(reader=amal, **asked) == b"drawn"
    assert is_drawing == [True]
    assert not queries._DRAWING.locked()
    for person in (reem, basma, public):
        with pytest.raises(problems.NotALibrarian):
            queries.picture(reader=person, **asked)
    assert is_drawing == [True]


# ── for scripts ──────────────────────────────────────────────────────────────────────────────────
API = "/api/v1"


def test_it_settles_and_takes_back_through_the_api(doubtful, librarian):
    listed = librarian.get(f"{API}/doubts").json()
    place = listed["places"][0]
    assert (listed["settled"], listed["total"]) == (0, 2)
    assert place["place"] == "recommendation"

    said = {name: place[name] for name in ("start", "end")}
    said |= {"version": place["version_key"], "verdict": "corrected", "words": "كل سجل"}
    made = librarian.post(
        f"{API}/documents/{doubtful.key}/rulings", said, content_type="application/json"
    )
    assert made.status_code == 201
    assert librarian.get(f"{API}/doubts?state=settled").json()["places"][0]["ruling"]["after"]

    gone = librarian.delete(f"{API}/rulings/{made.json()['ruling']}")
    assert gone.status_code == 204
    assert librarian.get(f"{API}/doubts").json()["settled"] == 0


def test_it_asks_for_another_reading_through_the_api(doubtful, librarian):
    assert librarian.post(f"{API}/documents/{doubtful.key}/reread").status_code == 202
    assert doubtful.versions.get().wants_reading
    assert librarian.get(f"{API}/quality").json()[0]["document_key"] == doubtful.key


@pytest.mark.parametrize(
    "said",
    [
        {"version": "none", "start": 0, "end": 3, "verdict": "accepted"},
        {"version": "", "start": 0, "end": 10**8, "verdict": "accepted"},
        {"version": "", "start": -1, "end": 3, "verdict": "accepted"},
        {"version": "", "start": 0, "end": 3, "verdict": "maybe"},
        {},
    ],
)
def test_it_refuses_what_no_ruling_can_be(doubtful, librarian, said):
    if said.get("version") == "":
        said = {**said, "version": doubtful.versions.get().key}
    answer = librarian.post(
        f"{API}/documents/{doubtful.key}/rulings", said, content_type="application/json"
    )
    assert answer.status_code in (404, 422)
    assert not Ruling.objects.exists()


@pytest.mark.parametrize("who", ["reem", "public"])
def test_it_lets_no_script_of_others_settle(doubtful, client_of, request, who):
    browser = client_of(request.getfixturevalue(who))
    doubt = Doubt.objects.first()
    said = {"version": doubt.version.key, "start": doubt.start, "end": doubt.end}
    answers = [
        browser.get(f"{API}/doubts"),
        browser.post(
            f"{API}/documents/{doubtful.key}/rulings",
            {**said, "verdict": "accepted"},
            content_type="application/json",
        ),
        browser.post(f"{API}/documents/{doubtful.key}/reread"),
    ]
    assert all(answer.status_code in (401, 403) for answer in answers)


def test_it_reviews_and_reads_again_on_the_command_line(doubtful):
    assert f"[{MISREAD}]" in run("review")
    found = json.loads(run("review", "--json", "--kind", "ocr_doubt"))
    assert found["total"] == 2
    (again,) = json.loads(run("reread", doubtful.symbol, "--json"))
    assert (again["key"], again["made"], again["fault"]) == (doubtful.key, 1, "")
    assert doubtful.symbol in run("quality")
    assert json.loads(run("quality", "--json"))[0]["open"] == 2
    assert doubtful.key in run("reread", "--all")
