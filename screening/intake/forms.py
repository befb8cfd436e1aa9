"""The forms visitors fill in: ask for a call, and type a code to cancel."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from screening.intake import consent
from screening.intake.choices import About, Allowed, Language, Method, Window, Zone
from screening.intake.digits import in_ascii

FEWEST_DIGITS, MOST_DIGITS = 7, 15
PHONE_SIGNS = re.compile(r"[\d\s().+/x#*-]+", re.IGNORECASE)
NOTE_SIGNS = 300
UNKNOWN = {
    "invalid_choice": _("That choice is not on this page. Please choose again."),
    "invalid_list": _("That choice is not on this page. Please choose again."),
}


def _text(autocomplete: str, **more: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": autocomplete, **more})


class CallForm(forms.Form):
    """Who to call, when, in which language, and what is safe. Nothing is allowed unless ticked."""

    name = forms.CharField(
        label=_("What name may we use?"),
        help_text=_("Any name is fine. It need not be your real one."),
        max_length=60,
        widget=_text("given-name"),
        error_messages={"required": _("Write a name we may use.")},
    )
    about = forms.ChoiceField(
        label=_("Who is the help for?"),
        choices=About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who the help is for."), **UNKNOWN},
    )
    method = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=Method.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose phone or e-mail."), **UNKNOWN},
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email", "spellcheck": "false"}),
    )
    windows = forms.MultipleChoiceField(
        label=_("When is a good time?"),
        help_text=_("Choose all that fit. If you choose none, we call when we can."),
        choices=Window.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=UNKNOWN,
    )
    zone = forms.ChoiceField(
        label=_("Your time zone"),
        choices=Zone.choices,
        error_messages={**UNKNOWN, "required": UNKNOWN["invalid_choice"]},
    )
    language = forms.ChoiceField(
        label=_("In which language?"),
        choices=Language.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language."), **UNKNOWN},
    )
    other_language = forms.CharField(label=_("Which other language?"), max_length=60, required=False)
    relay = forms.BooleanField(label=_("I use a relay service or TTY"), required=False)
    allowed = forms.MultipleChoiceField(
        label=_("What may we do?"),
        help_text=_("Leave a box empty if you are not sure. Then we will not do it."),
        choices=Allowed.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=UNKNOWN,
    )
    note = forms.CharField(
        label=_("Is there something we must know before we call?"),
        help_text=_("Keep it short. Please do not write medical details."),
        max_length=NOTE_SIGNS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    send_answers = forms.BooleanField(required=False)
    agree = forms.BooleanField(error_messages={"required": _("Tick this box so that we may contact you.")})
    # The trap: hidden from people, filled in by programs.
    website = forms.CharField(required=False, max_length=200, widget=_text("off", tabindex="-1"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["send_answers"].label = consent.text_of("answers")
        self.fields["agree"].label = consent.text_of("call")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        method = cleaned.get("method")
        if method == Method.PHONE and "phone" in cleaned:
            self._check_phone(cleaned["phone"])
        elif method == Method.EMAIL and "email" in cleaned:
            self._check_email(cleaned["email"])
        return cleaned

    def _check_phone(self, value: str) -> None:
        plain = in_ascii(value)
        digits = sum(sign.isdigit() for sign in plain)
        if not PHONE_SIGNS.fullmatch(plain or "-") or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
            self.add_error("phone", _("Write the whole phone number, with the area code."))

    def _check_email(self, value: str) -> None:
        try:
            EmailValidator()(value)
        except forms.ValidationError:
            self.add_error("email", _("Write the whole e-mail address. It has an @ sign in it."))

    @property
    def value(self) -> str:
        """Return the phone number or address that was chosen, as it was typed; the other is not kept."""
        return str(self.cleaned_data[self.cleaned_data["method"]])


# What a page that could not be trusted gives back to be sent again: the fields of the forms here, and no others.
GIVEN_BACK = frozenset({*CallForm.base_fields, "token", "summary", "code", "make", "stop"})


class CodeForm(forms.Form):
    """One code, typed or pasted."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Capital or small letters, with or without dashes."),
        max_length=60,
        widget=_text("off", spellcheck="false", autocapitalize="characters"),
        error_messages={"required": _("Write your code.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
