"""What needs somebody, for the front page of the staff area. Each app says so for itself.

A provider gets the signed-in user and returns only what they may see: numbers and places, never a name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """One line: how many of what, where to go, and whether it cannot wait."""

    count: int
    what: str
    url: str
    urgent: bool = False


Provider = Callable[[Any], Iterable[Waiting]]

_providers: list[Provider] = []


def provider(function: Provider) -> Provider:
    """Register a function that says what of its app needs this user. Call it once, when the app is ready."""
    if function not in _providers:
        _providers.append(function)
    return function


def waiting_for(user: Any) -> list[Waiting]:
    """Return everything that needs this user: what cannot wait first, else as the apps give it, each its own together."""
    found = [line for one in _providers for line in one(user) if line.count]
    return sorted(found, key=lambda line: not line.urgent)
