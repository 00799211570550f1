"""Reports of our own writing, of meetings that were never held."""

from __future__ import annotations

from datetime import UTC, datetime

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
#: A meeting that was never held; enough form for every part of the library.
ENGLISH_REPORT = """\
United Nations

TEST/COP/WG.9/2023/4

Distr.: General
3 May 2023

Original: English

Working Group on Tests

Report on the meeting of the Working Group on Tests held in Vienna from 24 to 26 April 2023

I. Introduction

1. The Working Group on Tests met in Vienna from 24 to 26 April 2023. Details stand in document
TEST/COP/WG.9/2023/1.

II. Recommendations

2. The Working Group adopted the following recommendations:

Recommendation 1

States parties should register every recruitment agency, and should publish the register.

Recommendation 2

States parties are encouraged to train labour inspectors to recognise indicators of forced labour.

Recommendation 3

The Secretariat should publish a guide on interviewing children safely, subject to the availability
of extrabudgetary resources.
"""

ARABIC_REPORT = """\
الأمم المتحدة

TEST/COP/WG.9/2023/4

Distr.: General
3 May 2023

Original: English

الفريق العامل المعني بالاختبارات

تقرير عن اجتماع الفريق العامل المعني بالاختبارات المعقود في فيينا من ٢٤ إلى ٢٦ نيسان/أبريل ٢٠٢٣

أولا- مقدمة

١- اجتمع الفريق العامل المعني بالاختبارات في فيينا من ٢٤ إلى ٢٦ نيسان/أبريل ٢٠٢٣. وترد التفاصيل
في الوثيقة TEST/COP/WG.9/2023/1.

ثانيا- التوصيات

٢- اعتمد الفريق العامل التوصيات التالية:

التوصية ١

ينبغي للدول الأطراف أن تسجل كل وكالة من وكالات الاستقدام، وأن تنشر السجل.

التوصية ٢

تشجع الدول الأطراف على تدريب مفتشي العمل على تمييز مؤشرات السخرة.

التوصية ٣

ينبغي للأمانة أن تنشر دليلا بشأن إجراء المقابلات مع الأطفال على نحو آمن، رهنا بتوافر موارد من
خارج الميزانية.
"""
