"""The path as a picture: each question in order, and which earlier answers open it."""

from __future__ import annotations

from dataclasses import dataclass

from screening.engine.conditions import questions_in
from screening.engine.spec import Protocol

ROW = 34
LEFT = 16
TEXT_LEFT = 36
RIGHT = 300
WIDTH = 360
# Longer questions are cut in the picture; the list below it has them whole.
MOST_LETTERS = 38


@dataclass(frozen=True, slots=True)
class Node:
    """One question: its number, where it stands, its words; `part` when a part begins here."""

    number: int
    y: int
    label: str
    part: str
    always: bool


@dataclass(frozen=True, slots=True)
class Arc:
    """An arrow from a question to one it can open, as an SVG path."""

    path: str
    sentence: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Graph:
    width: int
    height: int
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]


def graph(protocol: Protocol, language: str) -> Graph:
    """Return the picture of a protocol's path, in a language."""
    nodes: list[Node] = []
    arcs: list[Arc] = []
    places: dict[str, tuple[int, int]] = {}
    titles = {part.key: part.title.read(language) for part in protocol.parts}
    y, part = 0, ""
    for number, question in enumerate(protocol.questions, start=1):
        begins = question.part != part
        part = question.part
        y += ROW * 2 if begins else ROW
        text = question.text.read(language)
        label = text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"
        nodes.append(Node(number, y, label, titles[part] if begins else "", question.ask_if is None))
        opened_by = [places[key] for key in questions_in(question.ask_if) if key in places]
        arcs += [_arc(place, (number, y)) for place in opened_by]
        places[question.key] = (number, y)
    return Graph(WIDTH, y + ROW, tuple(nodes), tuple(arcs))


def _arc(start: tuple[int, int], end: tuple[int, int]) -> Arc:
    (first, top), (last, bottom) = start, end
    bow = RIGHT + min(50, 10 + (bottom - top) // 8)
    path = f"M{RIGHT} {top} C{bow} {top} {bow} {bottom} {RIGHT} {bottom}"
    return Arc(path, (first, last))
