"""What stands around every public page: the ways through the guide, and what the page says about where it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs import structured_data
from programs.models import Kind
from programs.rich_text import Html, data_block
from programs.shelf import HUB, SITE, Entry, Shelf

Link = dict[str, str]
# In the header, beside the places that always exist; named shortly, because a phone is narrow.
IN_HEADER = {HUB: gettext_lazy("Families"), "paying": gettext_lazy("Paying")}
# In the footer, in this order, when they are public.
IN_FOOTER = ("choosing_a_program", "first_day", "work_and_leave", "privacy_in_treatment")


def ways(shelf: Shelf) -> dict[str, list[Link]]:
    """Return the links of header and footer. A page that is not public in this language is not among them."""
    in_header = {entry.key: entry for entry in shelf.by_keys(Kind.GUIDE, IN_HEADER)}
    return {
        "guide_nav": [
            {"name": _("Kinds of care"), "url": reverse("programs:overview")},
            *({"name": str(IN_HEADER[key]), "url": _link(entry)["url"]} for key, entry in in_header.items()),
            {"name": _("Questions"), "url": reverse("programs:faq")},
            {"name": _("Search"), "url": reverse("programs:search")},
        ],
        "footer_links": [
            {"name": _("Compare"), "url": reverse("programs:compare")},
            *(_link(entry) for entry in shelf.by_keys(Kind.GUIDE, IN_FOOTER)),
            {"name": _("Words"), "url": reverse("programs:glossary")},
            {"name": _("How this check works"), "url": reverse("screening:how_it_works")},
            {"name": _("Reviewers"), "url": reverse("programs:reviewers")},
            *(_link(entry) for entry in shelf.all(Kind.GUIDE, place=SITE)),
        ],
    }


def _link(entry: Entry) -> Link:
    return {"name": entry.menu, "url": entry.path(translation.get_language() or "en")}


def named(route: str) -> dict[str, str]:
    """Return the addresses of a page that exists in every language."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = reverse(route)
    return found


def frame(
    request: HttpRequest,
    shelf: Shelf,
    *,
    title: str,
    description: str,
    alternates: dict[str, str],
    crumbs: tuple[tuple[str, str], ...] = (),
    blocks: tuple[structured_data.Block, ...] = (),
) -> dict[str, Any]:
    """Return what the base template of the guide needs, and tell the request where else this page is."""
    request.alternates = alternates  # type: ignore[attr-defined]  # read by iopguide.context
    trail = ((_("Home"), reverse("screening:home")), *crumbs, (title, alternates[shelf.language]))
    absolute = request.build_absolute_uri
    steps = structured_data.breadcrumbs((name, absolute(url)) for name, url in trail)
    who = structured_data.organization(absolute(trail[0][1]))
    return {
        **ways(shelf),
        "page_title": title,
        "description": description,
        "crumbs": [{"name": name, "url": url} for name, url in trail[:-1]],
        "data": data_block(structured_data.graph(*blocks, steps, who)),
    }


def home_data(request: HttpRequest) -> Html:
    """Return what the front page says to machines: who runs the site."""
    home = request.build_absolute_uri(reverse("screening:home"))
    return data_block(structured_data.graph(structured_data.organization(home)))
