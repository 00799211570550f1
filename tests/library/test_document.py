from __future__ import annotations

import pytest

from marsad.library import problems
from marsad.library.actions import document as actions
from marsad.library.actions import shelf
from marsad.library.models import Document
from marsad.library.queries import document as queries
from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT, NOON


@pytest.fixture
def two_copies(shelve):
    shelve(ENGLISH_REPORT, "good.txt")
    return shelve(ENGLISH_REPORT.replace("register every", "register each"), "second.txt")


def test_it_shows_the_copy_a_librarian_chose_and_keeps_it_so(two_copies, amal, shelve):
    second = two_copies.versions.get(file_name="second.txt")

    actions.show(document=two_copies.key, version=second.key, by=amal, at=NOON)
    shelve(ENGLISH_REPORT.replace("register every", "register any"), "third.txt")

    assert two_copies.versions.get(is_shown=True) == second


def test_it_takes_a_version_out_again(two_copies, amal):
    second = two_copies.versions.get(file_name="second.txt")

    own = actions.separate(document=two_copies.key, version=second.key, by=amal, at=NOON)

    assert own != two_copies
    assert own.recommendations.count() == 3
    assert two_copies.recommendations.count() == 3
    assert two_copies.symbol == "TEST/COP/WG.9/2023/4"


def test_it_refuses_to_take_out_the_only_version(shelve, amal):
    document = shelve(ENGLISH_REPORT)

    with pytest.raises(problems.LastVersion):
        actions.separate(
            document=document.key, version=document.versions.get().key, by=amal, at=NOON
        )


def test_it_joins_a_translation_that_states_no_symbol(shelve, amal):
    english = shelve(ENGLISH_REPORT)
    arabic = shelve(ARABIC_REPORT.replace("TEST/COP/WG.9/2023/4\n", ""), "ar.txt")
    assert arabic != english

    home = actions.join(document=arabic.key, into="TEST/COP/WG.9/2023/4", by=amal, at=NOON)

    assert home == english
    assert Document.objects.count() == 1
    assert home.recommendations.count() == 3
    assert all(each.texts.count() == 2 for each in home.recommendations.all())


def test_it_refuses_to_join_documents_with_two_symbols(shelve, amal):
    first = shelve(ENGLISH_REPORT)
    second = shelve(ENGLISH_REPORT.replace("2023/4", "2023/5"), "other.txt")

    with pytest.raises(problems.SymbolsDiffer):
        actions.join(document=second.key, into=first.key, by=amal, at=NOON)


def test_it_refuses_to_join_a_document_to_itself(shelve, amal):
    document = shelve(ENGLISH_REPORT)

    with pytest.raises(problems.SameDocument):
        actions.join(document=document.key, into=document.key, by=amal, at=NOON)


def test_it_takes_a_document_off_the_shelf_and_puts_it_back(shelve, amal, public):
    document = shelve(ENGLISH_REPORT)

    def shelf():
        return queries.shelf(reader=public, choice=queries.ListChoice(), language="en")

    actions.withdraw(document=document.key, by=amal, at=NOON)
    assert not shelf()
    actions.put_back(document=document.key, by=amal, at=NOON)
    assert shelf()


@pytest.mark.parametrize("act", [actions.withdraw, actions.put_back])
def test_it_lets_only_curators_withdraw(shelve, reem, act):
    document = shelve(ENGLISH_REPORT)

    with pytest.raises(problems.NotALibrarian):
        act(document=document.key, by=reem, at=NOON)


def test_it_reads_in_the_language_of_the_reader(shelve, public):
    document = shelve(ENGLISH_REPORT)
    shelve(ARABIC_REPORT, "ar.txt")

    for language in ("ar", "en"):
        page = queries.page(reader=public, key=document.key, language=language)
        assert page.version.language == language


def test_it_puts_every_paragraph_and_recommendation_in_reading_order(shelve, public):
    document = shelve(ENGLISH_REPORT)

    page = queries.page(reader=public, key=document.key, language="en")

    anchors = [block.anchor for block in page.blocks]
    assert anchors == ["sec-1", "para-1", "sec-2", "para-2", "rec-1", "rec-2", "rec-3"]


def test_it_cites_in_the_form_of_the_united_nations(shelve, public):
    document = shelve(ENGLISH_REPORT)

    page = queries.page(reader=public, key=document.key, language="en")

    cited = {block.anchor: block.citation for block in page.blocks}
    assert cited["para-1"] == "TEST/COP/WG.9/2023/4, para. 1"
    assert cited["rec-2"] == "TEST/COP/WG.9/2023/4, recommendation 2"


def test_it_puts_the_source_line_beside_each_repaired_line(shelve, public):
    stretched = ARABIC_REPORT.replace("أن تسجل", "أن تســـجل")
    document = shelve(stretched)

    page = queries.page(reader=public, key=document.key, language="ar")

    block = next(block for block in page.blocks if block.anchor == "rec-1")
    [line] = [line for line in block.lines if line.changed]
    assert "تســـجل" in line.source
    assert "تسجل" in line.text
    assert line.changes


def test_it_links_documents_that_name_each_other(shelve, public):
    naming = shelve(ENGLISH_REPORT)
    named = shelve(
        ENGLISH_REPORT.replace("2023/4", "2023/1").replace("TEST/COP/WG.9/2023/1.", "it."),
        "named.txt",
    )

    page = queries.page(reader=public, key=naming.key, language="en")

    assert ("TEST/COP/WG.9/2023/1", named.key) in page.cites


def test_it_keeps_a_restriction_made_while_another_copy_was_being_read(shelve, amal, public):
    """The worker holds what it read minutes ago; it must not write who may see the document."""
    document = shelve(ENGLISH_REPORT)
    stale = Document.objects.get(pk=document.pk)

    actions.restrict(
        document=document.key, access="restricted", open_to_roles=["analyst"], by=amal, at=NOON
    )
    shelf.settle(stale)

    document.refresh_from_db()
    assert document.access == "restricted"
    assert document.open_to_roles == ["analyst"]


def test_it_keeps_a_withdrawal_made_meanwhile(shelve, amal):
    document = shelve(ENGLISH_REPORT)
    stale = Document.objects.get(pk=document.pk)

    actions.withdraw(document=document.key, by=amal, at=NOON)
    shelf.settle(stale)

    document.refresh_from_db()
    assert document.withdrawn_at is not None


def test_it_says_nothing_of_a_restricted_document_through_a_symbol(shelve, public):
    shelve(ENGLISH_REPORT, access="restricted", open_to_roles=["analyst"])

    edition = shelve(ENGLISH_REPORT.replace("register every", "register each"), "public.txt")

    assert edition.symbol == "TEST/COP/WG.9/2023/4"
    page = queries.page(reader=public, key="TEST/COP/WG.9/2023/4", language="en")
    assert page.card.key == edition.key


def test_it_refuses_to_join_what_other_people_may_see(shelve, amal):
    hidden = shelve(ENGLISH_REPORT, access="restricted", open_to_roles=["analyst"])
    shown = shelve(ENGLISH_REPORT.replace("register every", "register each"), "public.txt")

    with pytest.raises(problems.ReadersDiffer):
        actions.join(document=hidden.key, into=shown.key, by=amal, at=NOON)


def test_it_refuses_to_open_a_second_document_with_one_symbol(shelve, amal):
    hidden = shelve(ENGLISH_REPORT, access="restricted", open_to_roles=["analyst"])
    shelve(ENGLISH_REPORT.replace("register every", "register each"), "public.txt")

    with pytest.raises(problems.SymbolTaken):
        actions.restrict(document=hidden.key, access="public", open_to_roles=[], by=amal, at=NOON)
    hidden.refresh_from_db()
    assert hidden.access == "restricted"


def test_it_refuses_to_put_back_what_another_has_replaced(shelve, amal):
    first = shelve(ENGLISH_REPORT)
    actions.withdraw(document=first.key, by=amal, at=NOON)
    second = shelve(ENGLISH_REPORT.replace("register every", "register each"), "second.txt")
    assert second.symbol == first.symbol

    with pytest.raises(problems.SymbolTaken):
        actions.put_back(document=first.key, by=amal, at=NOON)
