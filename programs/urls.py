"""The doors of the guide. Every address is in the words of its language; the other language's words lead over."""

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programs import views
from programs.shelf import DOORS

app_name = "programs"


def _in_words(english: str, spanish: str) -> str:
    return f"{spanish if get_language() == 'es' else english}/"


_words = lazy(_in_words, str)

urlpatterns = [
    path(_("programs/"), views.overview, name="overview"),
    path(_("programs/<slug:slug>/"), views.program, name="program"),
    path(_("compare/"), views.compare, name="compare"),
    path(_("families/"), views.families, name="families"),
    path(_("families/<slug:slug>/"), views.family_guide, name="family_guide"),
    path(_("guide/<slug:slug>/"), views.more, name="more"),
    path(_("faq/"), views.faq, name="faq"),
    path(_("glossary/"), views.glossary, name="glossary"),
    path(_("reviewers/"), views.reviewers, name="reviewers"),
    path(_("search/"), views.search_page, name="search"),
    *(path(_words(*words), views.guide, {"key": key}, name="guide") for key, words in DOORS.items()),
    *(path(_words(*words[::-1]), views.moved, {"key": key}, name="moved") for key, words in DOORS.items()),
]
