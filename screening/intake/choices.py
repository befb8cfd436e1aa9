"""The closed lists of the desk. What visitors choose from is translated; what staff choose from is plain English."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    PHONE = "phone", _("By phone")
    EMAIL = "email", _("By e-mail")


class About(models.TextChoices):
    ME = "me", _("For me")
    THEM = "them", _("For someone I care about")


class Window(models.TextChoices):
    """Times of day, in the person's own time zone. PARTS_OF_DAY in planning.py gives the hours."""

    MORNING = "morning", _("Mornings, 8 to 12")
    AFTERNOON = "afternoon", _("Afternoons, 12 to 5")
    EVENING = "evening", _("Evenings, 5 to 8")


class Zone(models.TextChoices):
    """The time zones of the United States, as people name them."""

    EASTERN = "America/New_York", _("Eastern: New York, Miami")
    CENTRAL = "America/Chicago", _("Central: Chicago, Houston")
    MOUNTAIN = "America/Denver", _("Mountain: Denver")
    ARIZONA = "America/Phoenix", _("Arizona")
    PACIFIC = "America/Los_Angeles", _("Pacific: Los Angeles")
    ALASKA = "America/Anchorage", _("Alaska")
    HAWAII = "Pacific/Honolulu", _("Hawaii")
    ATLANTIC = "America/Puerto_Rico", _("Puerto Rico")


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    OTHER = "other", _("Another language, with an interpreter")


class Allowed(models.TextChoices):
    """What is safe. Nothing is, unless the person says so."""

    VOICEMAIL = "voicemail", _("You may leave a voicemail")
    TEXT = "text", _("You may send a text")
    SAY_SITE = "say_site", _("You may say the name of this site")


class State(models.TextChoices):
    OPEN = "open", "Needs action"
    WAITING = "waiting", "Waiting on them"
    HELD = "held", "Held: many came at once"
    CLOSED = "closed", "Closed"


class Outcome(models.TextChoices):
    REACHED = "reached", "Reached"
    NO_ANSWER = "no_answer", "No answer"
    VOICEMAIL = "voicemail", "Voicemail left"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    EMERGENCY = "emergency", "Emergency handed off"
    OFFERED = "offered", "Appointment offered"
    BOOKED = "booked", "Appointment booked"
    KEPT = "kept", "Appointment kept"
    MISSED = "missed", "Appointment missed"
    CLOSED = "closed", "Closed"


# Outcomes that mean: nobody was reached, plan another try.
TRIES = (Outcome.NO_ANSWER, Outcome.VOICEMAIL)


class Level(models.TextChoices):
    """The level of care a person really got, by the keys of the protocol."""

    OUTPATIENT = "outpatient", "Standard outpatient"
    IOP = "iop", "Intensive outpatient (IOP)"
    PHP = "php", "Day program (PHP)"
    RESIDENTIAL = "residential", "Residential"
    HOSPITAL = "hospital", "Hospital or detox"
    NONE = "none", "None"


class Differs(models.TextChoices):
    """Why the real level differs from the recommended one: a closed list, so that no story is written down."""

    NONE = "", "It does not differ"
    CLINICAL = "clinical", "Clinical judgement after talking"
    MORE_NEED = "more_need", "More need than the answers showed"
    LESS_NEED = "less_need", "Less need than the answers showed"
    PREFERENCE = "preference", "Their own wish"
    NOT_OFFERED = "not_offered", "Level not offered here or near by"
    NO_SPACE = "no_space", "No free place in time"
    WAITING = "waiting", "In other care while waiting"
    SCHEDULE = "schedule", "Work, school or family"
    TRAVEL = "travel", "Travel or transport"
    COST = "cost", "Cost or insurance"
    LANGUAGE = "language", "Language or access needs"
    COURT = "court", "Court or agency order"
    HOUSING = "housing", "Housing or safety at home"
    OTHER = "other", "Another reason"
