"""“n of N States”: every figure of findings and reports is counted here, and nowhere else.

The answers of a round are read in one pass (`holding.held_alike`), whatever figures are wanted.
Nothing is counted for a reader that the reader may not know: before a report says it, only the
Secretariat and the analysts count at all; what a State gave to the Secretariat only is withheld
from everybody else, and from every figure that goes out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache

from django.utils import timezone

from marsad.directory.types import OPERATOR, Reader
from marsad.questionnaires.queries import judging
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.questionnaires.types import QuestionView
from marsad.review import counting, problems
from marsad.review.counting import Said, Share
from marsad.review.models import Answer, Coding, Invitation, Report, Round
from marsad.review.queries import rights
from marsad.review.queries.holding import held_alike
from marsad.review.queries.round import moments
from marsad.review.telling import words
from marsad.review.types.answer import HeldAlike
from marsad.review.types.figure import Among, Figure, Query, Row, Table

__all__ = [
    "concepts_of",
    "count",
    "count_all",
    "countable",
    "counter_for",
    "cut_off_of",
    "earlier_for",
    "layout",
    "may_count",
    "moment_for",
    "published_moment",
    "questions_of",
    "same_question",
    "table",
    "tables",
    "words",
]

#: Kinds of questions whose answers are counted by being there, not by what they say.
IN_WORDS_ONLY = frozenset({"text", "file"})
#: What a standing of the register may be asked for.
ANSWERED, LATE, DECLINED = "answered", "late", "declined"
#: A group in which fewer States replied is not told apart in public: it would tell of each.
FEWEST_IN_PUBLIC = 5


# ── the questions to the answers ─────────────────────────────────────────────────────────────────
def count(
    *,
    reader: Reader,
    round_: Round,
    query: Query,
    at: datetime | None = None,
    public: bool = False,
    naming: Reader | None = None,
) -> Figure:
    """One figure; see `count_all`."""
    return count_all(
        reader=reader, round_=round_, queries=[query], at=at, public=public, naming=naming
    )[0]


def count_all(
    *,
    reader: Reader,
    round_: Round,
    queries: Sequence[Query],
    at: datetime | None = None,
    public: bool = False,
    naming: Reader | None = None,
) -> list[Figure]:
    """Figures in the order of their queries, the answers read once.

    :param at: the moment whose answers count; now, where none is given. Who is not an analyst
        counts what the newest published report counted.
    :param public: withhold what is for the Secretariat only, and name only the States whose reply
        is public: what leaves the house.
    :param naming: whose rights say which States are named, where that is not plain from `public`.
    :raises NoFindingsYet: if the reader may not know of figures of this round.
    """
    counter = counter_for(reader=reader, round_=round_, queries=queries, at=at, public=public)
    to = naming or (None if public else reader)
    return [counter.figure(query, to=to) for query in queries]


def counter_for(
    *,
    reader: Reader,
    round_: Round,
    queries: Sequence[Query],
    at: datetime | None = None,
    public: bool = False,
    register: Register | None = None,
) -> Counter:
    """The answers that some queries need, read once: which State stands where, for this room only.

    :param register: of the same round and moment, where it was read already.
    :raises NoFindingsYet: if the reader may not know of figures of this round.
    :raises TooFewToTell: if a regional group is asked for in which too few States replied for the
        reader to be told of it.
    """
    counter = Counter(
        round_=round_,
        at=moment_for(reader, round_, at),
        withholds=public or not rights.is_secretariat(reader),
        queries=queries,
        rounds=earlier_for(reader, round_, {query.changed_since for query in queries}),
        read_register=register,
    )
    if not rights.analyses(reader, round_):
        told = counter.register.told_in_public
        if any(query.region and query.region not in told for query in queries):
            raise problems.TooFewToTell
    return counter


def table(
    *,
    reader: Reader,
    round_: Round,
    path: str,
    language: str,
    at: datetime | None = None,
    public: bool = False,
    among: Among = "asked",
    region: str = "",
) -> Table:
    """Every choice of a question, each with its figure; see `tables`.

    :raises NoChoices: if the form has no question of that path with choices.
    """
    found = tables(
        reader=reader,
        round_=round_,
        paths=[path],
        language=language,
        at=at,
        public=public,
        among=among,
        region=region,
    )
    if not found:
        raise problems.NoChoices(path=path)
    return found[0]


def tables(
    *,
    reader: Reader,
    round_: Round,
    language: str,
    paths: Iterable[str] = (),
    at: datetime | None = None,
    public: bool = False,
    among: Among = "asked",
    region: str = "",
    regions: Sequence[str] = (),
    changed_since: str = "",
    naming: Reader | None = None,
) -> list[Table]:
    """Every choice of every question that has choices, in the order of the form.

    :param paths: of the questions wanted; all with choices, where there are none.
    :param among: of whom shares are taken: of those the form put the question to.
    :param regions: codes of regional groups to count apart as well.
    :param changed_since: key of an earlier round, to count also who answered otherwise then.
    """
    wanted = layout(
        round_=round_,
        language=language,
        paths=paths,
        among=among,
        region=region,
        regions=regions,
        changed_since=changed_since,
    )
    counter = counter_for(
        reader=reader, round_=round_, queries=wanted.queries, at=at, public=public
    )
    return wanted.tables(counter, to=naming or (None if public else reader))


def layout(
    *,
    round_: Round,
    language: str,
    paths: Iterable[str] = (),
    among: Among = "asked",
    region: str = "",
    regions: Sequence[str] = (),
    changed_since: str = "",
) -> Layout:
    """The same tables before anything is counted, so that a page counts all it shows at once."""
    wanted = set(paths)
    return Layout(
        plans=[
            _Plan.of(question, among=among, region=region, regions=regions, since=changed_since)
            for question in questions_of(round_, language=language)
            if question.choices and (not wanted or question.path in wanted)
        ]
    )


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Tables that are wanted, and what has to be counted for them."""

    plans: Sequence[_Plan]

    @property
    def queries(self) -> list[Query]:
        """Of all tables together."""
        return [query for plan in self.plans for query in plan.queries]

    def tables(self, counter: Counter, *, to: Reader | None) -> list[Table]:
        """The tables, from answers that were read with these queries among others.

        :param to: whose rights say which States are named; everybody's, where there is none.
        """
        counted = (counter.figure(query, to=to) for query in self.queries)
        return [plan.table(counted) for plan in self.plans]


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What is counted for the table of one question, in an order of its own."""

    question: QuestionView
    regions: Sequence[str]
    since: str
    queries: Sequence[Query]

    @classmethod
    def of(
        cls,
        question: QuestionView,
        *,
        among: Among,
        region: str,
        regions: Sequence[str],
        since: str,
    ) -> _Plan:
        values = [value for value, _label in question.choices]
        # All of them together: the rest gave no answer.
        whole = Query(path=question.path, values=tuple(values), among=among, region=region)
        queries = [whole]
        for value in values:
            one = replace(whole, values=(value,))
            queries.append(one)
            queries += [replace(one, region=each) for each in regions]
            queries += [replace(one, changed_since=since)] if since else []
        return cls(question=question, regions=regions, since=since, queries=queries)

    def table(self, counted: Iterator[Figure]) -> Table:
        """The next figures, laid out."""
        answered = next(counted)
        rows = [
            Row(
                value=value,
                label=label,
                figure=next(counted),
                by_region=tuple((region, next(counted)) for region in self.regions),
                changed=next(counted) if self.since else None,
            )
            for value, label in self.question.choices
        ]
        return Table(
            path=self.question.path,
            label=self.question.label,
            language=self.question.language,
            kind=self.question.kind,
            concept=self.question.concept,
            among=answered.query.among,
            rows=rows,
            of=answered.of,
            no_answer=answered.not_known + answered.otherwise,
            withheld=answered.withheld,
            at=answered.at,
        )


# ── who may count, and when ──────────────────────────────────────────────────────────────────────
def may_count(reader: Reader, round_: Round) -> bool:
    """Whether the reader may know of figures: others than the analysts once a report says them."""
    return rights.analyses(reader, round_) or published_moment(round_) is not None


def countable(reader: Reader, rounds: Sequence[Round]) -> list[Round]:
    """Of some rounds those whose figures the reader may know: `may_count`, asked once for all."""
    analysed = rights.analysed(reader, rounds)
    rest = [each.pk for each in rounds if each.pk not in analysed]
    told = set(
        Report.objects.filter(round__in=rest, published_at__isnull=False).values_list(
            "round_id", flat=True
        )
    )
    return [each for each in rounds if each.pk in analysed or each.pk in told]


def published_moment(round_: Round) -> datetime | None:
    """The moment that the newest published report of a round speaks of."""
    newest = round_.reports.filter(published_at__isnull=False).order_by("-published_at").first()
    return None if newest is None else newest.as_at


def moment_for(reader: Reader, round_: Round, at: datetime | None) -> datetime:
    """The moment that is counted for a reader.

    :raises NoFindingsYet: if the reader may not know of figures of this round.
    """
    if rights.analyses(reader, round_):
        return at or timezone.now()
    published = round_.reports.filter(published_at__isnull=False).order_by("-published_at")
    moments = list(published.values_list("as_at", flat=True))
    if not moments:
        raise problems.NoFindingsYet
    return at if at in moments else moments[0]


def cut_off_of(round_: Round) -> datetime | None:
    """The first moment at which no reply is counted any more: days are days in Vienna."""
    return moments(round_).cut_off


def earlier_for(reader: Reader, round_: Round, keys: Collection[str]) -> dict[str, Round]:
    """Of other rounds by their keys, those whose figures the reader may know, open ones only."""
    wanted = set(keys) - {"", round_.key}
    if not wanted:
        return {}
    found = rights.visible_rounds(reader).filter(
        key__in=wanted, opened_at__isnull=False, is_invented=round_.is_invented
    )
    asking = [each for each in found if each.form_key]
    return {each.key: each for each in countable(reader, asking)}


# ── the form ─────────────────────────────────────────────────────────────────────────────────────
def questions_of(round_: Round, *, language: str) -> Sequence[QuestionView]:
    """What the round asks, in the order of the form; nothing where it is only told."""
    return _questions(round_.form_key, language) if round_.form_key else ()


@lru_cache(maxsize=32)
def _questions(form_key: str, language: str) -> Sequence[QuestionView]:
    # A published version never changes, so this may be kept for as long as the process lives.
    return tuple(questionnaires.questions(reader=OPERATOR, key=form_key, language=language))


def concepts_of(round_: Round) -> frozenset[str]:
    """What the round asks about, as far as its questions have a concept."""
    return _concepts(round_.form_key) if round_.form_key else frozenset()


@lru_cache(maxsize=32)
def _concepts(form_key: str) -> frozenset[str]:
    return frozenset(each.concept for each in _questions(form_key, "en") if each.concept)


def same_question(round_: Round, path: str, *, earlier: Round) -> str:
    """Where an earlier round asked the same: by concept, else by path; empty where it did not."""
    now = {each.path: each.concept for each in questions_of(round_, language="en")}
    then = questions_of(earlier, language="en")
    concept = now.get(path, "")
    for question in then:
        if concept and question.concept == concept:
            return question.path
    if concept:
        return ""
    return path if any(question.path == path for question in then) else ""


# ── the register ─────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Register:
    """Who was invited, who replied, who is named, at one moment."""

    #: Codes of States: invited; that replied soon enough to be counted; late; that declined.
    invited: frozenset[str]
    replied: frozenset[str]
    late: frozenset[str]
    declined: frozenset[str]
    #: Those whose reply is public.
    public: frozenset[str]
    by_region: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, round_: Round, at: datetime) -> Register:
        lines = Invitation.objects.filter(round=round_, invited_at__lte=at).values_list(
            "state_id",
            "state__un_group",
            "reply__submitted_at",
            "answered_at",
            "is_late",
            "declined_at",
            "reply__is_public",
            "told_at_anchor",
        )
        ends = min(filter(None, (at, cut_off_of(round_))))
        invited, replied, late, declined, public = (set[str]() for _set in range(5))
        regions: dict[str, set[str]] = {}
        for iso2, group, sent_at, answered_at, was_late, declined_at, is_public, told in lines:
            invited.add(iso2)
            regions.setdefault(group, set()).add(iso2)
            came_at = sent_at or answered_at
            if told or (came_at is not None and came_at <= ends):
                replied.add(iso2)
                late.update({iso2} if was_late else ())
            if declined_at is not None and declined_at <= at:
                declined.add(iso2)
            if is_public or told:
                public.add(iso2)
        return cls(
            invited=frozenset(invited),
            replied=frozenset(replied),
            late=frozenset(late),
            declined=frozenset(declined),
            public=frozenset(public),
            by_region={region: frozenset(inside) for region, inside in regions.items()},
        )

    @property
    def told_in_public(self) -> frozenset[str]:
        """The regional groups in which enough States replied to tell the public of them.

        What is told of all, less what is told of these, is told of the rest: where those are too
        few, the smallest of these is not told apart either.
        """
        sizes = {region: len(inside & self.replied) for region, inside in self.by_region.items()}
        told = sorted(
            (region for region, size in sizes.items() if region and size >= FEWEST_IN_PUBLIC),
            key=lambda region: (sizes[region], region),
        )
        rest = sum(sizes.values()) - sum(sizes[region] for region in told)
        return frozenset(told[1:] if 0 < rest < FEWEST_IN_PUBLIC else told)

    def named_to(self, reader: Reader | None, round_: Round) -> frozenset[str]:
        """States that may be named with what they answered; to everybody, where no reader is."""
        if reader is None:
            return self.public
        if rights.analyses(reader, round_):
            return self.invited
        return self.public | rights.states_of(reader)

    def share(self, standings: Collection[str], of: frozenset[str]) -> Share:
        """States by how far they came: the register knows it of every one."""
        sets = {
            ANSWERED: self.replied - self.late,
            LATE: self.late,
            DECLINED: self.declined,
        }
        wanted = standings or (ANSWERED, LATE)
        n = of & frozenset[str]().union(*(sets.get(each, frozenset()) for each in wanted))
        return Share(n=n, otherwise=of - n)


# ── counting ─────────────────────────────────────────────────────────────────────────────────────
@dataclass(kw_only=True)
class Counter:
    """The answers of one round at one moment, and whatever is counted from them."""

    round_: Round
    at: datetime
    #: Whether what is for the Secretariat only is left out.
    withholds: bool
    queries: Sequence[Query]
    #: Earlier rounds by key, those only whose figures whoever counts may know.
    rounds: Mapping[str, Round] = field(default_factory=dict)
    #: The register, where it was read already.
    read_register: Register | None = None
    _earlier: dict[str, Counter | None] = field(default_factory=dict)
    _named: dict[Reader | None, tuple[frozenset[str], frozenset[str], bool]] = field(
        default_factory=dict
    )

    @cached_property
    def register(self) -> Register:
        return self.read_register or Register.of(self.round_, self.at)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        return {each.path: each.kind for each in questions_of(self.round_, language="en")}

    @cached_property
    def _paths(self) -> frozenset[str]:
        found = {query.path for query in self.queries if query.path}
        if any(query.theme for query in self.queries):
            found |= {path for _state, path, *_more in self._codings}
        return frozenset(found)

    @cached_property
    def _judged(self) -> frozenset[str]:
        """The questions of which it matters whom the form put them to: all that are counted."""
        return self._paths if self.round_.form_key else frozenset()

    @cached_property
    def _deciding(self) -> frozenset[str] | None:
        """The questions whose answers decide whom those are put to; None where it may be any."""
        if not self._judged:
            return frozenset()
        return judging.looked_at(form_key=self.round_.form_key, paths=self._judged)

    @cached_property
    def _answers(self) -> Sequence[HeldAlike]:
        """What was sent, read once: what is counted, and what decides whom a question is put to."""
        if not self._paths:
            return ()
        deciding = self._deciding
        answers = held_alike(
            reader=OPERATOR,
            round_=self.round_,
            at=self.at,
            paths=() if deciding is None else self._paths | deciding,
            in_words=[path for path, kind in self.kinds.items() if kind in IN_WORDS_ONLY],
        )
        return list(answers)

    @cached_property
    def said(self) -> Mapping[str, Said]:
        """What was said to each question, by the States that it was put to.

        What stands under a question that is not asked any more counts as no answer; what follows
        from a withheld answer would tell it, and is withheld with it.
        """
        found = counting.gather(
            (each for each in self._answers if each.path in self._paths),
            kinds=self.kinds,
            of=self.register.replied,
            hides=self._hidden_since,
            withholds=self.withholds,
        )
        return {
            path: found.get(path, Said()).limited(
                to=self.asked.get(path, self.register.replied), hidden=self._led_to(path)
            )
            for path in self._paths
        }

    def _led_to(self, path: str) -> frozenset[str]:
        """The States to whom a question is put, or not, by what they answered in confidence."""
        if not self._hidden or path not in self._judged:
            return frozenset()
        deciding = judging.looked_at(form_key=self.round_.form_key, paths=(path,))
        told = self._hidden if deciding is None else deciding & self._hidden.keys()
        return frozenset[str]().union(*(self._hidden[each] for each in told))

    @cached_property
    def _hidden(self) -> Mapping[str, frozenset[str]]:
        """The States whose answer is withheld, by path."""
        hidden: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for each in self._answers if self.withholds else ():
            _shown, kept = self._parted(each)
            if kept:
                hidden[each.path] |= kept
        return dict(hidden)

    def _parted(self, answer: HeldAlike) -> tuple[frozenset[str], frozenset[str]]:
        return counting.parted(
            answer, of=self.register.replied, hides=self._hidden_since, withholds=self.withholds
        )

    @cached_property
    def _hidden_since(self) -> Mapping[counting.Place, frozenset[str]]:
        """What is confidential today is so on every earlier day."""
        if not self.withholds:
            return {}
        hidden: defaultdict[counting.Place, set[str]] = defaultdict(set)
        rows = Answer.objects.filter(
            reply__invitation__round=self.round_, ended_at__isnull=True, is_confidential=True
        )
        if self._deciding is not None:
            rows = rows.filter(path__in=self._paths | self._deciding)
        for state, path, position in rows.values_list(
            "reply__invitation__state_id", "path", "position"
        ):
            hidden[(path, tuple(position))].add(state)
        return {place: frozenset(states) for place, states in hidden.items()}

    @cached_property
    def asked(self) -> Mapping[str, frozenset[str]]:
        """The States that the form put a question to, by its path.

        Where answers are withheld, by the others alone: whom a question follows from a withheld
        answer would tell that answer.
        """
        if not self._judged:
            return {}
        replies: dict[str, list[judging.Given]] = {state: [] for state in self.register.replied}
        deciding = self._deciding
        for each in self._answers:
            if deciding is not None and each.path not in deciding:
                continue
            given = judging.Given(path=each.path, position=each.position, value=each.value)
            shown, _kept = self._parted(each)
            for state in shown:
                replies[state].append(given)
        found = judging.asked(
            form_key=self.round_.form_key, replies=replies, paths=self._judged, at=self.at
        )
        return {path: frozenset(states) for path, states in found.items()}

    def figure(self, query: Query, *, to: Reader | None) -> Figure:
        """What comes of a query.

        :param to: whose rights say which States are named; everybody's, where there is none.
        """
        share = self.share(query)
        seen = share.n & self.named(query, to=to, share=share)
        return Figure(
            query=query,
            n=len(share.n),
            of=share.of,
            otherwise=len(share.otherwise),
            not_known=len(share.not_known),
            withheld=len(share.withheld),
            states=tuple(sorted(seen)),
            unnamed=len(share.n) - len(seen),
            at=self.at,
        )

    def named(self, query: Query, *, to: Reader | None, share: Share) -> frozenset[str]:
        """The States that may be named in a figure: in both rounds, where it is of two.

        Where few of them would be left without a name, or all that are left gave this answer, the
        names of the others would tell theirs: nobody is named but the reader's own State.
        """
        if not query.path and not query.theme:
            return self.register.invited  # the register itself says so of every one
        named, own, sees_all = self._rights_of(to)
        earlier = self._earlier_of(query.changed_since) if query.changed_since else None
        if earlier is not None:
            named &= earlier._rights_of(to)[0]
        left = (share.everybody & self.register.replied) - named
        if left and not sees_all and (len(left) < FEWEST_IN_PUBLIC or left <= share.n):
            named &= own
        return named

    def _rights_of(self, to: Reader | None) -> tuple[frozenset[str], frozenset[str], bool]:
        """The States that may be named to a reader, those they act for, and whether all may be."""
        if to not in self._named:
            self._named[to] = (
                self.register.named_to(to, self.round_),
                frozenset() if to is None else rights.states_of(to),
                to is not None and rights.analyses(to, self.round_),
            )
        return self._named[to]

    def share(self, query: Query) -> Share:
        """Where each State stands."""
        of = self._of(query)
        if query.theme:
            return self._coded(query, of)
        if not query.path:
            return self.register.share(query.standings, of)
        share = self.said.get(query.path, Said()).share(of, query.values)
        if not query.changed_since:
            return share
        return counting.changed(share, self._then(query, of), of=of)

    def _of(self, query: Query) -> frozenset[str]:
        """The States that the share is taken of."""
        if query.among == "invited":
            among = self.register.invited
        elif query.among == "asked" and query.path:
            among = self.asked.get(query.path, self.register.replied)
        else:
            among = self.register.replied
        if query.region:
            among &= self.register.by_region.get(query.region, frozenset())
        return among

    def _then(self, query: Query, of: frozenset[str]) -> Share:
        """Where the States stood in the earlier round; nothing is known where it did not ask."""
        earlier = self._earlier_of(query.changed_since)
        path = (
            ""
            if earlier is None
            else same_question(self.round_, query.path, earlier=earlier.round_)
        )
        if earlier is None or not path:
            return Share(not_known=of)
        return earlier.said.get(path, Said()).share(of, query.values)

    def _earlier_of(self, key: str) -> Counter | None:
        if key not in self._earlier:
            self._earlier[key] = self._counter_then(key)
        return self._earlier[key]

    def _counter_then(self, key: str) -> Counter | None:
        earlier = self.rounds.get(key)
        if earlier is None:
            return None
        paths = {
            same_question(self.round_, query.path, earlier=earlier)
            for query in self.queries
            if query.changed_since == key
        }
        at = min(filter(None, (published_moment(earlier) or cut_off_of(earlier), self.at)))
        return Counter(
            round_=earlier,
            at=at,
            withholds=self.withholds,
            queries=[Query(path=path) for path in paths if path],
        )

    # ── themes ───────────────────────────────────────────────────────────────────────────────────
    def _coded(self, query: Query, of: frozenset[str]) -> Share:
        """States with a passage of the theme, or of one under it.

        A reply in which nobody has marked anything yet may hold such a passage: not known.
        """
        n, hidden, read = (set[str]() for _set in range(3))
        for passage in self._passages:
            if query.path and passage.path != query.path:
                continue
            is_of_it = query.theme in passage.themes
            if passage.is_hidden:
                hidden.update({passage.state} if is_of_it else ())
                continue
            read.add(passage.state)
            n.update({passage.state} if is_of_it else ())
        found = of & n
        withheld = (of & hidden) - found
        otherwise = (of & read) - found - withheld
        return Share(
            n=found,
            withheld=withheld,
            otherwise=otherwise,
            not_known=of - found - withheld - otherwise,
        )

    @cached_property
    def _passages(self) -> list[_Passage]:
        """Passages coded so far, of the answers that held at the moment."""
        above = {
            theme.code: theme.parent.code if theme.parent else ""
            for theme in self.round_.themes.select_related("parent")
        }
        return [
            _Passage(
                state=state,
                path=path,
                themes=frozenset(_upwards(code, above)),
                is_hidden=self.withholds
                and (
                    is_confidential
                    or state in self._hidden_since.get((path, tuple(position)), frozenset())
                    or state in self.said.get(path, Said()).hidden
                ),
            )
            for state, path, position, is_confidential, code in self._codings
        ]

    @cached_property
    def _codings(self) -> list[tuple[str, str, list[int], bool, str]]:
        """State, path, position, whether it is confidential, code of the theme."""
        return list(
            Coding.objects.filter(
                answer__reply__invitation__round=self.round_,
                removed_at__isnull=True,
                answer__at__lte=self.at,
            )
            .exclude(answer__ended_at__lte=self.at)
            .values_list(
                "answer__reply__invitation__state_id",
                "answer__path",
                "answer__position",
                "answer__is_confidential",
                "theme__code",
            )
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Passage:
    """A coded passage, as far as counting needs it."""

    state: str
    path: str
    #: The theme, and those it stands under.
    themes: frozenset[str]
    is_hidden: bool


def _upwards(code: str, above: Mapping[str, str]) -> Iterable[str]:
    while code:
        yield code
        code = above.get(code, "")
