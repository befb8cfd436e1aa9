"""The drill: somebody carries off the database and the server's secrets. What do they learn? And what if rows change?"""

import base64
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as project
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from screening.models import Answer, Screening
from screening.protocol import LIVE, PROTOCOLS
from screening.sealing import SealBroken, seals_for
from tests.web.walk import FIRST, NEED_A_CHECK, Visitor, calm, people

pytestmark = pytest.mark.django_db

# What each column may tell somebody who reads it. Adding a column? Say here what it tells, and to whom.
NOTHING = "a running number, or a link between rows of one check; nothing about a person"
LOCKED = "derived from the token in the cookie; says nothing without it"
SHARED = "the same for everybody who came in one period"
WHEN = "when a check ends, and so about when it began or was saved; no more than that somebody was there"
WORDS_LOCK = (
    "derived from four words through a slow hash, or locked with it; without them, only that they were made"
)
CLASSES = {
    "screening.Screening": {
        "id": NOTHING,
        "lookup": LOCKED,
        "protocol_version": SHARED,
        "expires_at": WHEN,
    },
    "screening.SavedCheck": {"id": NOTHING, "screening": NOTHING, "lookup": WORDS_LOCK, "sealed": WORDS_LOCK},
    "screening.Answer": {"id": NOTHING, "screening": NOTHING, "place": LOCKED, "sealed": LOCKED},
}

WORDS = sorted(
    {
        word
        for question in LIVE.questions
        for word in (
            question.key,
            question.text.en,
            question.text.es,
            *(one for choice in question.choices for one in (choice.key, choice.text.en, choice.text.es)),
        )
        if len(word) > 4
    }
)


def cells() -> Iterator[tuple[str, str, bytes]]:
    """Every cell of every table, as bytes: (table, column, value)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    yield table, name, raw


def test_sentinels_are_many_enough() -> None:
    assert len(WORDS) > 200


def test_no_table_holds_a_question_or_an_answer_in_clear() -> None:
    Visitor("en").walk({FIRST: "me", "substances": ["alcohol", "opioids"], "signs": ["strong_urges"]})
    Visitor("es").walk({FIRST: "them", "suicide_thoughts": "plan", "now": ["overdose"]})
    whole_word = re.compile(
        rb"(?<![a-z_])(" + b"|".join(re.escape(w.lower().encode()) for w in WORDS) + rb")(?![a-z_])"
    )

    found = {(table, name) for table, name, value in cells() if whole_word.search(value.lower())}

    assert found == set()
    assert whole_word.search(b'["suicide_thoughts", ["plan"]]')


def test_every_sealed_answer_has_the_same_length_and_no_two_rows_share_anything() -> None:
    for answers in list(people().values())[:6]:
        Visitor().sit_down(answers)

    rows = list(Answer.objects.values_list("place", "sealed"))

    assert {(len(place), len(sealed)) for place, sealed in rows} == {(32, 540)}
    assert len({bytes(place) for place, _ in rows}) == len(rows)
    assert len({bytes(sealed)[:12] for _, sealed in rows}) == len(rows)


def test_two_people_with_the_same_answers_look_nothing_alike() -> None:
    Visitor().sit_down(calm())
    Visitor().sit_down(calm())

    first, second = (
        {bytes(part) for row in one.answers.values_list("place", "sealed") for part in row}
        | {bytes(one.lookup)}
        for one in Screening.objects.all()
    )

    assert len(first) == len(second) == 2 * len(calm()) + 1
    assert not first & second


def test_database_and_secrets_together_open_nothing_without_the_cookie() -> None:
    Visitor().sit_down(calm())
    everything = {value for _, _, value in cells()}
    guesses = [value.hex() for value in everything if len(value) < 64] + [
        value.decode("latin-1") for value in everything
    ]
    guesses += [*project.SCREENING_KEYS, project.SECRET_KEY, "", "0" * 43]

    opened = 0
    rows = list(Answer.objects.values_list("place", "sealed")[:3])
    for guess in guesses:
        for seal in seals_for(guess):
            assert not Screening.objects.filter(lookup=seal.lookup).exists()
            for place, sealed in rows:
                try:
                    seal.open(place, sealed)
                    opened += 1
                except SealBroken:
                    pass

    assert len(guesses) > 50
    assert opened == 0


def test_the_cookie_is_stored_nowhere() -> None:
    visitor = Visitor()
    visitor.walk({})
    token = visitor.token.encode()
    bits = base64.urlsafe_b64decode(token + b"=")

    assert not [where for *where, value in cells() if token in value or bits in value]
    assert len(bits) == 32


def test_nothing_says_who_came_from_where_with_what() -> None:
    marks = {"user-agent": "zqx-browser", "x-forwarded-for": "203.0.113.77", "accept-language": "zqx"}
    visitor = Visitor(headers=marks, REMOTE_ADDR="203.0.113.78")

    visitor.walk({})

    assert not [
        where
        for *where, value in cells()
        if b"203.0.113" in value or b"zqx" in value or b"127.0.0.1" in value
    ]


def test_every_column_says_what_it_may_tell() -> None:
    models = [
        model
        for config in apps.get_app_configs()
        if config.name == "screening"
        for model in config.get_models()
    ]

    found = {model._meta.label: {field.name for field in model._meta.fields} for model in models}

    assert found == {label: set(fields) for label, fields in CLASSES.items()}


# --- Secrets that are replaced ----------------------------------------------------------------------------------


def test_replacing_the_secret_keeps_open_checks_open_while_the_old_one_is_listed(settings: Settings) -> None:
    visitor = Visitor().sit_down(calm())
    settings.SCREENING_KEYS = ["new-" + "n" * 40, *settings.SCREENING_KEYS]

    assert visitor.go("result").status_code == 200
    visitor.step(1)
    visitor.send({"age": "18_25"})

    assert visitor.saved() == calm({"age": "18_25"})
    assert Screening.objects.count() == 1
    fresh = Visitor()
    fresh.begin()
    assert {bytes(lookup) for lookup in Screening.objects.values_list("lookup", flat=True)} == {
        seals_for(visitor.token)[1].lookup,
        seals_for(fresh.token)[0].lookup,
    }


def test_a_secret_taken_out_ends_the_checks_it_locked(settings: Settings) -> None:
    visitor = Visitor().sit_down(calm())
    settings.SCREENING_KEYS = ["new-" + "n" * 40]

    assert visitor.go("result").status_code == 410


def test_a_check_under_a_former_secret_can_still_be_erased(settings: Settings) -> None:
    visitor = Visitor().sit_down(calm())
    settings.SCREENING_KEYS = ["new-" + "n" * 40, *settings.SCREENING_KEYS]

    visitor.go("leave")

    assert Screening.objects.count() == 0


# --- Rows that were changed --------------------------------------------------------------------------------------


def _flip(value: Any, position: int) -> bytes:
    changed = bytearray(value)
    changed[position] ^= 1
    return bytes(changed)


def _sealed_changed(mine: Answer, other: Answer, stranger: Answer) -> None:
    Answer.objects.filter(pk=mine.pk).update(sealed=_flip(mine.sealed, 100))


def _sealed_empty(mine: Answer, other: Answer, stranger: Answer) -> None:
    Answer.objects.filter(pk=mine.pk).update(sealed=b"")


def _sealed_cut(mine: Answer, other: Answer, stranger: Answer) -> None:
    Answer.objects.filter(pk=mine.pk).update(sealed=bytes(mine.sealed)[:5])


def _sealed_long(mine: Answer, other: Answer, stranger: Answer) -> None:
    Answer.objects.filter(pk=mine.pk).update(sealed=bytes(mine.sealed) + b"x")


def _place_changed(mine: Answer, other: Answer, stranger: Answer) -> None:
    Answer.objects.filter(pk=mine.pk).update(place=_flip(mine.place, 0))


def _sealed_swapped(mine: Answer, other: Answer, stranger: Answer) -> None:
    Answer.objects.filter(pk=mine.pk).update(sealed=other.sealed)


def _taken_from_somebody_else(mine: Answer, other: Answer, stranger: Answer) -> None:
    Answer.objects.filter(pk=mine.pk).update(place=stranger.place, sealed=stranger.sealed)


def _moved_over_from_somebody_else(mine: Answer, other: Answer, stranger: Answer) -> None:
    Answer.objects.filter(pk=stranger.pk).update(screening=mine.screening_id)


@pytest.mark.parametrize(
    "change",
    [
        _sealed_changed,
        _sealed_empty,
        _sealed_cut,
        _sealed_long,
        _place_changed,
        _sealed_swapped,
        _taken_from_somebody_else,
        _moved_over_from_somebody_else,
    ],
)
def test_a_row_that_was_changed_is_gone_and_never_a_failure(
    change: Callable[[Answer, Answer, Answer], None],
) -> None:
    visitor, stranger = Visitor().sit_down(calm()), Visitor().sit_down(calm())
    visitor.step(2)
    form, path, token = visitor.page.forms[0], visitor.path, visitor.token
    own = Answer.objects.filter(screening__lookup=seals_for(token)[0].lookup).order_by("pk")
    theirs = Answer.objects.filter(screening__lookup=seals_for(stranger.token)[0].lookup).order_by("pk")
    change(own[3], own[5], theirs[3])

    for address in NEED_A_CHECK:
        visitor.token = token
        assert visitor.go(*address).status_code == 410
    visitor.token = token
    assert visitor.post(path, {**form.hidden(), "now": "none"}).status_code == 410
    visitor.token = token
    assert visitor.go("start").status_code == 200
    visitor.token = token
    visitor.go("leave")
    assert not Screening.objects.filter(lookup=seals_for(token)[0].lookup).exists()


def test_an_answer_of_another_version_is_gone_and_never_a_failure() -> None:
    visitor = Visitor().sit_down(calm())
    seal = seals_for(visitor.token)[0]
    Answer.objects.create(
        screening=Screening.objects.get(), place=seal.place("retired"), sealed=seal.close("retired", ("x",))
    )

    assert visitor.go("answers").status_code == 410


def test_the_database_itself_refuses_a_second_answer_to_one_question() -> None:
    Visitor().sit_down(calm())
    row = Answer.objects.first()
    assert row is not None

    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(screening=row.screening, place=row.place, sealed=row.sealed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Screening.objects.create(lookup=row.screening.lookup, protocol_version="x", expires_at=timezone.now())


def test_a_check_ends_after_a_day_and_remembers_the_version_it_began_with(settings: Settings) -> None:
    Visitor().begin()

    row = Screening.objects.get()

    assert row.protocol_version == LIVE.version
    assert LIVE.version in PROTOCOLS
    ends_in = row.expires_at - timezone.now()
    assert timedelta(hours=settings.SCREENING_KEEP_HOURS - 1) < ends_in
    assert ends_in <= timedelta(hours=settings.SCREENING_KEEP_HOURS)


def test_answering_does_not_make_a_check_last_longer() -> None:
    visitor = Visitor()
    visitor.begin()
    before = Screening.objects.get().expires_at

    visitor.walk({})

    assert Screening.objects.get().expires_at == before
