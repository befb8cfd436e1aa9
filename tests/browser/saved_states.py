"""Save and come back later, in every state a person can meet; part of states.py."""

from unittest.mock import patch

from django.conf import settings
from django.db.models import F

from screening import saving, services, words
from screening.intake.models import Knock
from screening.models import Screening
from tests.browser.visits import Visit

ANSWERS = {"who": ("me",), "age": ("26_64",), "now": ("none",)}
WRONG = {
    language: words.spelled((1, 2, 3, 4), language) for language in ("en", "es")
}  # nobody's: no test makes these


def token_of(visit: Visit) -> str:
    return visit.cookies()[settings.SCREENING_COOKIE_NAME]


def saved_words(visit: Visit) -> str:
    """Save the check of this browser, and return its words in the visit's language."""
    saving.save(services.open_check(token_of(visit)), token_of(visit))
    told = saving.saved(services.open_check(token_of(visit)))
    assert told is not None
    assert told.code is not None
    return words.spelled(told.code, visit.language)


def save(visit: Visit) -> None:
    Knock.objects.all().delete()  # every state is opened from one network, within a minute
    visit.holding(ANSWERS)
    visit.go("save")


def just_made(visit: Visit) -> None:
    save(visit)
    visit.press("make")


def made_before(visit: Visit) -> None:
    visit.holding(ANSWERS)
    saved_words(visit)
    Screening.objects.update(expires_at=F("expires_at") - 2 * saving.SHOWN_FOR)
    visit.go("save")


def too_many_made(visit: Visit) -> None:
    save(visit)
    with patch("screening.intake.limits.WORDS_A_MINUTE", 0):
        visit.press("make")


def come_back(visit: Visit) -> None:
    Knock.objects.all().delete()
    visit.forget()
    visit.go("resume")


def typed(visit: Visit, text: str) -> None:
    visit.write("words", text)
    visit.press()


def nothing_typed(visit: Visit) -> None:
    come_back(visit)
    typed(visit, "")


def unknown_word(visit: Visit) -> None:
    come_back(visit)
    typed(visit, WRONG[visit.language].rsplit(" ", 1)[0] + " qqqqqqqqqqqqqqqqqqqqqqqqq")


def wrong_words(visit: Visit) -> None:
    come_back(visit)
    typed(visit, WRONG[visit.language])


def too_many_tries(visit: Visit) -> None:
    come_back(visit)
    with patch("screening.intake.limits.WORDS_A_MINUTE", 0):
        typed(visit, WRONG[visit.language])


def with_others(visit: Visit) -> None:
    visit.holding(ANSWERS)
    visit.go("resume")


def with_others_not_said(visit: Visit) -> None:
    visit.holding(ANSWERS)
    mine = saved_words(visit)
    come_back(visit)
    visit.holding(ANSWERS)
    visit.go("resume")
    typed(visit, mine)


def with_saved_ones(visit: Visit) -> None:
    visit.holding(ANSWERS)
    saved_words(visit)
    visit.go("resume")


def question_with_words(visit: Visit) -> None:
    visit.holding(ANSWERS)
    saved_words(visit)
    visit.go("step", 3)


def deleted(visit: Visit) -> None:
    visit.go("deleted")


STATES = {
    "save": save,
    "save, just made": just_made,
    "save, made before": made_before,
    "save, too many": too_many_made,
    "come back": come_back,
    "come back, nothing written": nothing_typed,
    "come back, a word that is none": unknown_word,
    "come back, wrong words": wrong_words,
    "come back, too many tries": too_many_tries,
    "come back, with other answers": with_others,
    "come back, with other answers, not said": with_others_not_said,
    "come back, with the saved ones": with_saved_ones,
    "question, saved": question_with_words,
    "saved answers deleted": deleted,
}
