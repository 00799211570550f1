"""What a note verbale says, in Arabic and in English.

Not through the catalogue of messages: a note is a document with a language of its own, and its two
versions are written side by side so that neither is a translation that nobody reads as a letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from marsad.design.formatting import Formatter, reading_as

#: Whose note it is.
SENDER: Mapping[str, str] = {
    "ar": "أمانة مؤتمر الأطراف في اتفاقية الأمم المتحدة لمكافحة الجريمة المنظمة عبر الوطنية",
    "en": (
        "Secretariat of the Conference of the Parties to the United Nations Convention against "
        "Transnational Organized Crime"
    ),
}
HEADING: Mapping[str, str] = {"ar": "مذكرة شفوية", "en": "Note verbale"}
PLACE: Mapping[str, str] = {"ar": "فيينا", "en": "Vienna"}

# States whose English name is said with the article in the middle of a sentence: "of the Niger".
_WITH_THE = (
    "Bahamas",
    "Central African Republic",
    "Comoros",
    "Congo",
    "Democratic ",
    "Dominican Republic",
    "Gambia",
    "Holy See",
    "Kingdom of",
    "Lao ",
    "Marshall Islands",
    "Netherlands",
    "Niger",
    "Philippines",
    "Republic of",
    "Russian Federation",
    "Solomon Islands",
    "State of",
    "Sudan",
    "Syrian ",
    "United ",
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What one note is about."""

    language: str
    ordinal: int
    #: Name of the State in that language.
    state: str
    #: Name of the body of its focal point; empty where the note goes to the permanent mission.
    body: str
    #: Title of the round, decision it is held on, name of the questionnaire.
    title: str
    mandate: str
    questionnaire: str
    due_on: date
    cut_off_on: date | None
    #: Where replies are given; empty where the sender named no address.
    address: str
    #: The first note, for a second one.
    first_number: str = ""
    first_dated_on: date | None = None
    first_due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A note, ready to be printed."""

    addressee: str
    paragraphs: Sequence[str]


def compose(facts: Facts) -> Wording:
    """The words of a note.

    >>> from datetime import date
    >>> said = compose(Facts(
    ...     language="en", ordinal=1, state="Niger", body="", title="Demand", mandate="",
    ...     questionnaire="Demand", due_on=date(2026, 5, 1), cut_off_on=None, address=""))
    >>> said.addressee
    'Permanent Mission of the Niger to the United Nations (Vienna)'
    """
    with reading_as(language=facts.language) as formatter:
        write = _arabic if facts.language == "ar" else _english
        return write(facts, formatter)


# ── English ──────────────────────────────────────────────────────────────────────────────────────
def _english(facts: Facts, formatter: Formatter) -> Wording:
    state = f"the {facts.state}" if facts.state.startswith(_WITH_THE) else facts.state
    addressee = (
        f"{facts.body} ({facts.state})"
        if facts.body
        else f"Permanent Mission of {state} to the United Nations (Vienna)"
    )
    due = formatter.date(facts.due_on)
    opening = (
        f"The {SENDER['en']} presents its compliments to the {addressee} and has the honour to "
        f"refer to "
    )
    if facts.ordinal == 1:
        mandate = facts.mandate or f"the round of replies entitled “{facts.title}”"
        purpose = (
            f", in pursuance of which it is collecting information under the title “{facts.title}”."
            if facts.mandate
            else "."
        )
        asks = [
            f"{opening}{mandate}{purpose}",
            f"The Secretariat has the honour to invite the Government of {state} to reply to the "
            f"questionnaire “{facts.questionnaire}” not later than {due}, at the end of the day in "
            f"Vienna.{_late_english(facts, formatter)}",
        ]
    else:
        asks = [
            f"{opening}its note verbale {facts.first_number} of "
            f"{_day(facts.first_dated_on, formatter)}, by which it invited the Government of "
            f"{state} to reply to the questionnaire “{facts.questionnaire}” not later than "
            f"{_day(facts.first_due_on, formatter)}.",
            "As at the date of the present note, the Secretariat has not received a reply. It has "
            f"the honour to inform the {addressee} that the deadline is extended to {due}, at the "
            f"end of the day in Vienna.{_late_english(facts, formatter)}",
        ]
    where = f" at {facts.address.rstrip('/')}" if facts.address else ""
    return Wording(
        addressee=addressee,
        paragraphs=[
            *asks,
            f"Replies are prepared and sent online{where}, or in a workbook that can be completed "
            "without a connection and uploaded afterwards, in Arabic or in English. The national "
            "focal point may entrust parts of the questionnaire to the competent authorities, and "
            "clears and sends the reply as a whole. Answers given on earlier occasions are offered "
            "for confirmation, so that nothing need be reported twice. Should no focal point have "
            "been designated, the Secretariat would be grateful to receive, by note verbale, the "
            "name, function and electronic mail address of the official concerned.",
            "Answers intended for the Secretariat alone may be marked as confidential and will "
            "appear in no published document. The answers will not be used to compare or to rank "
            "States.",
            "The Secretariat avails itself of this opportunity to renew to the "
            f"{addressee} the assurances of its highest consideration.",
        ],
    )


def _late_english(facts: Facts, formatter: Formatter) -> str:
    if facts.cut_off_on is None or facts.cut_off_on <= facts.due_on:
        return ""
    last = formatter.date(facts.cut_off_on)
    return (
        f" Replies that arrive after that day will be taken into account until {last} and recorded "
        "as late."
    )


# ── Arabic ───────────────────────────────────────────────────────────────────────────────────────
def _arabic(facts: Facts, formatter: Formatter) -> Wording:
    addressee = (
        f"{facts.body} ({facts.state})"
        if facts.body
        else f"البعثة الدائمة {_belonging_to(facts.state)} لدى الأمم المتحدة (فيينا)"
    )
    due = formatter.date(facts.due_on)
    opening = f"تهدي {SENDER['ar']} أطيب تحياتها إلى {addressee}، وتتشرف بالإشارة إلى "
    if facts.ordinal == 1:
        mandate = formatter.text(facts.mandate) or f"جولة الردود المعنونة «{facts.title}»"
        purpose = (
            f". وتجمع الأمانة عملاً بذلك معلومات تحت عنوان «{facts.title}»."
            if facts.mandate
            else "."
        )
        asks = [
            f"{opening}{mandate}{purpose}",
            f"وتتشرف الأمانة بدعوة حكومة {facts.state} إلى الرد على الاستبيان المعنون "
            f"«{facts.questionnaire}» في موعد أقصاه نهاية يوم {due} بتوقيت فيينا."
            f"{_late_arabic(facts, formatter)}",
        ]
    else:
        asks = [
            f"{opening}مذكرتها الشفوية {facts.first_number} المؤرخة "
            f"{_day(facts.first_dated_on, formatter)}، التي دعت فيها حكومة {facts.state} إلى الرد "
            f"على الاستبيان المعنون «{facts.questionnaire}» في موعد أقصاه "
            f"{_day(facts.first_due_on, formatter)}.",
            "ولم يرد إلى الأمانة حتى تاريخ هذه المذكرة ردٌّ في هذا الشأن. وتتشرف الأمانة بإبلاغ "
            f"{addressee} بأن الموعد النهائي قد مُدِّد إلى نهاية يوم {due} بتوقيت فيينا."
            f"{_late_arabic(facts, formatter)}",
        ]
    where = f" على العنوان {facts.address.rstrip('/')}" if facts.address else ""
    return Wording(
        addressee=addressee,
        paragraphs=[
            *asks,
            f"وتُعَدُّ الردود وتُرسَل عبر الإنترنت{where}، أو في مصنف يُملأ من غير اتصال بالشبكة ثم "
            "يُرفع، بالعربية أو بالإنكليزية. ولجهة الاتصال الوطنية أن تعهد بأجزاء من الاستبيان إلى "
            "السلطات المختصة، وهي التي تجيز الرد كاملاً وترسله. وتُعرض الإجابات المقدَّمة في مناسبات "
            "سابقة لتأكيدها، فلا حاجة إلى الإبلاغ عن الأمر نفسه مرتين. وإن لم تُسمَّ جهة اتصال بعد، "
            "فستكون الأمانة ممتنة لموافاتها، بمذكرة شفوية، باسم الموظف المعني ووظيفته وعنوان بريده "
            "الإلكتروني.",
            "ويجوز وسم الإجابات المقصورة على الأمانة بأنها سرية، فلا ترد في أي وثيقة منشورة. ولن "
            "تُستخدم الإجابات للمقارنة بين الدول أو لترتيبها.",
            f"وتغتنم الأمانة هذه الفرصة لتعرب مجدداً إلى {addressee} عن أسمى آيات تقديرها.",
        ],
    )


def _belonging_to(name: str) -> str:
    """The name with the preposition «لـ», which swallows the article: «للأردن», «لمصر»."""
    return f"لل{name[2:]}" if name.startswith("ال") else f"ل{name}"


def _late_arabic(facts: Facts, formatter: Formatter) -> str:
    if facts.cut_off_on is None or facts.cut_off_on <= facts.due_on:
        return ""
    last = formatter.date(facts.cut_off_on)
    return f" وتُراعى الردود التي ترد بعد ذلك اليوم حتى {last}، وتُقيَّد بوصفها متأخرة."


def _day(day: date | None, formatter: Formatter) -> str:
    return formatter.date(day) if day else ""
