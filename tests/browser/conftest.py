"""One server and one browser for the whole stage; for each test a fresh browser context, and a close look at it."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import Site, serve
from tests.browser.visits import Visit

PHONE = {"width": 360, "height": 640}

Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def _server() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture
def site(transactional_db: None, _server: Site) -> Iterator[Site]:
    with _server.open() as site:
        yield site


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Open a browser as one visitor. Whatever a test does, the browser must have found nothing wrong meanwhile."""
    visits: list[Visit] = []

    def arrive(language: str = "en", *, script: bool = True, **options: Any) -> Visit:
        context = browser.new_context(
            **{
                "viewport": PHONE,
                "java_script_enabled": script,
                "reduced_motion": "reduce",
                "locale": "es-US" if language == "es" else "en-US",
                **options,
            }
        )
        context.set_default_timeout(10_000)
        visit = Visit(context.new_page(), site, language)
        visits.append(visit)
        return visit

    yield arrive
    for visit in visits:
        visit.context.close()
    complaints = [line for visit in visits for line in visit.complaints]
    assert not complaints, "the browser found errors, or code that the page's own policy forbids"
    ours = {urlsplit(site.url).netloc, urlsplit(site.elsewhere).netloc, ""}
    foreign = {url for visit in visits for url in visit.requested if urlsplit(url).netloc not in ours}
    assert not foreign, "the site asked the browser to tell somebody else"


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)
