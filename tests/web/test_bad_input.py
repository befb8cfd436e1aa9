"""Whatever is sent, and however: a page in the person's language, never a failure, and nothing saved is lost."""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.models import Answer
from screening.protocol import LIVE
from tests.web.walk import COOKIE, LANGUAGES, NEED_A_CHECK, Page, Visitor, calm, number_of

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
BEFORE = calm(upto="now")
NUMBER = number_of(calm(), "now")
KEYS = [question.key for question in LIVE.questions]
CHOICES = sorted({choice for question in LIVE.questions for choice in question.choice_keys})

# What a page of ours may answer to nonsense. A 405 has no page: no form or link of ours asks for one.
CALM = {303, 400, 403, 404, 405, 409, 410, 413, 415, 422}


@pytest.fixture
def visitor() -> Visitor:
    """Somebody in the middle of a check, in the language that a careless page would forget.

    Without the form's token, so that nonsense gets as far as it can.
    """
    return without_token(Visitor("es").sit_down(BEFORE))


def without_token(visitor: Visitor) -> Visitor:
    visitor.client.handler.enforce_csrf_checks = False
    return visitor


def assert_calm(visitor: Visitor, reply: Any) -> None:
    assert reply.status_code in CALM, reply.status_code
    if reply.status_code not in (303, 405):
        page = Page(reply.content.decode())
        assert page.language == visitor.language
        assert page.heading
        assert "988" in page.text
    assert visitor.saved() == BEFORE
    assert Answer.objects.count() == len(BEFORE)


def post(visitor: Visitor, body: bytes | str, content_type: str = FORM, **more: Any) -> Any:
    path = visitor.url("step", NUMBER)
    return visitor.client.generic("POST", path, body, content_type=content_type, **more)


# --- Bodies ----------------------------------------------------------------------------------------------------------

BODIES: dict[str, str | bytes] = {
    "nothing": "",
    "no values": "&&&===&",
    "no screen": "now=none",
    "empty screen": "screen=&now=none",
    "unknown screen": "screen=nothing&now=none",
    "unknown question": "screen=now&nothing=none",
    "unknown choice": "screen=now&now=nothing",
    "a way out and an answer": "screen=now&now=none&now=overdose",
    "two ways out": "screen=now&now=not_sure&now=rather_not_say",
    "a choice of another question": "screen=now&now=plan",
    "the same choice a hundred times": "screen=now" + "&now=overdose" * 40 + "&now=nothing",
    "screen twice": "screen=now&screen=nothing&now=nothing",
    "a number": "screen=now&now=1",
    "a huge number": "screen=now&now=" + "9" * 5000,
    "a list in the name": "screen=now&now[]=none&now[0]=none",
    "an object": 'screen=now&now={"key": "none"}',
    "a path": "screen=../../etc/passwd&now=../../etc/passwd",
    "SQL": "screen=now&now=' OR 1=1 --",
    "a template": "screen=now&now={{ 7*7 }}{% debug %}",
    "a script": "screen=now&now=<script>alert(1)</script>",
    "right to left": "screen=now&now=" + quote("\u202e\u2066none"),
    "combining": "screen=now&now=" + quote("n" + "\u0301" * 500),
    "an emoji": "screen=now&now=" + quote("😀" * 200),
    "a line break": "screen=now&now=none%0d%0aSet-Cookie:x=1",
    "a NUL": "screen=now&now=%00none",
    "a bare NUL": b"screen=now&now=\x00none",
    "a lone surrogate": "screen=now&now=%ED%A0%80",
    "not UTF-8": "screen=now&now=%FF%FE",
    "not UTF-8 in a name": "%FF%FE=1&screen=now",
    "a broken escape": "screen=now&now=%zz%",
    "2,000 fields": "&".join(f"f{n}=1" for n in range(2000)),
    "2,000 times one field": "screen=now" + "&now=overdose" * 2000,
    "70 KB": "screen=now&now=" + "x" * 70_000,
    "10 MB": "screen=now&now=" + "x" * 10_000_000,
    "a long name": "x" * 60_000 + "=1",
    "internal names": "screen=now&now=nothing&id=1&pk=1&screening=1&expires_at=2100&protocol_version=x",
}


@pytest.mark.parametrize("name", BODIES)
def test_a_form_full_of_nonsense_is_answered_with_a_page(visitor: Visitor, name: str) -> None:
    assert_calm(visitor, post(visitor, BODIES[name]))


@pytest.mark.parametrize("name", BODIES)
def test_the_start_page_takes_no_nonsense_either(visitor: Visitor, name: str) -> None:
    reply = visitor.client.generic("POST", visitor.url("start"), BODIES[name], content_type=FORM)

    assert_calm(visitor, reply)
    assert reply.status_code in (400, 413, 422)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", '{"screen": "now", "now": ["overdose"]}'),
        ("text/plain", "screen=now&now=overdose"),
        ("", "screen=now&now=overdose"),
        ("nonsense", "screen=now&now=overdose"),
        ("application/xml", "<now>overdose</now>"),
        ("multipart/form-data", "screen=now&now=overdose"),
        ("multipart/form-data; boundary=", "--\r\n"),
        ("multipart/form-data; boundary=" + "b" * 300, "--\r\n"),
        ("multipart/form-data; boundary=é", "--é\r\n"),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", "--b\r\n" * 500),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=now\r\n\r\nnone"),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=now\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--b--\r\n",
        ),
        (
            "multipart/form-data; boundary=b",
            '--b\r\nContent-Disposition: form-data; name=now; filename="none"\r\n\r\nnone\r\n--b--\r\n',
        ),
        (
            "multipart/form-data; boundary=b",
            "".join(
                f'--b\r\nContent-Disposition: form-data; name=f{n}; filename="{n}"\r\n\r\nx\r\n'
                for n in range(20)
            )
            + "--b--\r\n",
        ),
        (f"{FORM}; charset=utf-16", "screen=now&now=overdose"),
        (f"{FORM}; charset=nonsense", "screen=now&now=overdose"),
        (f"{FORM}; charset=", "screen=now&now=overdose"),
    ],
)
def test_a_body_in_a_strange_wrapping_is_answered_with_a_page(
    visitor: Visitor, content_type: str, body: str
) -> None:
    assert_calm(visitor, post(visitor, body.encode(), content_type))


def test_a_proper_answer_in_multipart_is_taken() -> None:
    visitor = Visitor().sit_down(BEFORE)
    visitor.client.handler.enforce_csrf_checks = False

    reply = visitor.client.post(visitor.url("step", NUMBER), {"screen": "now", "now": ["overdose", "body"]})

    assert reply.status_code == 303
    assert visitor.saved()["now"] == ("overdose", "body")


@pytest.mark.parametrize("length", ["", "-1", "x", "1e9", "9" * 400, "1.5", "0", " 5 ", "٣"])
def test_a_strange_content_length_is_answered_with_a_page(visitor: Visitor, length: str) -> None:
    reply = visitor.client.generic(
        "POST", visitor.url("step", NUMBER), b"", content_type=FORM, CONTENT_LENGTH=length
    )

    assert_calm(visitor, reply)


def test_a_body_that_breaks_off_is_answered_with_a_page(visitor: Visitor) -> None:
    class BreaksOff(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError("cut")

    assert_calm(visitor, post(visitor, b"x=1", **{"wsgi.input": BreaksOff()}))


# --- Ways of asking ---------------------------------------------------------------------------------------------------


def addresses(visitor: Visitor) -> Iterator[str]:
    for address in [("home",), ("start",), ("help_now",), ("clear",), ("cleared",), *NEED_A_CHECK]:
        yield visitor.url(*address)


@pytest.mark.parametrize(
    "method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get", "X" * 300]
)
def test_no_way_of_asking_is_a_failure_or_changes_anything(visitor: Visitor, method: str) -> None:
    for path in addresses(visitor):
        reply = visitor.client.generic(method, path)

        assert reply.status_code in {200, *CALM}
        assert visitor.saved() == BEFORE


def test_posting_to_a_page_that_takes_none_changes_nothing(visitor: Visitor) -> None:
    for address in [
        ("home",),
        ("help_now",),
        ("safety",),
        ("answers",),
        ("result",),
        ("print",),
        ("cleared",),
        ("leave",),
    ]:
        assert visitor.client.post(visitor.url(*address), {"now": "none"}).status_code == 405
    assert visitor.saved() == BEFORE


@pytest.mark.parametrize(
    "query", ["x=1", "now=overdose", "%00", "%FF", "?", "x" * 5000, "next=//evil.example"]
)
def test_a_query_on_a_private_page_is_refused(visitor: Visitor, query: str) -> None:
    for path in addresses(visitor):
        if path not in (visitor.url("home"), visitor.url("help_now")):
            assert_calm(visitor, visitor.client.get(f"{path}?{query}"))


@pytest.mark.parametrize(
    "cookies",
    [
        f"{COOKIE}=",
        COOKIE,
        f"{COOKIE}==;;",
        f"{COOKIE}=" + "x" * 60_000,
        f"{COOKIE}=\xff\xfe\xe9",
        f'{COOKIE}="\\303\\251\\000"',
        f'{COOKIE}="; drop table',
        f"{COOKIE}=a; {COOKIE}=b",
        f"{COOKIE}=%00%FF",
        ";" * 3000,
        "; ".join(f"c{n}=1" for n in range(2000)),
        f"{COOKIE}=😀".encode().decode("latin-1"),
        "csrf=\xff; staff=\xff",
        "messages=W1siX19qc29uX21lc3NhZ2UiXQ",
        "django_language=zz",
    ],
)
def test_a_strange_cookie_is_a_calm_page(visitor: Visitor, cookies: str) -> None:
    stranger = Client()
    for address in NEED_A_CHECK:
        reply = stranger.get(visitor.url(*address), HTTP_COOKIE=cookies)
        assert reply.status_code == 410
        assert reply["Content-Language"] == visitor.language
    for address in [("home",), ("start",), ("help_now",), ("clear",)]:
        assert stranger.get(visitor.url(*address), HTTP_COOKIE=cookies).status_code == 200
    assert stranger.get(visitor.url("leave"), HTTP_COOKIE=cookies).status_code == 303
    assert visitor.saved() == BEFORE


@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": "es"},
        {"accept-language": "\xff\xfe;q=x," * 200},
        {"accept-encoding": "gzip;q=x, \xff"},
        {"accept": "application/json"},
        {"referer": "http://[::1"},
        {"referer": "\xff" * 5000},
        {"user-agent": ""},
        {"user-agent": "x" * 60_000},
        {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-for": "'; --"},
        {"x-http-method-override": "DELETE"},
        {"range": "bytes=0-10"},
        {"if-none-match": '"x"', "if-modified-since": "yesterday"},
        {"expect": "100-continue"},
        {"connection": "close, \xff"},
        {"authorization": "Basic \xff"},
        {"x-requested-with": "XMLHttpRequest"},
        {"sec-purpose": "\xff", "sec-fetch-site": "\xff"},
    ],
)
def test_a_strange_header_changes_nothing(visitor: Visitor, headers: dict[str, str]) -> None:
    for path in addresses(visitor):
        reply = visitor.client.get(path, headers=headers)
        assert reply.status_code in (200, 303)
        assert reply["Content-Language"] == visitor.language
    assert visitor.saved() == BEFORE


@pytest.mark.parametrize("host", ["evil.example", "a b", "testserver/x", "[::1", "\xff", ""])
def test_a_made_up_host_is_refused_with_a_page(host: str) -> None:
    reply = Client().get("/check/", headers={"host": host})

    assert reply.status_code == 400
    assert b"988" in reply.content
    assert b"evil" not in reply.content


# --- Anything at all --------------------------------------------------------------------------------------------------

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=40)  # surrogates and NUL too
FIELD = st.one_of(st.sampled_from([*KEYS, "screen", "csrfmiddlewaretoken"]), ANY_TEXT)
VALUE = st.one_of(st.sampled_from([*CHOICES, "not_sure", "rather_not_say", *KEYS]), ANY_TEXT)
# What one form may change: a question, or the few that are shown together.
SCREENS = [
    {q.key for q in LIVE.questions if (q.page or q.key) == (one.page or one.key)} for one in LIVE.questions
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_whatever_is_a_failure_or_spoils_a_check(language: str) -> None:
    visitor = without_token(Visitor(language).sit_down(calm()))
    state = [visitor.saved()]

    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(
        fields=st.lists(st.tuples(FIELD, VALUE), max_size=12),
        screen=st.sampled_from([*KEYS, ""]),
        number=st.integers(0, 40),
    )
    def check(fields: list[tuple[str, str]], screen: str, number: int) -> None:
        before = state[-1]
        pairs = [("screen", screen), *fields]
        body = "&".join(f"{escaped(name)}={escaped(value)}" for name, value in pairs)

        reply = visitor.client.generic("POST", visitor.url("step", number), body, content_type=FORM)

        assert reply.status_code in (303, 400, 409, 422)
        saved = visitor.saved()
        state.append(saved)
        changed = {key for key in saved if saved[key] != before.get(key)}
        assert set(before) <= set(saved)
        assert not changed or (reply.status_code == 303 and any(changed <= together for together in SCREENS))

    check()


def escaped(text: str) -> str:
    return quote(text, errors="surrogatepass")


def test_no_bytes_whatever_are_a_failure(visitor: Visitor) -> None:
    kinds = [FORM, "multipart/form-data; boundary=b", "text/plain", "application/json", "x"]

    @settings(max_examples=150)
    @given(
        body=st.binary(max_size=200),
        content_type=st.sampled_from(kinds),
        path=st.sampled_from([visitor.url("start"), visitor.url("step", NUMBER)]),
    )
    def check(body: bytes, content_type: str, path: str) -> None:
        reply = visitor.client.generic("POST", path, body, content_type=content_type)

        assert reply.status_code in (400, 409, 422)

    check()
    assert visitor.saved() == BEFORE


@settings(max_examples=100)
@given(token=st.text(st.characters(codec="latin-1"), max_size=60))
def test_no_cookie_whatever_is_a_failure(token: str) -> None:
    reply = Client().get("/check/answers/", HTTP_COOKIE=f"{COOKIE}={token}")

    assert reply.status_code == 410
