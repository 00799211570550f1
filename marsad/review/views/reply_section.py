"""A section of a reply: questions, saved as they are typed, with or without a script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.formatting import for_reader
from marsad.problems import NotAllowed, NotFound, Problem, Refused
from marsad.questionnaires.queries.judging import Place
from marsad.review import problems
from marsad.review.actions import answer as actions
from marsad.review.actions import presence
from marsad.review.actions import reply as replies
from marsad.review.models import Answer, Reply
from marsad.review.queries import answer as answers
from marsad.review.queries import reply as queries
from marsad.review.queries import rights
from marsad.review.queries import section as sections
from marsad.review.types.reply import Saved
from marsad.review.types.section import Clash, SectionView
from marsad.review.views.frame import frame, language_now, reader_of
from marsad.review.views.reply import reply_at, round_of

#: Entries that stand open at once, and places in one form.
_MOST_OPEN = 30
_MOST_PLACES = 2_000
#: What others saved is told again for a while, in case an answer was on its way.
_OVERLAP = timedelta(seconds=20)
_UNDO = "review_undo"


# ── the page ─────────────────────────────────────────────────────────────────────────────────────
@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request: HttpRequest, key: str, iso2: str, name: str) -> HttpResponse:
    """A section, to be filled in or read; POST is the way without a script."""
    if request.method == "POST":
        return _posted(request, key, iso2, name)
    round_ = round_of(request, key)
    reader = reader_of(request)
    if request.user.is_authenticated and rights.memberships_of(reader, state=iso2):
        replies.begin(round_key=key, state=iso2, by=reader, at=timezone.now())
    reply = queries.reply_of(reader=reader, round_=round_, state=iso2)
    shown = _view(request, reply, name)
    if shown.may_write:
        presence.be_seen(reply=reply, section=shown.path, by=reader, at=timezone.now())
    return _drawn(request, reply, shown)


def _view(request: HttpRequest, reply: Reply, name: str, **more: Any) -> SectionView:
    return sections.view(
        reader=reader_of(request),
        reply=reply,
        name=name,
        language=language_now(),
        at=timezone.now(),
        entries=_open_entries(request.GET),
        shows_missing=request.GET.get("look") == "missing",
        **more,
    )


def _open_entries(asked: QueryDict) -> list[Place]:
    found = []
    for place in asked.getlist("open")[:_MOST_OPEN]:
        path, position = sections.read_place(place)
        if all(0 < number <= actions.MOST_ENTRIES for number in position):
            found.append((path, position))
    return found


def _drawn(
    request: HttpRequest,
    reply: Reply,
    shown: SectionView,
    *,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    reader, round_ = reader_of(request), reply.invitation.round
    summary = queries.view(
        reader=reader,
        round_=round_,
        state=reply.invitation.state_id,
        language=language_now(),
        with_progress=False,
    )
    context = {
        **frame(request, round_),
        "reply": summary,
        "section": shown,
        "is_drafted": shown.may_write and summary.is_drafted,
        "is_updated": shown.may_write and summary.submitted_at is not None,
        "here": sections.here(reader=reader, reply=reply, section=shown.path, at=timezone.now()),
        "problem": problem,
        "undo": (request.session.get(_UNDO) or {}).get("reply") == reply.key,
        "now": timezone.now().isoformat(),
        "example_day": for_reader().text(timezone.localdate().isoformat()),
        "messages_of_script": _script_words(),
    }
    return render(request, "review/reply/section.html", context, status=status)


def _script_words() -> dict[str, str]:
    """What the script says; it knows no words of its own."""
    return {
        "saving": _("Saving…"),
        "saved": _("Saved at {time}"),
        "offline": _(
            "No connection. What you type is kept on this page and sent when the connection is "
            "back; do not close the page."
        ),
        "kept": _("What you typed stays on this page. Copy it, or keep it as a file."),
        "signedout": _(
            "You are signed out. Sign in again in another window; what you typed stays here."
        ),
        "by": _("{name} answered at {time}"),
        "copied": _("Copied"),
        "here": _("Here now: {names}"),
        "counts": _("{answered} of {asked} answered"),
    }


# ── without a script ─────────────────────────────────────────────────────────────────────────────
@login_required
def _posted(request: HttpRequest, key: str, iso2: str, name: str) -> HttpResponse:
    """Save whatever was typed, each answer by itself; then do what the button said."""
    reply = reply_at(request, key, iso2)
    section, _hand = sections.section_for(
        reply, reader=reader_of(request), name=name, language=language_now()
    )
    typed = _typed(request.POST, section=section.path)
    which, _mark, kept = request.POST.get("keep", "").partition("|")
    if which == "theirs":
        typed.pop(sections.read_place(kept), None)
    done = _save_each(request, reply, typed)
    if done.told or done.clashes or done.problem:
        shown = _view(request, reply, name, typed=done.kept, clashes=done.clashes, told=done.told)
        return _drawn(request, reply, shown, problem=done.problem, status=409)
    opened = request.GET.getlist("open")[:_MOST_OPEN]
    if "add" in request.POST:
        opened.append(_next_entry(reply, request.POST["add"], opened))
    try:
        if "remove" in request.POST:
            opened = _remove(request, reply, typed, opened=opened)
        if "clear" in request.POST:
            _clear(request, reply, typed, request.POST["clear"])
    except problems.ChangedMeanwhile as clash:
        # Somebody answered what this page would take away: both stand on it, nothing is gone.
        done.clash((clash.details["path"], tuple(clash.details["position"])), typed, reply=reply)
        shown = _view(request, reply, name, typed=done.kept, clashes=done.clashes)
        return _drawn(request, reply, shown, status=409)
    if "take" in request.POST:
        _take(request, reply, {request.POST["take"]: typed.get((request.POST["take"], ()))})
    if done.count:
        messages.success(
            request,
            ngettext("{count} answer saved.", "{count} answers saved.", done.count).format(
                count=for_reader().number(done.count)
            ),
        )
    address = reverse("review:section", args=[key, iso2, name])
    query = urlencode([("open", each) for each in opened])
    anchor = f"#{_anchor(request.POST)}" if _anchor(request.POST) else ""
    return redirect(f"{address}{'?' + query if query else ''}{anchor}")


class _Typed:
    """What a form says of one place."""

    def __init__(self, *, value: str, base: int, is_confidential: bool) -> None:
        self.value = value
        self.base = base
        self.is_confidential = is_confidential


class _Done:
    """What came of saving."""

    def __init__(self) -> None:
        self.count = 0
        self.kept: dict[Place, str] = {}
        self.clashes: dict[Place, Answer] = {}
        self.told: dict[Place, str] = {}
        self.problem: Problem | None = None

    def clash(self, place: Place, typed: Mapping[Place, _Typed], *, reply: Reply) -> None:
        """Keep what was typed beside the answer that came between."""
        self.kept[place] = typed[place].value
        holds = answers.current(reply, path=place[0], position=place[1])
        if holds is not None:
            self.clashes[place] = holds


def _typed(sent: QueryDict, *, section: str) -> dict[Place, _Typed]:
    """By place, what the form holds: whatever has a base was on the page."""
    found: dict[Place, _Typed] = {}
    for named in list(sent)[:_MOST_PLACES]:
        if not named.startswith("b:"):
            continue
        written = named[2:]
        path, position = sections.read_place(written)
        if path != section and not path.startswith(f"{section}/"):
            continue
        found[(path, position)] = _Typed(
            value=" ".join(filter(None, sent.getlist(f"v:{written}")))
            if len(sent.getlist(f"v:{written}")) > 1
            else sent.get(f"v:{written}", ""),
            base=_number(sent.get(named, "")),
            is_confidential=f"c:{written}" in sent,
        )
    return found


def _save_each(request: HttpRequest, reply: Reply, typed: Mapping[Place, _Typed]) -> _Done:
    done = _Done()
    before = {
        (each.path, tuple(each.position), each.revision): each
        for each in reply.answers.filter(path__in={path for path, _position in typed})
    }
    for place, each in typed.items():
        path, position = place
        was = before.get((path, position, each.base))
        same_value = _same(each.value, was.value if was else "")
        if same_value and each.is_confidential == bool(was and was.is_confidential):
            continue
        try:
            saved = actions.save(
                reply_key=reply.key,
                path=path,
                position=position,
                value=each.value,
                base=each.base,
                is_confidential=each.is_confidential,
                by=reader_of(request),
                at=timezone.now(),
            )
        except problems.ChangedMeanwhile:
            done.clash(place, typed, reply=reply)
        except Problem as problem:
            done.kept[place] = each.value
            if isinstance(problem, Refused | NotAllowed | NotFound):
                done.problem = problem
            else:
                done.told[place] = str(problem)
        else:
            done.count += 1
            # From here on it is what the writer saw.
            each.base = saved.revision
    return done


def _same(typed: str, kept: str) -> bool:
    return typed.replace("\r\n", "\n").strip() == kept.strip()


def _next_entry(reply: Reply, place: str, opened: list[str]) -> str:
    """The place of a new entry: one after the last that holds an answer or stands open."""
    path, position = sections.read_place(place)
    numbers = [0]
    within = reply.answers.filter(path__startswith=f"{path}/", ended_at__isnull=True)
    for held in within.exclude(value="").values_list("position", flat=True):
        if tuple(held[: len(position)]) == position and len(held) > len(position):
            numbers.append(held[len(position)])
    for each in opened:
        open_path, open_position = sections.read_place(each)
        if open_path == path and open_position[:-1] == position:
            numbers.append(open_position[-1])
    number = max(numbers) + 1
    if number == 1 and not position:
        number = 2  # the first stands on the page already, empty
    if number > actions.MOST_ENTRIES:
        raise problems.TooManyEntries(most=actions.MOST_ENTRIES)
    return sections.place_of(path, (*position, number))


def _remove(
    request: HttpRequest, reply: Reply, typed: Mapping[Place, _Typed], *, opened: list[str]
) -> list[str]:
    path, position = sections.read_place(request.POST["remove"])
    inside = [
        place
        for place in typed
        if place[0].startswith(f"{path}/") and place[1][: len(position)] == position
    ]
    bases = {}
    for place in inside:
        holds = answers.current(reply, path=place[0], position=place[1])
        if holds is not None and holds.value:
            bases[place] = typed[place].base
    saved = actions.empty_entry(
        reply_key=reply.key, bases=bases, by=reader_of(request), at=timezone.now()
    )
    _remember(request, reply, saved)
    if saved:
        messages.success(request, _("The entry was taken away. Its answers stay on record."))
    gone = request.POST["remove"]
    return [each for each in opened if each != gone and not each.startswith(f"{gone}.")]


def _clear(request: HttpRequest, reply: Reply, typed: Mapping[Place, _Typed], written: str) -> None:
    path, position = sections.read_place(written)
    holds = answers.current(reply, path=path, position=position)
    if holds is None or (path, position) not in typed:
        return
    saved = actions.save(
        reply_key=reply.key,
        path=path,
        position=position,
        value="",
        base=typed[(path, position)].base,
        by=reader_of(request),
        at=timezone.now(),
    )
    _remember(request, reply, [saved])


def _take(request: HttpRequest, reply: Reply, chosen: Mapping[str, _Typed | None]) -> None:
    bases = {path: typed.base if typed else 0 for path, typed in chosen.items()}
    saved = actions.take_over(
        reply_key=reply.key, bases=bases, by=reader_of(request), at=timezone.now()
    )
    _remember(request, reply, saved)
    messages.success(
        request,
        ngettext(
            "{count} earlier answer taken over.", "{count} earlier answers taken over.", len(saved)
        ).format(count=for_reader().number(len(saved))),
    )


def _remember(request: HttpRequest, reply: Reply, saved: list[Saved]) -> None:
    """Keep what could be undone, for this person."""
    if saved:
        request.session[_UNDO] = {"reply": reply.key, "answers": [each.key for each in saved]}


def _anchor(sent: QueryDict) -> str:
    for act in ("add", "remove", "clear", "take"):
        if act in sent:
            path, position = sections.read_place(sent.get(act, ""))
            return sections.dom_of(path, position if act == "clear" else position[:-1])
    return ""


@login_required
@require_POST
def undo(request: HttpRequest, key: str, iso2: str, name: str) -> HttpResponse:
    """Put back what stood before the last thing that was taken over, cleared or taken away."""
    reply = reply_at(request, key, iso2)
    kept = request.session.pop(_UNDO, None) or {}
    if kept.get("reply") != reply.key:
        raise problems.NoSuchAnswer
    actions.undo(
        reply_key=reply.key, keys=kept["answers"], by=reader_of(request), at=timezone.now()
    )
    messages.success(request, _("Put back as it was."))
    return redirect("review:section", key, iso2, name)


# ── earlier answers ──────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def earlier(request: HttpRequest, key: str, iso2: str, name: str) -> HttpResponse:
    """All that was answered before to what this section asks: what is still true?"""
    reply = reply_at(request, key, iso2)
    shown = _view(request, reply, name)
    offered = [
        node
        for node in shown.every()
        if node.earlier is not None and node.is_shown and node.value != node.earlier.value
    ]
    if request.method == "POST":
        chosen = {
            node.path: _Typed(
                value="",
                base=_number(request.POST.get(f"b:{node.place}", "")),
                is_confidential=False,
            )
            for node in offered
            if node.path in request.POST.getlist("take")
        }
        if not chosen:
            raise problems.NothingToTakeOver
        _take(request, reply, chosen)
        return redirect("review:section", key, iso2, name)
    context = {
        **frame(request, reply.invitation.round),
        "section": shown,
        "offered": offered,
        "iso2": iso2,
    }
    return render(request, "review/reply/earlier.html", context)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


# ── with the script ──────────────────────────────────────────────────────────────────────────────
@require_POST
def save(request: HttpRequest, key: str, iso2: str, name: str) -> HttpResponse:
    """Save one answer, and say what it changes on the page."""
    if not request.user.is_authenticated:
        return JsonResponse({"code": "signed-out"}, status=403)
    try:
        return _saved(request, key, iso2, name)
    except problems.ChangedMeanwhile as clash:
        return _clash(request, key, iso2, clash)
    except Problem as problem:
        status = 409 if isinstance(problem, Refused | NotAllowed | NotFound) else 422
        return JsonResponse({"code": problem.code, "message": str(problem)}, status=status)


def _saved(request: HttpRequest, key: str, iso2: str, name: str) -> HttpResponse:
    reply = reply_at(request, key, iso2)
    path, position = sections.read_place(request.POST.get("place", ""))
    confidential = {"yes": True, "no": False}.get(request.POST.get("confidential", ""))
    base = _number(request.POST.get("base", ""))
    common = {"reply_key": reply.key, "by": reader_of(request), "at": timezone.now()}
    if request.POST.get("offer"):
        saved = actions.take_over(bases={path: base}, **common)[0]  # type: ignore[arg-type]
        _remember(request, reply, [saved])
    else:
        saved = actions.save(
            path=path,
            position=position,
            value=request.POST.get("value", ""),
            base=base,
            is_confidential=confidential,
            **common,  # type: ignore[arg-type]
        )
    return JsonResponse(
        {
            "place": sections.place_of(saved.path, saved.position),
            "revision": saved.revision,
            "value": saved.value,
            "is_confidential": saved.is_confidential,
            "time": _clock(saved.at),
            **_follow(request, reply, name, saved),
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _follow(request: HttpRequest, reply: Reply, name: str, saved: Saved) -> dict[str, Any]:
    """What an answer changes on the page: what is asked now, what the form computes, the counts."""
    shown = sections.view(
        reader=reader_of(request),
        reply=reply,
        name=name,
        language=language_now(),
        at=saved.at,
        entries=_open_entries(request.POST),
        with_offers=False,
    )
    everything = shown.every()
    here = sections.dom_of(saved.path, saved.position)
    return {
        "fault": next((each.fault for each in everything if each.dom == here), ""),
        "shown": [each.dom for each in everything if each.is_shown],
        "faults": {each.dom: each.fault for each in everything if each.fault and each.is_shown},
        "labels": {each.dom: each.label for each in everything if each.what == "note"},
        "offered": {
            each.dom: [choice.value for choice in each.choices if choice.is_offered]
            for each in everything
            if any(not choice.is_offered for choice in each.choices)
        },
        "counts": {
            "answered": for_reader().number(shown.answered),
            "asked": for_reader().number(shown.asked),
        },
        "progress": shown.answered / shown.asked if shown.asked else 0,
    }


def _clash(
    request: HttpRequest, key: str, iso2: str, clash: problems.ChangedMeanwhile
) -> HttpResponse:
    """Both answers side by side, as a part of the page."""
    reply = reply_at(request, key, iso2)
    path, position = clash.details["path"], tuple(clash.details["position"])
    hand = rights.hand_of(reader_of(request), reply)
    item = answers.question_for(reply, hand=hand, path=path, language=language_now())
    holds = answers.current(reply, path=path, position=position)
    assert holds is not None
    typed = request.POST.get("value", "")
    both = Clash(
        typed=typed,
        typed_words=answers.words_of(item, typed),
        holds=answers.view(holds, item=item, hand=hand),
    )
    context = {
        "clash": both,
        "dom": sections.dom_of(path, position),
        "place": sections.place_of(path, position),
        "language": item.language,
    }
    return JsonResponse(
        {
            "code": clash.code,
            "message": str(clash),
            "revision": holds.revision,
            "value": holds.value,
            "html": render_to_string("review/reply/clash.html", context, request=request),
        },
        status=409,
    )


@require_safe
def now(request: HttpRequest, key: str, iso2: str, name: str) -> HttpResponse:
    """What others saved since, who has the section open, and whether it can still be written in."""
    if not request.user.is_authenticated:
        return JsonResponse({"code": "signed-out"}, status=403)
    reader, at = reader_of(request), timezone.now()
    reply = reply_at(request, key, iso2)
    section, hand = sections.section_for(reply, reader=reader, name=name, language=language_now())
    presence.be_seen(reply=reply, section=section.path, by=reader, at=at)
    arrived = sections.arrived(
        reader=reader,
        reply=reply,
        name=name,
        since=_moment(request.GET.get("since", ""), at=at) - _OVERLAP,
        language=language_now(),
    )
    names = sections.here(reader=reader, reply=reply, section=section.path, at=at)
    return JsonResponse(
        {
            "now": at.isoformat(),
            "here": for_reader().listed(names) if names else "",
            "closed": _closed(reply, hand=hand, section=section.path, at=at),
            "answers": [
                {
                    "dom": each.dom,
                    "place": each.place,
                    "revision": each.revision,
                    "value": each.value,
                    "by": each.by,
                    "time": _clock(each.at),
                    "is_confidential": each.is_confidential,
                }
                for each in arrived
            ],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _closed(reply: Reply, *, hand: rights.Hand, section: str, at: datetime) -> str:
    """Why nothing can be written here any more; empty while it can."""
    try:
        if reply.submitted_at is not None:
            raise problems.ReplySent(day=for_reader().moment(reply.submitted_at))
        if not hand.may_write(section):
            raise problems.NotYourSection
        actions.require_open(reply, at=at)
    except Problem as problem:
        return str(problem)
    return ""


def _moment(typed: str, *, at: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        return at
    return found if found.tzinfo is not None else at


def _clock(moment: datetime) -> str:
    """The time of day, in the reader's digits."""
    return for_reader().text(timezone.localtime(moment).strftime("%H:%M"))


__all__ = ["earlier", "now", "save", "section_page", "undo"]
