"""People who write the guide, and pages at points of their life, for the tests of the staff area."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from programs import services
from programs.layout import FIELDS, LANGUAGES
from programs.models import Page, Revision, Source

WORDS = {
    "en": {
        "line": "A calm place",
        "text": "What happens here, and who can come.",
        "rich": "<p>You can call us. We listen.</p>",
    },
    "es": {
        "line": "Un lugar en calma",
        "text": "Lo que pasa aquí, y quién puede venir.",
        "rich": "<p>Puede llamar. Lo oímos con calma.</p>",
    },
}


def person(name: str, *groups: str, **more: Any) -> User:
    """A member of staff in these groups. A test that emptied the database took the groups away."""
    if Group.objects.filter(name__in=("editor", "publisher")).count() < 2:
        import_module("programs.migrations.0003_groups").make(apps, None)
    user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True, **more})
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def content(kind: str = "guide", **changes: str) -> services.Content:
    """Whole content that no check has anything to say about; changes are named like en_part_1."""
    found = {
        language: {one.key: WORDS[language][one.kind] for one in FIELDS[kind] if one.required}
        for language in LANGUAGES
    }
    for name, text in changes.items():
        language, _, key = name.partition("_")
        found[language][key] = text
    return found


def page(kind: str = "guide", key: str = "calm", *, live: bool = True, **more: Any) -> Page:
    """A page, with words that are live unless told otherwise."""
    slugs = {} if kind in ("question", "term") else {"slug_en": key, "slug_es": f"{key}-es"}
    found = Page.objects.create(kind=kind, key=key, **{**slugs, **more})
    found.sources.add(Source.objects.get_or_create(key="s", title="A report", publisher="SAMHSA")[0])
    if live:
        services.start_with(found, content(kind), note="first")
    return found


def draft(of: Page, by: User, **changes: str) -> Revision:
    """A draft of a page with some words changed."""
    return services.save_draft(of, content(of.kind, **changes), by=by, note="plainer")


def at(of: Page, name: str, *args: Any) -> str:
    return reverse(f"admin:programs_{of.kind}_{name}", args=(of.pk, *args))


def typed(of: Page, base: int | None = None, **changes: str) -> dict[str, str]:
    """What the form of a page sends when only these boxes were changed."""
    newest = of.revisions.first()
    words = newest.content if newest else {}
    data = {
        f"{language}-{one.key}": words.get(language, {}).get(one.key, "")
        for one in FIELDS[of.kind]
        for language in LANGUAGES
    }
    data["base"] = str((newest.number if newest else 0) if base is None else base)
    for name, text in changes.items():
        language, _, key = name.partition("_")
        data[f"{language}-{key}" if language in LANGUAGES and key else name] = text
    return data


def state(of: Page) -> str:
    """The state of the newest revision."""
    return str(of.revisions.order_by("-number").values_list("state", flat=True).first())
