"""The doors of the screening. A step is its place on the person's own path, never a question's name."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from screening import public_views, saving_views, views

app_name = "screening"

urlpatterns = [
    path("", public_views.home, name="home"),
    path(_("check/"), views.start, name="start"),
    path(_("check/family/"), views.start, {"who": "them"}, name="start_family"),
    path(_("check/step/<int:number>/"), views.step, name="step"),
    path(_("check/safety/"), views.safety, name="safety"),
    path(_("check/answers/"), views.answers, name="answers"),
    path(_("result/"), views.result, name="result"),
    path(_("result/print/"), views.print_page, name="print"),
    path(_("clear/"), views.clear, name="clear"),
    path(_("cleared/"), views.cleared, name="cleared"),
    path(_("leave/"), views.leave, name="leave"),
    path(_("save/"), saving_views.save, name="save"),
    path(_("resume/"), saving_views.resume, name="resume"),
    path(_("resume/deleted/"), saving_views.deleted, name="deleted"),
    path(_("help-now/"), public_views.help_now, name="help_now"),
    path(_("how-it-works/"), public_views.how_it_works, name="how_it_works"),
]
