"""A process that saves requests and answers without end, to be killed: it says a line before each save and one after.

`python -m tests.intake.crash_worker`. Each line it is sent begins a life, in a process of its own, so that only the
first one waits for Django to load.
"""

import json
import os
import sys
from itertools import count
from typing import Any

import django


def say(**line: Any) -> None:
    # One write, shorter than a pipe's buffer: whole or not at all, and never held back.
    os.write(sys.stdout.fileno(), json.dumps(line).encode() + b"\n")


def live(token: str, questions: list[str], choices: list[str], start: int) -> None:
    """Ask for calls and answer a screen of the check, from a number on, until killed."""
    from screening import services as checks
    from screening.intake import services as desk

    for number in count(start):
        say(tries="request", number=number)
        given = desk.create_request(**asked(number))
        say(saved="request", number=number, reference=given.reference, code=given.code)
        choice = choices[number % len(choices)]
        say(tries="answers", choice=choice)
        checks.record_answers(checks.open_check(token), dict.fromkeys(questions, (choice,)))
        say(saved="answers", choice=choice)


def asked(number: int) -> dict[str, Any]:
    """What one person sends, the same however often it is sent."""
    return {"name": "Sam", "value": f"555-{number:07}", "form_token": f"form {number}"}


def main() -> None:
    django.setup()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            live(**json.loads(line))
        say(begun=child)
        os.waitpid(child, 0)
        say(ended=child)


if __name__ == "__main__":
    main()
