"""The lock on answers: only the right cookie with the right secret opens them, and their size tells nothing."""

import secrets
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from screening.engine.spec import UNKNOWN_KEYS
from screening.protocol import PROTOCOLS
from screening.sealing import NONCE_BYTES, SealBroken, new_token, seals_for

SECRETS = ["current-" + "a" * 40, "former-" + "b" * 40]


@pytest.fixture(autouse=True)
def _secrets(settings: Settings) -> None:
    settings.SCREENING_KEYS = list(SECRETS)


def test_what_is_sealed_opens_with_the_same_token_and_secret() -> None:
    token = new_token()
    sealed = seals_for(token)[0].close("now", ("overdose", "body"))

    again = seals_for(token)[0]

    assert again.open(again.place("now"), sealed) == ("now", ("overdose", "body"))


def test_no_other_token_opens_it() -> None:
    mine = seals_for(new_token())[0]
    sealed = mine.close("now", ("overdose",))

    for _ in range(100):
        other = seals_for(new_token())[0]
        for place in (mine.place("now"), other.place("now")):
            with pytest.raises(SealBroken):
                other.open(place, sealed)


def test_the_token_alone_opens_nothing_without_the_servers_secret(settings: Settings) -> None:
    token = new_token()
    mine = seals_for(token)[0]
    sealed = mine.close("now", ("overdose",))
    settings.SCREENING_KEYS = ["stolen-elsewhere-" + "c" * 40]

    other = seals_for(token)[0]

    assert other.lookup != mine.lookup
    with pytest.raises(SealBroken):
        other.open(mine.place("now"), sealed)


def test_it_opens_only_in_the_place_it_was_sealed_for() -> None:
    mine = seals_for(new_token())[0]
    sealed = mine.close("now", ("overdose",))

    with pytest.raises(SealBroken):
        mine.open(mine.place("self_harm"), sealed)


@given(position=st.integers(0, 539), bit=st.integers(0, 7))
def test_one_changed_bit_breaks_it(position: int, bit: int) -> None:
    mine = seals_for("t" * 43)[0]
    sealed = bytearray(mine.close("now", ("overdose",)))
    assert len(sealed) == 540

    sealed[position] ^= 1 << bit

    with pytest.raises(SealBroken):
        mine.open(mine.place("now"), bytes(sealed))


@pytest.mark.parametrize(
    "length", [0, 1, NONCE_BYTES - 5, NONCE_BYTES, NONCE_BYTES + 1, NONCE_BYTES + 16, 539]
)
def test_a_cut_one_is_broken_and_no_failure(length: int) -> None:
    mine = seals_for(new_token())[0]
    sealed = mine.close("now", ("overdose",))

    with pytest.raises(SealBroken):
        mine.open(mine.place("now"), sealed[:length])


@given(junk=st.binary(max_size=600), place=st.binary(max_size=40))
def test_junk_is_broken_and_no_failure(junk: bytes, place: bytes) -> None:
    with pytest.raises(SealBroken):
        seals_for("t" * 43)[0].open(place, junk)


def test_every_answer_there_can_be_fits_and_has_the_same_size() -> None:
    mine = seals_for(new_token())[0]
    sizes = set()
    for protocol in PROTOCOLS.values():
        for question in protocol.questions:
            keys = (*question.choice_keys, *UNKNOWN_KEYS)
            several = [keys] if question.kind == "many" else []
            for chosen in [*combinations(keys, 1), *several]:
                sizes.add(len(mine.close(question.key, chosen)))

    assert sizes == {540}


def test_an_answer_too_long_to_hide_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than"):
        seals_for(new_token())[0].close("q" * 600, ("x",))


def test_the_same_answer_never_looks_the_same_twice() -> None:
    mine = seals_for(new_token())[0]

    sealed = {mine.close("now", ("none",)) for _ in range(500)}

    assert len({one[:NONCE_BYTES] for one in sealed}) == 500
    assert len({one[NONCE_BYTES:] for one in sealed}) == 500


def test_places_differ_between_people_and_between_questions_and_stay() -> None:
    people = [seals_for(new_token())[0] for _ in range(50)]
    questions = [question.key for protocol in PROTOCOLS.values() for question in protocol.questions]

    places = [one.place(key) for one in people for key in questions]

    assert len(set(places)) == len(places)
    assert {len(place) for place in places} == {32}
    assert all(one.place("now") == one.place("now") for one in people)


def test_no_part_of_the_keys_shows_in_what_is_stored() -> None:
    token = new_token()
    mine = seals_for(token)[0]
    stored = mine.lookup + mine.place("now") + mine.close("now", ("overdose",))

    for secret in (mine._answer_key, mine._place_key, token.encode(), SECRETS[0].encode()):
        assert secret not in stored
        assert secret[:8] not in stored


def test_a_new_secret_locks_and_a_former_one_still_opens(settings: Settings) -> None:
    token = new_token()
    settings.SCREENING_KEYS = [SECRETS[1]]
    before = seals_for(token)[0]
    settings.SCREENING_KEYS = list(SECRETS)

    now, former = seals_for(token)

    assert former == before
    assert now.lookup != before.lookup


def test_tokens_are_256_random_bits() -> None:
    tokens = {new_token() for _ in range(1000)}

    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {43}
    assert len({token[:2] for token in tokens}) > 500


@settings(max_examples=40)
@given(token=st.text(max_size=100))
def test_any_token_whatever_has_a_seal_of_its_own(token: str) -> None:
    """Cookies come from outside: anything a server may read from one must not fail."""
    try:
        token.encode()
    except UnicodeEncodeError:
        return  # no server hands these over: header bytes are decoded with replacement
    assert len(seals_for(token)) == len(SECRETS)
    assert seals_for(token)[0].lookup != seals_for(token + secrets.token_hex(4))[0].lookup
