"""The small forms of the desk. Each carries a token of its own: sent twice, it does its work once."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from screening.intake import office
from screening.intake.choices import Differs, Level, Outcome


class ActionForm(forms.Form):
    """A button."""

    token = forms.UUIDField(widget=forms.HiddenInput)


class OutcomeForm(ActionForm):
    """How a call ended; with the time of the appointment where there is one, in the desk's time zone."""

    outcome = forms.ChoiceField(choices=Outcome.choices)
    appointment = forms.CharField(required=False, max_length=30)

    def clean_appointment(self) -> datetime | None:
        written = self.cleaned_data["appointment"].strip()
        if not written:
            return None
        try:
            local = datetime.fromisoformat(written)
            return local.replace(tzinfo=office.desk_zone()) if local.year < 2200 else self._refuse()
        except (ValueError, OverflowError):
            return self._refuse()

    def _refuse(self) -> datetime:
        raise forms.ValidationError("Write the day and time like 2026-03-04 15:30.")


class NoteForm(ActionForm):
    text = forms.CharField(
        label="Note",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": "Write the note first."},
    )


def workers() -> QuerySet[Any]:
    """Return the accounts that may work requests."""
    right = Permission.objects.filter(content_type__app_label="intake", codename="work_request")
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    may = Q(groups__permissions__in=right) | Q(user_permissions__in=right) | Q(is_superuser=True)
    return users.filter(may).distinct().order_by("first_name", "username")


class HandOverForm(ActionForm):
    to = forms.ModelChoiceField(
        label="Hand over to",
        queryset=get_user_model().objects.none(),
        error_messages={"required": "Choose somebody.", "invalid_choice": "They cannot work requests."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = workers()  # type: ignore[attr-defined]


class MergeForm(ActionForm):
    reference = forms.CharField(label="Reference of the other request", max_length=12)


class PlacementForm(ActionForm):
    level = forms.ChoiceField(label="Level of care they got", choices=Level.choices)
    differs = forms.ChoiceField(label="If it differs, why", choices=Differs.choices, required=False)


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )


def fresh(form: type[ActionForm], **initial: Any) -> Any:
    """Return an unsent form with a token that nobody has used."""
    return form(initial={"token": uuid.uuid4(), **initial}, auto_id="%s", prefix=None)
