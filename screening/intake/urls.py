"""The doors of the desk for visitors. No code and no name stands in an address."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from screening.intake import views

app_name = "intake"

urlpatterns = [
    path(_("call-me/"), views.ask, name="ask"),
    path(_("call-me/done/"), views.done, name="done"),
    path(_("call-me/cancel/"), views.cancel, name="cancel"),
    path(_("call-me/cancelled/"), views.cancelled, name="cancelled"),
    path(_("result/code/"), views.handoff_code, name="handoff"),
]
