"""In running text a word is a State only where it can be nothing else."""

from __future__ import annotations

import pytest

from marsad import countries

# A page of our own, full of words that are also names of States: financial, general, a diameter,
# boys, Syrian, the Maghreb, an order of knights, seas and rivers, a city of Amman.
PAGE = """
عقد المكتب حلقة تدريبية حضرها قضاة ومدّعون عامون، وتلقّى المشاركون فيها دعماً مالياً من صندوق
مالي خاص. وتناولت الجلسة الأولى الوضع المالي والاقتصادي العام، ومال أكثر المتكلمين إلى الأخذ
بنهج شامل. وأشار أحدهم إلى أن كل قطر عربي يحتاج إلى قانون خاص، وأن البنات والبنين من الضحايا
في حاجة إلى رعاية، وأن أسرة سورية لاجئة وشركة تركية للنقل قدّمتا شهادتيهما. وذكر آخر أن
بلدان المغرب العربي تتعاون، وأن منظمة فرسان مالطة حضرت بصفة مراقب، وأن السفن تعبر خليج عمان
وخليج غينيا وبحر الصين. وقيس قطر الدائرة على الخريطة. وكان بن علي قد عمل في عمّان قبل أن
ينتقل. وبيّن تقرير مالي سنوي أن التكاليف زادت، وأن نظام مراقبة مالي وإداري قد وُضع.
وتحدث مندوب عن نهر النيجر وحوض الكونغو ودلتا النيجر. ورأى أن السلام قيمة، وأن الأمن يمن وبركة،
وأن من يجري تحقيقا جديا يلق عونا. وأُثني على كندرا بائع الأحذية وعلى الفيلم الصيني والمطبخ
الإيطالي واللغة الفرنسية والعملة الأوروبية. وقال إن الاتحاد السوفياتي كان طرفا، وكذلك صربيا
والجبل الأسود. وانتُخبت دومينيكا فلانة نائبة للرئيس، وشكرها السيد إسرائيل فلان. ثم رُفعت الجلسة.
"""

# The same page of ours, in English.
ENGLISH = """
Michael Jordan, Ms. Georgia Brown and Chad Smith wore a jersey and ate turkey from good china while
a guinea pig slept. They told us that their holiday in New Mexico and New Jersey had been fine, that
the Gulf of Guinea, Lake Chad and the South China Sea were far away, and that the Order of Malta had
sent an observer. Serbia and Montenegro no longer exists, nor does the Soviet Union.
"""


def codes(text: str, language: str | None = None, *, strict: bool = True) -> list[str]:
    return [found.iso2 for found in countries.find(text, language, strict=strict)]


def test_it_finds_no_state_on_a_page_that_names_none() -> None:
    assert countries.find(PAGE) == []
    assert countries.find(PAGE, "ar") == []


def test_it_finds_no_state_on_an_english_page_that_names_none() -> None:
    assert countries.find(ENGLISH, "en") == []


def test_it_shows_doubtful_words_when_asked_with_little_confidence() -> None:
    found = countries.find("صندوق مالي خاص", strict=False)
    assert [(one.iso2, one.confidence < 0.6) for one in found] == [("ML", True)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("وصل الخبراء إلى مصر وإلى جنوب السودان.", ["EG", "SS"]),
        ("في مالي تدابير جديدة، ووقّعت مالي الاتفاق، وقُدّم دعم لمالي.", ["ML", "ML", "ML"]),
        ("سافر من عُمان إلى قطر في يومين", ["OM", "QA"]),
        ("شاركت قطر في الاجتماع ورحّبت حكومة عمان به", ["QA", "OM"]),
        ("اجتماع في عمان، الأردن", ["JO"]),
        ("عمان، الأردن", ["JO"]),
        ("مالي، عمان، قطر", ["ML", "OM", "QA"]),
        ("مصر ومالي والأردن", ["EG", "ML", "JO"]),
        ("السيدة فلانة (الصين)، والسيد فلان (جنوب أفريقيا)", ["CN", "ZA"]),
        ("الاتحاد الأوروبي منظمة، ووقّعت الجماعة الأوروبية قبله", ["EU", "EU"]),
        ("الولايات المتحدة المكسيكية والولايات المتحدة", ["MX", "US"]),
    ],
)
def test_it_finds_states_in_arabic_sentences(text: str, wanted: list[str]) -> None:
    assert codes(text) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "Jordan ratified it; so did Chad, while Georgia did not.", ["JO", "TD", "GE"]),
        ("en", "TÜRKIYE, Turkey and the US, said the UK to us.", ["TR", "TR", "US", "GB"]),
        ("en", "Hong Kong, China, and Guinea-Bissau", ["HK", "GW"]),
        ("fr", "Les représentants de l’Algérie, du Pérou et de l’Iran", ["DZ", "PE", "IR"]),
        ("fr", "La Réunion a eu lieu. Maurice Dupont en était.", []),
        ("fr", "La France, Maurice et la Réunion", ["FR", "MU", "RE"]),
        ("es", "Reunión de expertos de Granada, España", ["ES"]),
        ("es", "los Gobiernos del Perú, El Salvador y México", ["PE", "SV", "MX"]),
        ("ru", "Того же мнения придерживалась Россия, кроме того, Чад.", ["RU", "TD"]),
        ("ru", "в Российской Федерации и Того", ["RU", "TG"]),
        ("zh", "参加纳税，上海地区，印度洋。", []),
        ("zh", "中国、加纳和印度尼西亚", ["CN", "GH", "ID"]),
    ],
)
def test_it_finds_states_in_the_other_languages(
    language: str, text: str, wanted: list[str]
) -> None:
    assert codes(text, language) == wanted


def test_it_reads_names_of_the_asked_language_only() -> None:
    assert codes("مصر and Egypt", "en") == ["EG"]
    assert codes("Alemania and Germany", "en") == ["DE"]
    assert codes("Alemania and Germany") == ["DE", "DE"]


def test_it_does_not_join_words_over_a_comma_or_a_paragraph() -> None:
    assert codes("جنوب، السودان") == ["SD"]
    assert codes("جمهورية\n\nكوريا") == []
    assert codes("جمهورية\nكوريا") == ["KR"]
