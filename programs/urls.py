"""The doors of the guide. Slugs are words of each language; `guide` comes last, because it takes any one word."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from programs import views

app_name = "programs"

urlpatterns = [
    path(_("programs/"), views.overview, name="overview"),
    path(_("programs/<slug:slug>/"), views.program, name="program"),
    path(_("compare/"), views.compare, name="compare"),
    path(_("families/"), views.families, name="families"),
    path(_("families/<slug:slug>/"), views.family_guide, name="family_guide"),
    path(_("faq/"), views.faq, name="faq"),
    path(_("glossary/"), views.glossary, name="glossary"),
    path(_("reviewers/"), views.reviewers, name="reviewers"),
    path(_("search/"), views.search_page, name="search"),
    path("<slug:slug>/", views.guide, name="guide"),
]
