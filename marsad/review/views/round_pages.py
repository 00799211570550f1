"""Pages of rounds: the list, preparing, inviting, opening and closing."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.components import Step
from marsad.design.formatting import for_reader
from marsad.directory.types import Person, UnGroup
from marsad.library.queries import replies
from marsad.problems import Problem
from marsad.review import problems
from marsad.review.actions import round as actions
from marsad.review.actions import told
from marsad.review.forms.round import AnalystForm, DayForm, LastDayForm, RoundForm, TellForm
from marsad.review.models import Round
from marsad.review.queries import note as notes
from marsad.review.queries import register as registers
from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.types.round import RoundCard, RoundStanding
from marsad.review.views.frame import frame, language_now, reader_of


# ── the list ─────────────────────────────────────────────────────────────────────────────────────
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """The rounds a reader may know of."""
    reader = reader_of(request)
    return render(
        request,
        "review/round/list.html",
        {
            "rounds": rounds.listed(reader=reader, language=language_now()),
            "may_prepare": rights.is_secretariat(reader),
        },
    )


# ── prepare ──────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Begin a round."""
    reader = reader_of(request)
    rights.require_secretariat(reader)
    form = _round_form(request, initial={"form_key": request.GET.get("form", "")}, is_new=True)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.prepare(
                **form.typed(),
                is_invented=form.cleaned_data.get("is_invented", False),
                by=reader,
                at=timezone.now(),
            )
        except Problem as problem:
            _say(form, problem)
        else:
            messages.success(request, _("The round is prepared. Invite States next."))
            return redirect("review:invite", made.key)
    return render(
        request, "review/round/new.html", {"form": form}, status=422 if form.is_bound else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a round that is still being prepared."""
    round_ = _for_officer(request, key)
    if round_.opened_at is not None:
        raise problems.RoundOpened
    form = _round_form(request, initial=_kept(round_), is_new=False)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(key=key, **form.typed(), by=reader_of(request), at=timezone.now())
        except Problem as problem:
            _say(form, problem)
        else:
            messages.success(request, _("The round is as you wrote it."))
            return redirect("review:round", key)
    context = {**frame(request, round_), "form": form}
    return render(request, "review/round/edit.html", context, status=422 if form.is_bound else 200)


def _round_form(request: HttpRequest, *, initial: dict[str, Any], is_new: bool) -> RoundForm:
    reader, language = reader_of(request), language_now()
    forms = rounds.forms_to_ask(reader=reader, language=language)
    return RoundForm(
        request.POST if request.method == "POST" else None,
        questionnaires=forms,
        papers=rounds.papers_to_name(reader=reader, language=language),
        offers_invented=is_new and settings.DEMO,
        initial={key: value for key, value in initial.items() if value},
    )


def _kept(round_: Round) -> dict[str, Any]:
    return {
        "title_ar": round_.titles.get("ar", ""),
        "title_en": round_.titles.get("en", ""),
        "mandate_ar": round_.mandate.get("ar", ""),
        "mandate_en": round_.mandate.get("en", ""),
        "languages": round_.languages,
        "form_key": round_.form_key,
        "mandate_document": round_.mandate_document.key if round_.mandate_document else "",
        "mandate_anchor": round_.mandate_anchor,
        "due_on": round_.due_on,
        "second_due_on": round_.second_due_on,
        "cut_off_on": round_.cut_off_on,
    }


def _say(form: RoundForm, problem: Problem) -> None:
    """The sentence beside the field that it is about."""
    fields: dict[type[Problem], str] = {
        problems.UnknownRoundLanguage: "languages",
        problems.FormNotPublished: "form_key",
        problems.UnknownMandate: "mandate_document",
    }
    named = str(problem.details.get("field", "")) or fields.get(type(problem))
    if not isinstance(
        problem,
        (
            *fields,
            problems.RoundWithoutTitle,
            problems.DueMissing,
            problems.DueInThePast,
            problems.DueOutOfOrder,
            problems.DueTooFarAhead,
            problems.RoundWordsTooLong,
        ),
    ):
        raise problem
    form.add_error(named if named in form.fields else None, str(problem))


# ── one round ────────────────────────────────────────────────────────────────────────────────────
@require_safe
def round_page(request: HttpRequest, key: str) -> HttpResponse:
    """One round: what it asks, on whose decision, until when, and how far it has come."""
    return _page(request, rights.round_for(reader_of(request), key=key))


def _page(request: HttpRequest, round_: Round, *, status: int = 200, **more: Any) -> HttpResponse:
    reader = reader_of(request)
    around = frame(request, round_)
    card: RoundCard = around["round"]
    is_officer = rights.is_secretariat(reader) and not card.is_told
    context: dict[str, Any] = {
        **around,
        "is_officer": is_officer,
        "told_days": rounds.told_days(round_),
    }
    if rights.visible_invitations(reader, round_).exists():
        context["register"] = registers.register(
            reader=reader, round_=round_, language=language_now()
        )
    if is_officer:
        sending = notes.sending(round_)
        context |= {
            "steps": _steps(round_, card, written=sending.written),
            "analysts": rounds.analysts_of(round_),
            "analyst_form": AnalystForm(people=_analysts(round_)),
            "day_form": DayForm(),
            "last_day_form": LastDayForm(),
            "is_over": card.standing in (RoundStanding.CUT_OFF, RoundStanding.CLOSED),
            "sending": sending,
        }
    return render(request, "review/round/one.html", {**context, **more}, status=status)


def _steps(round_: Round, card: RoundCard, *, written: int) -> list[Step]:
    """What an officer does, in order, and where the round stands."""
    done = [
        (_("Prepare: questionnaire, mandate, days"), True),
        (_("Invite States"), card.invited > 0),
        (_("Open the round"), not card.is_prepared),
        (_("Send the notes verbales"), written > 0),
        (_("Close the round"), card.standing in (RoundStanding.CUT_OFF, RoundStanding.CLOSED)),
    ]
    current = next((place for place, (_label, is_done) in enumerate(done) if not is_done), None)
    return [
        Step(label=label, state="done" if is_done else "current" if place == current else "to do")
        for place, (label, is_done) in enumerate(done)
    ]


def _analysts(round_: Round) -> list[tuple[str, str]]:
    named = {each.pk for each in rounds.analysts_of(round_)}
    return [(str(each.pk), each.name) for each in rounds.analysts_to_name() if each.pk not in named]


def _for_officer(request: HttpRequest, key: str) -> Round:
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    rights.require_secretariat(reader)
    return round_


@login_required
@require_POST
def act(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """Open, close, open again; give the second deadline; name an analyst or release one."""
    round_ = _for_officer(request, key)
    does = {
        "open": _open,
        "close": _close,
        "reopen": _reopen,
        "second": _second,
        "name": _name,
        "release": _release,
    }.get(what)
    if does is None:
        raise problems.NoSuchRound(round=what)
    return does(request, round_)


def _open(request: HttpRequest, round_: Round) -> HttpResponse:
    actions.open_round(key=round_.key, by=reader_of(request), at=timezone.now())
    messages.success(request, _("The round is open. Send the notes verbales next."))
    return redirect("review:notes", round_.key)


def _close(request: HttpRequest, round_: Round) -> HttpResponse:
    actions.close(key=round_.key, by=reader_of(request), at=timezone.now())
    messages.success(request, _("The round is closed. You can open it again on this page."))
    return redirect("review:round", round_.key)


def _reopen(request: HttpRequest, round_: Round) -> HttpResponse:
    form = LastDayForm(request.POST)
    if form.is_valid():
        try:
            actions.reopen(
                key=round_.key,
                cut_off_on=form.cleaned_data["cut_off_on"],
                by=reader_of(request),
                at=timezone.now(),
            )
        except (problems.DueInThePast, problems.DueOutOfOrder, problems.DueTooFarAhead) as problem:
            form.add_error("cut_off_on", str(problem))
        else:
            messages.success(request, _("The round takes replies again."))
            return redirect("review:round", round_.key)
    return _page(request, round_, last_day_form=form, status=422)


def _second(request: HttpRequest, round_: Round) -> HttpResponse:
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            actions.set_second_deadline(
                key=round_.key,
                day=form.cleaned_data["day"],
                by=reader_of(request),
                at=timezone.now(),
            )
        except (problems.DueInThePast, problems.DueOutOfOrder, problems.DueTooFarAhead) as problem:
            form.add_error("day", str(problem))
        else:
            messages.success(request, _("The second note will name this day."))
            return redirect("review:notes", round_.key)
    return _page(request, round_, day_form=form, status=422)


def _name(request: HttpRequest, round_: Round) -> HttpResponse:
    form = AnalystForm(request.POST, people=_analysts(round_))
    if not form.is_valid():
        return _page(request, round_, analyst_form=form, status=422)
    person = Person.objects.get(pk=form.cleaned_data["person"])
    actions.name_analyst(key=round_.key, person=person, by=reader_of(request), at=timezone.now())
    return redirect("review:round", round_.key)


def _release(request: HttpRequest, round_: Round) -> HttpResponse:
    named = request.POST.get("person", "")
    person = next((each for each in rounds.analysts_of(round_) if str(each.pk) == named), None)
    if person is not None:
        actions.release_analyst(
            key=round_.key, person=person, by=reader_of(request), at=timezone.now()
        )
        messages.success(request, _("The analyst was released. Name them again to take it back."))
    return redirect("review:round", round_.key)


# ── invite ───────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Choose the States: all members, a regional group, or one by one."""
    round_ = _for_officer(request, key)
    if round_.told_by_id is not None:
        raise problems.RoundTold
    if request.method == "POST":
        added, taken = _invite(request, round_)
        if added or taken:
            messages.success(
                request,
                _("{added} invited, {taken} taken off.").format(
                    added=for_reader().number(added), taken=for_reader().number(taken)
                ),
            )
        return redirect("review:invite", key)
    chosen = registers.invitable(round_, language=language_now())
    groups = [
        {
            "code": code,
            "label": str(UnGroup(code).label) if code else _("In no regional group"),
            "states": states,
            "invited": sum(is_invited for _iso2, _label, is_invited in states),
        }
        for code, states in chosen
    ]
    invited = sum(cast(int, group["invited"]) for group in groups)
    context = {**frame(request, round_), "groups": groups, "invited": invited}
    return render(request, "review/round/invite.html", context)


def _invite(request: HttpRequest, round_: Round) -> tuple[int, int]:
    """All that a button stands for, or the boxes as they are ticked now."""
    by, at = reader_of(request), timezone.now()
    group = request.POST.get("group")
    if group is not None:
        region = "" if group == "all" else group
        states = registers.members(is_invented=round_.is_invented, region=region)
        return actions.invite(key=round_.key, states=states, by=by, at=at), 0
    wanted = set(request.POST.getlist("state"))
    there = set(round_.invitations.values_list("state_id", flat=True))
    added = actions.invite(key=round_.key, states=wanted, by=by, at=at)
    return added, actions.take_off(key=round_.key, states=there - wanted, by=by, at=at)


# ── from a report ────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Take a round that was held before Marsad from the report that tells of it."""
    reader = reader_of(request)
    rights.require_secretariat(reader)
    cards = replies.listing_replies(reader=reader, language=language_now())
    papers = [
        (card.key, " · ".join(filter(None, (card.symbol, card.title, str(card.year or "")))))
        for card in cards
    ]
    form = TellForm(request.POST if request.method == "POST" else None, papers=papers)
    if request.method == "POST" and form.is_valid():
        try:
            made = told.tell(document=form.cleaned_data["document"], by=reader, at=timezone.now())
        except (problems.ToldAlready, problems.TellsOfNoRound) as problem:
            form.add_error("document", str(problem))
        else:
            messages.success(request, _("The round is here, as the report tells it."))
            return redirect("review:round", made.key)
    context = {"form": form, "papers": papers}
    return render(request, "review/round/tell.html", context, status=422 if form.is_bound else 200)
