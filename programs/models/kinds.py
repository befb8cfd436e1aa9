"""The four kinds of page by name, so that each has a list of its own in the staff area. They keep nothing themselves."""

from __future__ import annotations

from programs.models.pages import Kind, Page


class Program(Page):
    """A kind of care."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "kind of care"
        verbose_name_plural = "kinds of care"


class Guide(Page):
    """A guide: for families, about paying, about work, and the pages about this site."""

    class Meta:
        proxy = True
        default_permissions = ()


class Question(Page):
    """A question people ask, with its answer."""

    class Meta:
        proxy = True
        default_permissions = ()


class Term(Page):
    """A word of the glossary."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "word"


KINDS: dict[str, type[Page]] = {
    Kind.PROGRAM: Program,
    Kind.GUIDE: Guide,
    Kind.QUESTION: Question,
    Kind.TERM: Term,
}
