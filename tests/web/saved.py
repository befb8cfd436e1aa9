"""What tests of saved checks share: somebody saves, somebody types words."""

import re
from typing import Any

from tests.web.walk import Visitor


def shown(visitor: Visitor) -> str:
    """The words on this page, or nothing."""
    found = re.search(r'class="code words"[^>]*>([^<]+)<', visitor.page.html)
    return found[1] if found else ""


def save(visitor: Visitor) -> str:
    """Press the button, and return the words."""
    visitor.go("save")
    form = visitor.page.forms[0]
    visitor.post(visitor.url("save"), {**form.hidden(), "make": "1"})
    visitor.follow()
    assert shown(visitor)
    return shown(visitor)


def come_back(visitor: Visitor, typed: str, **more: str) -> Any:
    """Type these words on the page to come back."""
    visitor.go("resume")
    form = visitor.page.forms[0]
    return visitor.post(visitor.url("resume"), {**form.hidden(), "words": typed, **more})
