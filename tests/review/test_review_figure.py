"""Figures: counted from the answers, never typed, and nothing not known is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from marsad.design.formatting import Digits, Formatter, using
from marsad.directory.models import Person, State
from marsad.directory.types import OPERATOR, Reader, UnGroup
from marsad.library.models import Document
from marsad.review import counting, problems, prose
from marsad.review.counting import Said, Share
from marsad.review.models import Coding, Reply, Report, Round, Theme
from marsad.review.queries import figure as figures
from marsad.review.telling import sentence, words
from marsad.review.types.answer import HeldAlike
from marsad.review.types.figure import Among, Figure, Query
from tests.review import rounds
from tests.review.rounds import LAW, LAW_EFFECT, LAW_HELP, MORNING, SHELTER, VICTIMS

SENT = MORNING + timedelta(days=30)

STATES = [f"X{letter}" for letter in "ABCDEFGH"]
an_answer = some.builds(
    HeldAlike,
    path=some.sampled_from(["/data/one", "/data/many"]),
    position=some.sampled_from([(), (1,), (2,)]),
    value=some.sampled_from(["yes", "no", "unknown", "yes no", "no unknown"]),
    is_confidential=some.booleans(),
    states=some.lists(some.sampled_from(STATES), max_size=4),
)
EVERYBODY = frozenset(STATES)
KINDS = {"/data/one": "select_one", "/data/many": "select_multiple"}


# ── pure counting ────────────────────────────────────────────────────────────────────────────────
@given(
    answers=some.lists(an_answer, max_size=30),
    of=some.frozensets(some.sampled_from(STATES)),
    values=some.sets(some.sampled_from(["yes", "no", "unknown", "maybe"])),
    path=some.sampled_from(sorted(KINDS)),
    withholds=some.booleans(),
)
def test_every_state_stands_in_exactly_one_place(
    answers: list[HeldAlike], of: frozenset[str], values: set[str], path: str, withholds: bool
) -> None:
    said = counting.gather(answers, kinds=KINDS, of=EVERYBODY, withholds=withholds)
    share = said.get(path, Said()).share(of, values)
    parts = [share.n, share.otherwise, share.not_known, share.withheld]
    assert frozenset().union(*parts) == of
    assert share.of == len(of)
    if not withholds:
        assert not share.withheld


@given(answers=some.lists(an_answer, max_size=30), values=some.sets(some.sampled_from(["yes"])))
def test_no_confidential_answer_is_ever_counted_where_it_is_withheld(
    answers: list[HeldAlike], values: set[str]
) -> None:
    """Whatever a State kept confidential could be anything else, and every n were the same."""
    turned = [replace(each, value="no") if each.is_confidential else each for each in answers]
    for path in KINDS:
        shares = [
            counting.gather(held, kinds=KINDS, of=EVERYBODY, withholds=True)
            .get(path, Said())
            .share(EVERYBODY, values)
            for held in (answers, turned)
        ]
        assert shares[0] == shares[1]


@given(
    now=some.dictionaries(some.sampled_from(STATES), some.sampled_from(list("noxw"))),
    then=some.dictionaries(some.sampled_from(STATES), some.sampled_from(list("noxw"))),
)
def test_a_change_too_leaves_nobody_out(now: dict[str, str], then: dict[str, str]) -> None:
    of = frozenset(STATES)

    def share(placed: dict[str, str]) -> Share:
        at = {state: placed.get(state, "x") for state in STATES}
        parts = [frozenset(s for s, where in at.items() if where == which) for which in "noxw"]
        return Share(n=parts[0], otherwise=parts[1], not_known=parts[2], withheld=parts[3])

    found = counting.changed(share(now), share(then), of=of)
    assert found.of == len(of)
    assert found.n <= share(now).n


# ── answers of a round ───────────────────────────────────────────────────────────────────────────
def one(round_: Round, **query: object) -> tuple[int, int, int, int, int]:
    """n, of, otherwise, not known, withheld."""
    asked = Query(**query)  # type: ignore[arg-type]
    found = figures.count(reader=OPERATOR, round_=round_, query=asked, public=True)
    return found.n, found.of, found.otherwise, found.not_known, found.withheld


@pytest.mark.django_db
def test_what_is_not_known_stays_in_the_denominator(round_: Round) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes"})
    rounds.reply_of(round_, "XB", {LAW: "unknown"})
    rounds.reply_of(round_, "XC", {SHELTER: "خمسة"})
    assert one(round_, path=LAW, values=("yes",)) == (1, 3, 0, 2, 0)
    assert one(round_, path=LAW, values=("yes",), among="invited") == (1, 4, 0, 3, 0)
    assert one(round_, path=LAW, values=("unknown",)) == (1, 3, 1, 1, 0)
    assert one(round_, path=LAW) == (1, 3, 0, 2, 0)


@pytest.mark.django_db
def test_a_state_counts_once_for_each_value_it_chose(round_: Round) -> None:
    rounds.reply_of(round_, "XA", {LAW: "no", LAW_HELP: "drafting training"})
    rounds.reply_of(round_, "XB", {LAW: "no", LAW_HELP: "training"})
    assert one(round_, path=LAW_HELP, values=("training",))[:2] == (2, 2)
    assert one(round_, path=LAW_HELP, values=("drafting",))[:3] == (1, 2, 1)
    assert one(round_, path=LAW_HELP, values=("drafting", "training"))[:2] == (2, 2)


@pytest.mark.django_db
def test_a_state_counts_once_whatever_number_of_repeats_it_filled(round_: Round) -> None:
    reply = rounds.reply_of(round_, "XA")
    for position, value in (((1,), "4"), ((2,), "4"), ((3,), "0")):
        rounds.write(reply, VICTIMS, value, position=position)
    assert one(round_, path=VICTIMS)[:2] == (1, 1)
    assert one(round_, path=VICTIMS, values=("4",))[:2] == (1, 1)


@pytest.mark.django_db
def test_what_is_for_the_secretariat_only_is_withheld_from_every_other_figure(
    round_: Round, yusuf: Person, analyst: Person
) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes"}, confidential=(LAW,))
    rounds.reply_of(round_, "XB", {LAW: "yes"})
    asked = Query(path=LAW, values=("yes",))
    for reader, public, n, withheld in (
        (yusuf, False, 2, 0),
        (yusuf, True, 1, 1),
        (analyst, False, 1, 1),
        (analyst, True, 1, 1),
    ):
        found = figures.count(reader=reader, round_=round_, query=asked, public=public)
        assert (found.n, found.withheld, found.of) == (n, withheld, 2)
        assert ("XA" in found.states) == (n == 2)


@pytest.mark.django_db
def test_what_became_confidential_is_withheld_from_earlier_days_too(
    round_: Round, analyst: Person
) -> None:
    reply = rounds.reply_of(round_, "XA", {LAW: "yes"})
    rounds.write(reply, LAW, "yes", at=SENT + timedelta(days=9), is_confidential=True)
    found = figures.count(
        reader=analyst,
        round_=round_,
        query=Query(path=LAW, values=("yes",)),
        at=SENT + timedelta(days=1),
    )
    assert (found.n, found.withheld) == (0, 1)


@pytest.mark.django_db
def test_a_figure_is_of_the_day_it_is_asked_for(round_: Round) -> None:
    reply = rounds.reply_of(round_, "XA", {LAW: "no"})
    rounds.reply_of(round_, "XB", {LAW: "yes"}, sent_at=SENT + timedelta(days=5))
    rounds.write(reply, LAW, "yes", at=SENT + timedelta(days=9), reason="صدر القانون")
    for day, n, of in ((-1, 0, 0), (1, 0, 1), (6, 1, 2), (10, 2, 2)):
        found = figures.count(
            reader=OPERATOR,
            round_=round_,
            query=Query(path=LAW, values=("yes",)),
            at=SENT + timedelta(days=day),
        )
        assert (found.n, found.of) == (n, of)


@pytest.mark.django_db
def test_a_late_reply_counts_until_the_cut_off(round_: Round) -> None:
    cut_off = figures.cut_off_of(round_)
    assert cut_off == datetime.fromisoformat("2026-08-01T00:00:00+02:00")
    rounds.reply_of(round_, "XA", {LAW: "yes"}, sent_at=cut_off - timedelta(seconds=1))
    rounds.reply_of(round_, "XB", {LAW: "yes"}, sent_at=cut_off + timedelta(seconds=1))
    round_.invitations.filter(state="XA").update(is_late=True)
    at = cut_off + timedelta(days=30)
    found = figures.count_all(
        reader=OPERATOR,
        round_=round_,
        queries=[Query(path=LAW), Query(standings=("late",), among="invited")],
        at=at,
    )
    assert [(each.n, each.of) for each in found] == [(1, 1), (1, 4)]


@pytest.mark.django_db
def test_it_counts_the_register_itself(round_: Round) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes"})
    round_.invitations.filter(state="XD").update(declined_at=MORNING)
    assert one(round_, among="invited")[:2] == (1, 4)
    assert one(round_, standings=("declined",), among="invited")[:2] == (1, 4)


@pytest.mark.django_db
def test_it_limits_itself_to_a_region(round_: Round) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes"})
    rounds.reply_of(round_, "XB", {LAW: "yes"})
    assert one(round_, path=LAW, values=("yes",), region="africa")[:2] == (1, 1)
    assert one(round_, path=LAW, values=("yes",), region="eastern-europe")[:2] == (0, 0)


@pytest.mark.django_db
def test_it_says_who_answers_otherwise_than_in_the_round_before(
    round_: Round, form: object
) -> None:
    earlier = rounds.open_round(form)  # type: ignore[arg-type]
    for iso2, then, now in (
        ("XA", "no", "yes"),
        ("XB", "yes", "yes"),
        ("XC", "unknown", "yes"),
        ("XD", "no", "no"),
    ):
        rounds.reply_of(earlier, iso2, {LAW: then})
        rounds.reply_of(round_, iso2, {LAW: now})
    asked = Query(path=LAW, values=("yes",), changed_since=earlier.key)
    found = figures.count(reader=OPERATOR, round_=round_, query=asked)
    assert (found.n, found.otherwise, found.not_known) == (1, 2, 1)
    assert found.states == ("XA",)


@pytest.mark.django_db
def test_it_counts_passages_of_a_theme(round_: Round, analyst: Person) -> None:
    above = Theme.objects.create(round=round_, code="a", labels={}, ordinal=1)
    under = Theme.objects.create(round=round_, code="a.homes", labels={}, ordinal=2, parent=above)
    other = Theme.objects.create(round=round_, code="b", labels={}, ordinal=3)
    for iso2, theme in (("XA", under), ("XB", other), ("XC", None), ("XD", under)):
        reply = rounds.reply_of(
            round_, iso2, {SHELTER: "خمسة مآو"}, confidential=(SHELTER,) if iso2 == "XD" else ()
        )
        if theme is not None:
            Coding.objects.create(
                key=f"coding{iso2}",
                answer=reply.answers.get(),
                start=0,
                end=4,
                theme=theme,
                analyst=analyst,
                at=SENT,
            )
    assert one(round_, theme="a") == (1, 4, 1, 1, 1)


# ── who is named, and who may count ──────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_the_public_counts_what_a_report_told_and_finds_named_who_may_be(
    round_: Round, analyst: Person, public: object, omar: Person
) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes"})
    second = rounds.reply_of(round_, "XB", {LAW: "yes"}, is_public=False)
    asked = Query(path=LAW, values=("yes",))
    for reader in (public, omar):
        with pytest.raises(problems.NoFindingsYet):
            figures.count(reader=reader, round_=round_, query=asked)  # type: ignore[arg-type]
    publish(round_, as_at=SENT + timedelta(days=60))
    rounds.write(second, LAW, "no", at=SENT + timedelta(days=90), reason="أُلغي القانون")
    # One reply alone is not public: beside the name of the other it would be told.
    expected = {public: (), omar: ("XA", "XB"), analyst: ("XA",)}
    for reader, named in expected.items():
        found = figures.count(reader=reader, round_=round_, query=asked)  # type: ignore[arg-type]
        assert found.states == named
        assert found.n == (1 if reader is analyst else 2)
        assert found.n == len(found.states) + found.unnamed


def publish(round_: Round, *, as_at: datetime, key: str = "r" * 16) -> None:
    """A published report, as rows."""
    document = Document.objects.create(key=f"d{key[1:]}", accepted_at=as_at)
    Report.objects.create(
        key=key,
        round=round_,
        titles={"en": "Report"},
        as_at=as_at,
        made_at=as_at,
        published_at=as_at,
        document=document,
    )


def replies_of(round_: Round, groups: dict[UnGroup, int], *, public: int = 0) -> list[str]:
    """Replies of more invented States, some of them public; every other one has a law."""
    made = []
    for group in [group for group, count in groups.items() for _one in range(count)]:
        iso2 = f"Q{chr(ord('A') + len(made))}"
        State.objects.create(
            iso2=iso2,
            iso3=f"{iso2}X",
            kind="member",
            names={"ar": iso2, "en": iso2},
            un_group=group,
            is_invented=True,
        )
        said = "no" if len(made) % 2 else "yes"
        rounds.reply_of(round_, iso2, {LAW: said}, is_public=len(made) < public)
        made.append(iso2)
    return made


@pytest.mark.django_db
def test_names_come_with_enough_replies_that_are_not_public(round_: Round) -> None:
    replies_of(round_, {UnGroup.AFRICA: 8}, public=2)
    asked = Query(path=LAW, values=("yes",))
    found = figures.count(reader=OPERATOR, round_=round_, query=asked, public=True)
    assert (found.n, found.states, found.unnamed) == (4, ("QA",), 3)


@pytest.mark.django_db
def test_nobody_is_named_where_all_that_are_not_public_answered_alike(round_: Round) -> None:
    made = replies_of(round_, {UnGroup.AFRICA: 7}, public=2)
    for reply in Reply.objects.filter(invitation__state__in=made[2:]):
        rounds.write(reply, LAW, "yes")
    asked = Query(path=LAW, values=("yes",))
    found = figures.count(reader=OPERATOR, round_=round_, query=asked, public=True)
    assert (found.n, found.states) == (6, ())


@pytest.mark.django_db
def test_a_small_group_cannot_be_found_by_taking_the_others_away(
    round_: Round, public: Reader
) -> None:
    groups = {UnGroup.AFRICA: 6, UnGroup.ASIA_PACIFIC: 7, UnGroup.EASTERN_EUROPE: 1}
    replies_of(round_, groups)
    publish(round_, as_at=SENT + timedelta(days=60))
    for region, is_told in (("asia-pacific", True), ("africa", False), ("eastern-europe", False)):
        asked = Query(path=LAW, region=region)
        if is_told:
            assert figures.count(reader=public, round_=round_, query=asked).of == 7
            continue
        with pytest.raises(problems.TooFewToTell):
            figures.count(reader=public, round_=round_, query=asked)


# ── tables and words ─────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_a_table_leaves_nobody_out(round_: Round) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes"})
    rounds.reply_of(round_, "XB", {LAW: "unknown"})
    rounds.reply_of(round_, "XC", {LAW: "no"}, confidential=(LAW,))
    rounds.reply_of(round_, "XD", {})
    found = figures.table(reader=OPERATOR, round_=round_, path=LAW, language="ar", public=True)
    assert [row.label for row in found.rows][:3] == ["نعم", "جزئيا", "لا"]
    assert {row.value: row.figure.n for row in found.rows if row.figure.n} == {
        "yes": 1,
        "unknown": 1,
    }
    assert (found.of, found.no_answer, found.withheld) == (4, 1, 1)
    with pytest.raises(problems.NoChoices):
        figures.table(reader=OPERATOR, round_=round_, path=SHELTER, language="ar")


@pytest.mark.django_db
def test_a_follow_up_is_a_share_of_those_it_was_put_to(round_: Round) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes", LAW_EFFECT: "clear"})
    rounds.reply_of(round_, "XB", {LAW: "in_part"})
    rounds.reply_of(round_, "XC", {LAW: "no"})
    assert one(round_, path=LAW_EFFECT, values=("clear",), among="asked") == (1, 2, 0, 1, 0)


@pytest.mark.django_db
def test_what_is_not_asked_any_more_is_no_answer(round_: Round) -> None:
    reply = rounds.reply_of(round_, "XA", {LAW: "yes", LAW_EFFECT: "clear"})
    rounds.reply_of(round_, "XB", {LAW: "yes", LAW_EFFECT: "clear"})
    rounds.write(reply, LAW, "no", at=SENT + timedelta(days=9), reason="أُلغي القانون")
    assert one(round_, path=LAW_EFFECT, values=("clear",)) == (1, 2, 0, 1, 0)
    assert one(round_, path=LAW_EFFECT, values=("clear",), among="asked")[:2] == (1, 1)


@pytest.mark.django_db
def test_what_follows_from_a_withheld_answer_is_withheld_with_it(round_: Round) -> None:
    follows = {LAW: "yes", LAW_EFFECT: "clear"}
    rounds.reply_of(round_, "XA", follows, confidential=(LAW,))
    rounds.reply_of(round_, "XB", follows)
    # Whether it answered what follows would tell as much: it counts like Arkia.
    rounds.reply_of(round_, "XC", {LAW: "no"}, confidential=(LAW,))
    asked = Query(path=LAW_EFFECT, values=("clear",))
    found = figures.count(reader=OPERATOR, round_=round_, query=asked, public=True)
    assert (found.n, found.states, found.withheld, found.of) == (1, ("XB",), 2, 3)
    whole = figures.count(reader=OPERATOR, round_=round_, query=asked)
    assert (whole.n, whole.withheld) == (2, 0)


def made(
    n: int, of: int, *, not_known: int = 0, withheld: int = 0, among: Among = "replied"
) -> Figure:
    """A figure as it may come out."""
    return Figure(
        query=Query(path=LAW, values=("yes",), among=among),
        n=n,
        of=of,
        otherwise=of - n - not_known - withheld,
        not_known=not_known,
        withheld=withheld,
        states=(),
        unnamed=n,
        at=SENT,
    )


@pytest.mark.parametrize(
    ("figure", "language", "said"),
    [
        (made(7, 33), "en", "7 of the 33 States that replied"),
        (made(0, 33), "en", "none of the 33 States that replied"),
        (
            made(7, 33, not_known=3),
            "en",
            "7 of the 33 States that replied (not known for 3 of them)",
        ),
        (made(7, 33), "ar", "7 دول من أصل 33 دولة مجيبة"),
        (made(1, 5), "ar", "دولة واحدة من أصل 5 دول مجيبة"),
        (made(2, 12), "ar", "دولتان من أصل 12 دولة مجيبة"),
        (made(12, 103), "ar", "12 دولة من أصل 103 دول مجيبة"),
        (made(1, 2), "ar", "دولة واحدة من أصل دولتين مجيبتين"),
        (made(3, 9, not_known=2), "ar", "3 دول من أصل 9 دول مجيبة (ولا يُعرف الأمر عن اثنتين منها)"),
        (made(3, 9, among="asked"), "ar", "3 دول من أصل 9 دول طُرح عليها السؤال"),
    ],
)
def test_it_counts_as_the_language_does(figure: Figure, language: str, said: str) -> None:
    with using(Digits.LATIN):
        assert words(figure, language) == said


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("among", ["invited", "replied", "asked"])
def test_findings_and_reports_say_a_figure_alike(language: str, among: Among) -> None:
    for n, of in ((0, 0), (0, 1), (1, 1), (0, 2), (1, 2), (2, 2), (5, 5), (7, 33), (0, 33)):
        figure = made(n, of, among=among)
        with using(Digits.LATIN):
            formatter = Formatter(language=language, digits=Digits.LATIN)
            assert words(figure, language) == prose.phrase(figure, formatter=formatter)


def test_it_writes_the_digits_of_the_reader() -> None:
    with using(Digits.ARABIC_INDIC):
        assert words(made(7, 33), "ar") == "٧ دول من أصل ٣٣ دولة مجيبة"


def test_a_sentence_puts_the_verb_where_the_language_has_it() -> None:
    with using(Digits.LATIN):
        arabic = sentence(made(7, 33), "ar", question="هل صدر قانون؟", answer="نعم")
        none = sentence(made(0, 33), "ar", question="هل صدر قانون؟", answer="نعم")
        english = sentence(made(0, 33), "en", question="Is there a law?", answer="Yes")
    assert arabic == "أجابت 7 دول من أصل 33 دولة مجيبة بـ«نعم» عن السؤال «هل صدر قانون؟»."
    assert none == "لم تُجب أي دولة من 33 دولة مجيبة بـ«نعم» عن السؤال «هل صدر قانون؟»."
    assert english == "None of the 33 States that replied answered “Yes” to “Is there a law?”."


def test_a_query_is_kept_as_data() -> None:
    query = Query(path=LAW, values=("yes",), among="asked", region="africa")
    assert Query.of(query.as_data()) == query
