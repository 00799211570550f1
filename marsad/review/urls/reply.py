"""Addresses of replies."""

from __future__ import annotations

from django.urls import URLPattern, path

from marsad.review.views import reply, reply_question, reply_section

_STATE = "<slug:key>/states/<slug:iso2>/"
_SECTION = f"{_STATE}sections/<str:name>/"
_QUESTION = f"{_STATE}questions/<path:place>/"

urlpatterns: list[URLPattern] = [
    path(_STATE, reply.reply_page, name="reply"),
    path(f"{_STATE}parts/", reply.assign, name="reply_assign"),
    path(f"{_STATE}parts/done/", reply.mark, name="reply_mark"),
    path(f"{_STATE}send/", reply.send, name="reply_send"),
    path(f"{_STATE}publish/", reply.publish, name="reply_publish"),
    path(f"{_STATE}decline/", reply.decline, name="reply_decline"),
    path(f"{_STATE}decline/undo/", reply.answer_after_all, name="reply_answer_after_all"),
    path(f"{_STATE}whole/", reply.whole_page, name="reply_whole"),
    path(f"{_STATE}whole.json", reply.whole_json, name="reply_json"),
    path(_SECTION, reply_section.section_page, name="section"),
    path(f"{_SECTION}save/", reply_section.save, name="section_save"),
    path(f"{_SECTION}now/", reply_section.now, name="section_now"),
    path(f"{_SECTION}undo/", reply_section.undo, name="section_undo"),
    path(f"{_SECTION}earlier/", reply_section.earlier, name="section_earlier"),
    path(f"{_QUESTION}put-back/", reply_question.put_back, name="question_put_back"),
    path(f"{_QUESTION}say/", reply_question.say, name="question_say"),
    path(_QUESTION, reply_question.question_page, name="question"),
]
