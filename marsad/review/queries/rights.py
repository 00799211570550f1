"""Who may see and do what in a round. Every other query starts from here.

The Secretariat asks and sees whatever was sent to it. A State sees its own. Analysts see what was
sent in their rounds, save what is for the Secretariat only. The public sees what a State cleared
for publication. What is absent and what is forbidden look alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from marsad.directory import queries as directory
from marsad.directory.types import BodyKind, Membership, Operator, Person, Reader, Role
from marsad.library.queries import rights as library
from marsad.questionnaires.queries import judging
from marsad.review import problems
from marsad.review.models import Analyst, Answer, Invitation, Reply, Round

#: Who opens rounds, sends notes and publishes.
SECRETARIAT = frozenset({Role.SECRETARIAT_OFFICER, Role.ADMINISTRATOR})
#: The roles by which a person acts for a State.
OF_A_STATE = (Role.FOCAL_POINT, Role.EXPERT, Role.OBSERVER)


@dataclass(frozen=True, kw_only=True)
class Hand:
    """What a reader may do with one reply."""

    #: Clears it, sends it, hands out its sections.
    is_focal_point: bool = False
    #: Asks for clarification, and reads what was sent.
    is_secretariat: bool = False
    #: Codes passages of it, and proposes practices.
    is_analyst: bool = False
    #: Acts for the State in whatever role.
    is_of_the_state: bool = False
    #: Paths of the sections they may read and write; None stands for all.
    reads: frozenset[str] | None = frozenset()
    writes: frozenset[str] | None = frozenset()
    #: Whether they see answers that are for the Secretariat only.
    sees_confidential: bool = False

    @property
    def is_public(self) -> bool:
        """Whether they are anybody: what was corrected, and why, is not for them."""
        return not (self.is_of_the_state or self.is_secretariat or self.is_analyst)

    def may_read(self, path: str) -> bool:
        """Whether a section, or a question in it, is open to them."""
        return _is_within(path, self.reads)

    def may_write(self, path: str) -> bool:
        """Whether they may answer a question of that path."""
        return _is_within(path, self.writes)


def _is_within(path: str, sections: frozenset[str] | None) -> bool:
    if sections is None:
        return True
    return any(path == section or path.startswith(f"{section}/") for section in sections)


# ── who somebody is ──────────────────────────────────────────────────────────────────────────────
def person_of(reader: Reader) -> Person | None:
    """The person to name in the journal; none for the operator of the machine."""
    return reader if isinstance(reader, Person) else None


def is_secretariat(reader: Reader) -> bool:
    """Whether the reader asks States, and reads all that they sent."""
    return isinstance(reader, Operator) or bool(SECRETARIAT & directory.roles_of(reader))


def require_secretariat(reader: Reader) -> None:
    """:raises NotTheSecretariat: if the reader may not ask States."""
    if not is_secretariat(reader):
        raise problems.NotTheSecretariat


def analyses(reader: Reader, round_: Round) -> bool:
    """Whether the reader may code, and write findings, in a round."""
    if is_secretariat(reader):
        return True
    return (
        isinstance(reader, Person)
        and directory.holds(reader, Role.ANALYST)
        and round_.analysts.filter(person=reader).exists()
    )


def analysed(reader: Reader, rounds: Sequence[Round]) -> set[int]:
    """The ids of those of some rounds that the reader `analyses`, asked once for all."""
    if is_secretariat(reader):
        return {each.pk for each in rounds}
    if not isinstance(reader, Person) or not directory.holds(reader, Role.ANALYST):
        return set()
    named = Analyst.objects.filter(person=reader, round__in=[each.pk for each in rounds])
    return set(named.values_list("round_id", flat=True))


def require_analyst(reader: Reader, round_: Round) -> None:
    """:raises NotAnAnalyst: if the reader may not write findings of the round."""
    if not analyses(reader, round_):
        raise problems.NotAnAnalyst


def memberships_of(reader: Reader, *, state: str = "") -> list[Membership]:
    """The roles by which a reader acts for States today, or for one of them."""
    return [
        held
        for held in directory.memberships_of(reader)
        if held.role in OF_A_STATE and held.body.state_id and state in ("", held.body.state_id)
    ]


def states_of(reader: Reader) -> frozenset[str]:
    """ISO alpha-2 codes of the States that a reader acts for."""
    return frozenset(str(held.body.state_id) for held in memberships_of(reader))


# ── rounds and the register ──────────────────────────────────────────────────────────────────────
def visible_rounds(reader: Reader) -> QuerySet[Round]:
    """The rounds that a reader may know of.

    All for the Secretariat. For others those that were opened, and those that a document tells of
    which they may read. What is invented is there in a demonstration only.
    """
    rounds = Round.objects.all() if settings.DEMO else Round.objects.filter(is_invented=False)
    if is_secretariat(reader):
        return rounds
    told = Q(told_by__in=library.visible_documents(reader))
    return rounds.filter(Q(opened_at__isnull=False, told_by__isnull=True) | told)


def round_for(reader: Reader, *, key: str) -> Round:
    """:raises NoSuchRound: if there is none, or the reader may not know of it."""
    found = visible_rounds(reader).select_related("mandate_document", "told_by").filter(key=key)
    round_ = found.first()
    if round_ is None:
        raise problems.NoSuchRound(round=key)
    return round_


def sees_register(reader: Reader, round_: Round) -> bool:
    """Whether the reader may see who answered.

    The Secretariat and the analysts at any time; everybody once a report says it.
    """
    if analyses(reader, round_) or round_.told_by_id is not None:
        return True
    return round_.reports.filter(published_at__isnull=False).exists()


def visible_invitations(reader: Reader, round_: Round) -> QuerySet[Invitation]:
    """The lines of the register that a reader may see; a State always sees its own."""
    lines = Invitation.objects.filter(round=round_)
    if sees_register(reader, round_):
        return lines
    return lines.filter(state__in=states_of(reader))


# ── replies and answers ──────────────────────────────────────────────────────────────────────────
def hand_of(reader: Reader, reply: Reply) -> Hand:
    """What a reader may do with a reply; nothing at all for most."""
    invitation = reply.invitation
    held = memberships_of(reader, state=invitation.state_id)
    if held:
        return _hand_of_the_state(reply, held)
    if reply.submitted_at is None:
        return Hand(is_secretariat=is_secretariat(reader))
    if is_secretariat(reader):
        return Hand(
            is_secretariat=True,
            is_analyst=True,
            reads=None,
            writes=frozenset(),
            sees_confidential=True,
        )
    if analyses(reader, invitation.round):
        return Hand(is_analyst=True, reads=None)
    return Hand(reads=None if reply.is_public else frozenset())


def hand_of_none(reader: Reader, invitation: Invitation) -> Hand:
    """What a reader may do with a reply that nobody has opened yet."""
    held = memberships_of(reader, state=invitation.state_id)
    if held:
        return _hand_of_the_state(None, held)
    return Hand(is_secretariat=is_secretariat(reader))


def _hand_of_the_state(reply: Reply | None, held: Iterable[Membership]) -> Hand:
    """A ministry reads all of its State's reply; an NGO the sections that it was given."""
    held = list(held)
    parts = (
        list(reply.parts.filter(body__in=[each.body_id for each in held]))
        if reply is not None
        else []
    )
    writing = {each.body_id for each in held if each.role == Role.EXPERT}
    given = frozenset(part.section for part in parts if part.body_id in writing)
    if any(each.role == Role.FOCAL_POINT for each in held):
        return Hand(
            is_focal_point=True,
            is_of_the_state=True,
            reads=None,
            writes=None,
            sees_confidential=True,
        )
    reads_all = any(each.body.kind != BodyKind.NGO for each in held)
    own = frozenset(part.section for part in parts)
    return Hand(
        is_of_the_state=True,
        reads=None if reads_all else own,
        writes=given,
        sees_confidential=True,
    )


def reply_for(reader: Reader, *, key: str) -> Reply:
    """A reply that the reader may know of: its State's people, and whoever may read it.

    The Secretariat knows of a reply before it is sent (its progress, not its answers).

    :raises NoSuchReply: if there is none, or the reader may not know of it.
    """
    reply = Reply.objects.select_related("invitation__round", "invitation__state").filter(key=key)
    found = reply.first()
    if found is None or not _knows_of(reader, found):
        raise problems.NoSuchReply
    return found


def _knows_of(reader: Reader, reply: Reply) -> bool:
    hand = hand_of(reader, reply)
    if hand.is_of_the_state or hand.is_secretariat or hand.is_analyst:
        return True
    return reply.is_public and reply.submitted_at is not None


def readable_answers(reader: Reader, round_: Round) -> QuerySet[Answer]:
    """Every answer of a round, of whatever day, that the reader may read.

    What a State wrote before it sent its reply is seen by the State alone. An answer that is
    confidential today is hidden on every earlier day too, and so are answers that would tell it.
    """
    answers = Answer.objects.filter(reply__invitation__round=round_)
    holds = Q(ended_at__isnull=True)
    sent = Q(reply__submitted_at__isnull=False) & (holds | Q(ended_at__gt=F("reply__submitted_at")))
    if is_secretariat(reader):
        return answers.filter(sent)
    # Of an answer that holds its own mark says all; only for those before it is the one that holds
    # looked up. Tied to each row like this, PostgreSQL does not take it for a join, which it
    # guesses to be empty and then does a million times over.
    seen = sent & Q(is_confidential=False) & (holds | ~Q(Exists(_confidential_now())))
    if not analyses(reader, round_):
        seen &= holds & Q(reply__is_public=True)
    seen &= ~telling_hidden(round_)
    return answers.filter(seen | _of_own_states(reader, round_))


def telling_hidden(round_: Round, *, reply: Reply | None = None) -> Q:
    """Answers, of a round or of a reply, that would tell one that is for the Secretariat only.

    Whoever reads that there is a law of 2019 knows what was answered to “Is there a law?”: answers
    to whatever follows from a hidden one are hidden with it.
    """
    kept = Answer.objects.filter(reply__invitation__round=round_, is_confidential=True)
    if reply is not None:
        kept = kept.filter(reply=reply)
    telling = Q(pk__in=[])
    if not round_.form_key:
        return telling
    hidden: defaultdict[tuple[int, bool], set[str]] = defaultdict(set)
    rows = kept.order_by().values_list("reply_id", "path", "ended_at").distinct()
    for reply_id, path, ended_at in rows:
        hidden[(reply_id, ended_at is None)].add(path)
    alike: defaultdict[tuple[bool, frozenset[str]], list[int]] = defaultdict(list)
    for (reply_id, holds), paths in hidden.items():
        alike[(holds, frozenset(paths))].append(reply_id)
    for (holds, kept_back), replies in alike.items():
        found = judging.following(form_key=round_.form_key, paths=kept_back)
        if not found:
            continue
        them = Q(reply_id__in=replies, path__in=found)
        # What was hidden once and is no longer tells nothing today.
        telling |= them if holds else them & Q(ended_at__isnull=False)
    return telling


def _confidential_now() -> QuerySet[Answer]:
    """The answer that holds in the place of another one, where it is confidential."""
    return Answer.objects.filter(
        reply=OuterRef("reply"),
        path=OuterRef("path"),
        position=OuterRef("position"),
        ended_at__isnull=True,
        is_confidential=True,
    )


def _of_own_states(reader: Reader, round_: Round) -> Q:
    """What the reader may read as one of a State's people."""
    seen = Q(pk__in=[])
    for reply in Reply.objects.filter(
        invitation__round=round_, invitation__state__in=states_of(reader)
    ).select_related("invitation__round"):
        hand = hand_of(reader, reply)
        if hand.reads is None:
            seen |= Q(reply=reply)
        for section in hand.reads or ():
            seen |= Q(reply=reply, path__startswith=f"{section}/")
    return seen
