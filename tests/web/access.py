"""Who may see what. One row for every address of the site; an address without a row fails the build.

A row says what GET answers to each role, and what POST without a form token answers (the same to everyone).
`*` in a name stands for any word, as for the admin's pages of each model.

Adding a page? Add its row. Adding a role? Add it to ROLES, and a column to Row.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

OK, MOVED, SEE_OTHER, TEMPORARY = 200, 301, 303, 302
REFUSED, MISSING, NOT_ALLOWED, GONE = 403, 404, 405, 410

Answer = int | tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """The name of an address, what each role gets, and sample values for the parts of its path."""

    route: str
    anonymous: Answer
    staff: Answer  # signed in, may enter /staff/, has been given nothing
    superuser: Answer
    post: Answer = REFUSED
    values: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Answer] = field(default_factory=dict)  # roles that get another answer than bare staff

    def answer(self, role: str) -> Answer:
        return self.given.get(role, getattr(self, role, self.staff))


def _sign_in(**rights: bool) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create(username="somebody", **rights))
    return client


def _member(name: str) -> Client:
    client = Client(enforce_csrf_checks=True)
    user = User.objects.create(username="somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    client.force_login(user)
    return client


ROLES: dict[str, Callable[[], Client]] = {
    "anonymous": lambda: Client(enforce_csrf_checks=True),
    "staff": lambda: _sign_in(is_staff=True),
    "superuser": lambda: _sign_in(is_staff=True, is_superuser=True),
    "intake": lambda: _member("intake"),
    "auditor": lambda: _member("auditor"),
    "administrator": lambda: _member("administrator"),
}


def same(route: str, answer: Answer, **more: Any) -> Row:
    """An address that answers everyone alike."""
    return Row(route, answer, answer, answer, **more)


ROWS = [
    same("healthz", OK),
    same("robots", OK),
    same("security_txt", MISSING),  # exists once a contact is set; test_machine_pages has both
    # The check: open to all alike; pages of a check are gone for who has none. Signing in opens nothing here.
    same("screening:home", OK),
    same("screening:start", OK),
    same("screening:start_family", OK),
    same("screening:help_now", OK),
    same("screening:how_it_works", OK),
    same("screening:clear", OK),
    same("screening:cleared", OK),
    same("screening:leave", SEE_OTHER),
    same("screening:step", GONE),
    same("screening:safety", GONE),
    same("screening:answers", GONE),
    same("screening:result", GONE),
    same("screening:print", GONE),
    # The guide: open to all alike. The samples name pages that do not exist; what is there is in test_guide_site.
    same("sitemap", OK),
    same("programs:overview", OK),
    same("programs:program", MISSING),
    same("programs:compare", OK),
    same("programs:families", MISSING),  # a page of the guide stands there once it is live
    same("programs:family_guide", MISSING),
    same("programs:guide", MISSING),
    same("programs:moved", MISSING),
    same("programs:more", MISSING),
    same("programs:faq", OK),
    same("programs:glossary", OK),
    same("programs:reviewers", OK),
    same("programs:search", OK),
    # A draft by its signed link, and the pictures of pages: missing for whoever has neither.
    same("drafts:shared", MISSING),
    same("drafts:picture", MISSING),
    # Asking for a call: open to all alike.
    same("intake:ask", OK),
    same("intake:done", OK),
    same("intake:cancel", OK),
    same("intake:cancelled", OK),
    same("intake:handoff", GONE),
    # The desk: for intake alone. A request that is not there sends back to the queue.
    Row("admin:intake_callrequest_changelist", TEMPORARY, REFUSED, OK, given={"intake": OK}),
    Row("admin:intake_callrequest_code", TEMPORARY, REFUSED, OK, given={"intake": OK}),
    Row("admin:intake_callrequest_change", TEMPORARY, REFUSED, TEMPORARY, given={"intake": TEMPORARY}),
    Row("admin:intake_callrequest_history", TEMPORARY, REFUSED, TEMPORARY, given={"intake": TEMPORARY}),
    Row(
        "admin:intake_callrequest_emergency_change",
        TEMPORARY,
        REFUSED,
        TEMPORARY,
        given={"intake": TEMPORARY},
    ),
    Row("admin:intake_callrequest_do_change", TEMPORARY, REFUSED, TEMPORARY, given={"intake": TEMPORARY}),
    same("admin:intake_callrequest_add", (TEMPORARY, REFUSED)),
    # The log: for auditors, and nobody changes it.
    Row("admin:intake_accessentry_changelist", TEMPORARY, REFUSED, OK, given={"auditor": OK}),
    Row("admin:intake_accessentry_change", TEMPORARY, (REFUSED, TEMPORARY), TEMPORARY),
    # Accounts: for administrators.
    Row("admin:auth_user_changelist", TEMPORARY, REFUSED, OK, given={"administrator": OK}),
    Row("admin:auth_user_add", TEMPORARY, REFUSED, OK, given={"administrator": OK}),
    Row("admin:auth_group_changelist", TEMPORARY, REFUSED, OK, given={"administrator": OK}),
    # The door to the staff area. Who is in already is sent on.
    Row("account_login", OK, TEMPORARY, TEMPORARY),
    Row("account_logout", TEMPORARY, OK, OK),
    same("account_inactive", OK),
    Row("account_reauthenticate", TEMPORARY, OK, OK),
    Row("account_change_password", TEMPORARY, OK, OK),
    # Only on the way in, after the password.
    Row("mfa_authenticate", TEMPORARY, TEMPORARY, TEMPORARY),
    Row("mfa_login_webauthn", TEMPORARY, TEMPORARY, TEMPORARY),
    # One's own second factor and no other's. Staff here have shown theirs: an app, without codes or keys.
    Row("mfa_index", TEMPORARY, OK, OK),
    Row("mfa_reauthenticate", TEMPORARY, OK, OK),
    Row("mfa_reauthenticate_webauthn", TEMPORARY, TEMPORARY, TEMPORARY),
    Row("mfa_activate_totp", (TEMPORARY, REFUSED), TEMPORARY, TEMPORARY),
    Row("mfa_deactivate_totp", TEMPORARY, OK, OK),
    Row("mfa_list_webauthn", TEMPORARY, OK, OK),
    Row("mfa_add_webauthn", TEMPORARY, OK, OK),
    Row("mfa_edit_webauthn", TEMPORARY, MISSING, MISSING),
    Row("mfa_remove_webauthn", TEMPORARY, MISSING, MISSING),
    Row("mfa_view_recovery_codes", TEMPORARY, MISSING, MISSING),
    Row("mfa_download_recovery_codes", TEMPORARY, MISSING, MISSING),
    Row("mfa_generate_recovery_codes", TEMPORARY, OK, OK),
    Row("admin:index", TEMPORARY, OK, OK),
    Row("admin:login", TEMPORARY, TEMPORARY, TEMPORARY),
    Row("admin:logout", (TEMPORARY, NOT_ALLOWED), NOT_ALLOWED, NOT_ALLOWED),
    Row("admin:password_change", TEMPORARY, TEMPORARY, TEMPORARY),
    Row("admin:password_change_done", TEMPORARY, OK, OK),
    Row("admin:autocomplete", TEMPORARY, REFUSED, REFUSED),  # names no model: refused to all
    Row("admin:jsi18n", TEMPORARY, OK, OK),
    Row("admin:view_on_site", TEMPORARY, MISSING, MISSING, values={"content_type_id": "0", "object_id": "0"}),
    Row(
        "admin:app_list",
        TEMPORARY,
        MISSING,
        OK,
        values={"app_label": "auth"},
        given={"administrator": OK},
    ),
    same("admin:(catch-all)", (TEMPORARY, MISSING)),
    # Figures, and figures as a file: the file is asked for by a button only.
    Row("admin:counters_count_page", TEMPORARY, REFUSED, OK, values={"name": "check"}),
    Row("admin:counters_count_file", TEMPORARY, REFUSED, NOT_ALLOWED, values={"name": "check"}),
    # What an editor types is sent while they type, never visited.
    Row("admin:programs_*_keep_change", TEMPORARY, REFUSED, NOT_ALLOWED),
    Row("admin:programs_*_unsaved_change", TEMPORARY, REFUSED, NOT_ALLOWED),
    # Each model in the admin: closed to staff who were given nothing. A missing object sends back to the index.
    Row("admin:*_changelist", TEMPORARY, REFUSED, OK),
    Row("admin:*_add", TEMPORARY, REFUSED, (OK, REFUSED)),
    Row("admin:*_change", TEMPORARY, (REFUSED, TEMPORARY), TEMPORARY),
    Row("admin:*_delete", TEMPORARY, (REFUSED, TEMPORARY), (TEMPORARY, REFUSED)),
    Row("admin:*_history", TEMPORARY, (REFUSED, TEMPORARY), TEMPORARY),
    Row(
        "admin:auth_user_password_change",
        TEMPORARY,
        (REFUSED, TEMPORARY),
        (TEMPORARY, MISSING),
        values={"id": "0"},
        given={"administrator": (TEMPORARY, MISSING)},
    ),
    Row("admin:(redirect)", TEMPORARY, TEMPORARY, TEMPORARY),
]
