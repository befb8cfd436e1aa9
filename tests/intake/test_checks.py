"""Each check of the desk: quiet on a proper installation, red on its own fault, with advice."""

from typing import Any

import pytest

from screening.intake import checks

GOOD = {
    "LOCAL": False,
    "CONTACT_KEYS": ["k" * 50],
    "DESK_MAIL": ["desk@example.org"],
    "DESK_LANGUAGE": "es",
    "EMAIL_HOST": "mail.example.org",
    "DESK_HOURS": "mon-fri 09:00-17:00",
    "DESK_TIME_ZONE": "America/Chicago",
    "DESK_DAYS_OFF": ["2026-12-25"],
}
ALL = (checks.hours_can_be_read, checks.keys_are_apart, checks.somebody_is_told)


@pytest.fixture
def server(settings: Any) -> Any:
    for name, value in GOOD.items():
        setattr(settings, name, value)
    return settings


@pytest.mark.usefixtures("server")
def test_a_proper_server_passes() -> None:
    assert [found for check in ALL for found in check(None)] == []


@pytest.mark.parametrize(
    ("change", "identifier"),
    [
        ({"DESK_HOURS": "always"}, "intake.E001"),
        ({"DESK_TIME_ZONE": "Nowhere"}, "intake.E001"),
        ({"DESK_DAYS_OFF": ["tomorrow"]}, "intake.E001"),
        ({"CONTACT_KEYS": []}, "intake.E002"),
        ({"CONTACT_KEYS": ["short"]}, "intake.E002"),
        ({"CONTACT_KEYS": ["k" * 50], "SCREENING_KEYS": ["k" * 50]}, "intake.E002"),
        ({"DESK_MAIL": ["nobody"]}, "intake.E003"),
        ({"DESK_LANGUAGE": "fr"}, "intake.E004"),
        ({"DESK_MAIL": []}, "intake.W005"),
        ({"EMAIL_HOST": ""}, "intake.W005"),
    ],
)
def test_each_fault_is_found_with_advice(server: Any, change: dict[str, Any], identifier: str) -> None:
    for name, value in change.items():
        setattr(server, name, value)

    found = [one for check in ALL for one in check(None)]

    assert [one.id for one in found] == [identifier]
    assert found[0].hint
