"""A visit without a browser: the verbs of tests/browser/visits.py, over the test client, for checkers of HTML."""

from typing import Any
from urllib.parse import urljoin

from tests.browser.people import ENGINE, Sheet, before
from tests.web.walk import Visitor

REDIRECTS = (301, 302, 303)


class Reader:
    """One person who reads what the site sends. A browser would do the same, a hundred times slower."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.visitor = Visitor(language, raise_request_exception=False)
        self._given: dict[str, list[str]] = {}

    @property
    def response(self) -> Any:
        return self.visitor.response

    def path(self, name: str, *args: object) -> str:
        return self.visitor.url(name, *args)

    def go(self, name: str, *args: object) -> None:
        self.open(self.path(name, *args))

    def open(self, path: str) -> None:
        self.visitor.open(path)
        self._arrive()

    def _arrive(self) -> None:
        while self.response.status_code in REDIRECTS:
            self.visitor.open(urljoin(self.visitor.path, self.response["Location"]))
        forms = self.visitor.page.forms
        self._given = {**forms[0].hidden(), **forms[0].checked()} if forms else {}

    # --- arriving somewhere without walking there ---

    def holding(self, answers: Sheet) -> None:
        self.visitor.sit_down(answers)

    def at_question(self, answers: Sheet, question: str) -> None:
        self.holding(before(answers, question))
        step = ENGINE.path(answers).holding(question)
        assert step is not None
        self.go("step", step.number)

    # --- doing what a person does ---

    def choose(self, name: str, value: str) -> None:
        form = self.visitor.page.forms[0]
        kinds = {kind for own, _, kind, _ in form.controls if own == name}
        assert value in form.values(name), f"{self.visitor.path} does not offer {value} for {name}"
        self._given[name] = [*self._given.get(name, []), value] if kinds == {"checkbox"} else [value]

    # Only a browser has a script that could object.
    force = choose

    def write(self, name: str, text: str) -> None:
        self._given[name] = [text]

    def tick(self, answers: Sheet) -> None:
        for name in self.visitor.asked():
            for value in answers[name]:
                self.choose(name, value)

    def press_continue(self) -> None:
        self.send(self._given)

    def press(self, name: str = "") -> None:
        """A button of the first form by its name, or its first one, which has none."""
        pressed = {name: self.visitor.page.forms[0].values(name)} if name else {}
        assert pressed.get(name, True), f"{self.visitor.path} has no button called {name}"
        self.send({**self._given, **pressed})

    def send(self, given: dict[str, Any]) -> None:
        """Send the form of this page with exactly this, and follow where it leads."""
        visitor = self.visitor
        visitor.post(urljoin(visitor.path, visitor.page.forms[0].action), given)
        self._arrive()

    def unfold(self, most: int) -> None:
        """What is folded is in the page all the same."""

    def cookies(self) -> dict[str, str]:
        return {name: cookie.value for name, cookie in self.visitor.client.cookies.items()}

    def forget(self, cookie: str | None = None) -> None:
        for name in [cookie] if cookie else list(self.visitor.client.cookies):
            self.visitor.client.cookies.pop(name, None)
