"""Saving, leaving, clearing and coming back at the same moment, on real connections."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest

from screening import saving, services, words
from screening.intake import limits
from screening.models import Answer, SavedCheck, Screening
from screening.words import Code
from tests.web.test_races import at_once, browser
from tests.web.walk import Visitor, calm

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8


@pytest.fixture(autouse=True)
def _quick_and_unlimited() -> Iterator[None]:
    with (
        patch.object(saving, "COST", 2),
        patch.object(limits, "WORDS_A_MINUTE", 10_000),
        patch.object(limits, "EVERYBODYS_WORDS_A_MINUTE", 10_000),
    ):
        yield


def code_of(token: str) -> Code:
    told = saving.saved(services.open_check(token))
    assert told is not None
    assert told.code is not None
    return told.code


def save(token: str) -> Code:
    saving.save(services.open_check(token), token)
    return code_of(token)


def nothing_is_left() -> bool:
    return not (Screening.objects.exists() or SavedCheck.objects.exists() or Answer.objects.exists())


def test_words_made_twice_at_once_are_one_code_that_opens() -> None:
    for _ in range(ROUNDS):
        visitor = Visitor().sit_down(calm(upto="now"))
        clients = [browser(visitor.token), browser(visitor.token)]

        replies = at_once(*[partial(client.post, "/save/", {"make": "1"}) for client in clients])

        assert [reply.status_code for reply in replies] == [303, 303]
        assert (
            SavedCheck.objects.filter(screening__lookup=services.open_check(visitor.token).row.lookup).count()
            == 1
        )
        assert saving.token_behind(code_of(visitor.token)) == visitor.token


@pytest.mark.parametrize("end", ["leave", "clear"])
def test_saving_while_another_tab_ends_the_check_is_kept_or_gone_and_never_half(end: str) -> None:
    for _ in range(ROUNDS):
        visitor = Visitor().sit_down(calm(upto="now"))
        going, saving_tab = browser(visitor.token), browser(visitor.token)
        go: Any = partial(going.get, "/leave/") if end == "leave" else partial(going.post, "/clear/")

        ended, saved = at_once(go, partial(saving_tab.post, "/save/", {"make": "1"}))

        assert ended.status_code == 303
        assert saved.status_code in (303, 410)
        if end == "clear" or saved.status_code == 410:
            assert nothing_is_left()
        else:
            assert saving.token_behind(code_of(visitor.token)) == visitor.token
            services.erase(visitor.token)


def test_clearing_while_another_device_comes_back_leaves_nothing() -> None:
    for _ in range(ROUNDS):
        visitor = Visitor().sit_down(calm(upto="now"))
        typed = words.spelled(save(visitor.token), "en")
        clearing, coming = browser(visitor.token), browser("")

        cleared, back = at_once(
            partial(clearing.post, "/clear/"), partial(coming.post, "/resume/", {"words": typed})
        )

        assert cleared.status_code == 303
        assert back.status_code in (303, 422)
        assert nothing_is_left()
        assert coming.get("/check/answers/").status_code == 410


def test_deleting_with_the_words_twice_at_once_is_no_failure() -> None:
    for _ in range(ROUNDS):
        visitor = Visitor().sit_down(calm(upto="now"))
        typed = words.spelled(save(visitor.token), "en")

        replies = at_once(
            *[partial(browser("").post, "/resume/", {"words": typed, "delete": "1"}) for _ in range(2)]
        )

        assert {reply.status_code for reply in replies} <= {303, 422}
        assert 303 in {reply.status_code for reply in replies}
        assert nothing_is_left()
