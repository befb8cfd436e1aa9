"""Which rights open contact data or decide what the public reads; whoever holds one signs in with a second factor.

This is the interface to the sign-in code: names of permissions only, nothing else is read from here.
"""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

WORK = "intake.work_request"  # see and work requests for a call
OPEN_HANDOFF = "intake.open_handoff"  # open a summary with a code that a person gave
SEE_LOG = "intake.view_accessentry"  # read who looked at what; no contact data

SENSITIVE_PERMISSIONS = (
    WORK,
    OPEN_HANDOFF,
    SEE_LOG,
    # Accounts: whoever makes them decides who may do all of the above.
    "auth.add_user",
    "auth.change_user",
    # Clinical rules that decide over people.
    "revisions.approve_revision",
    "revisions.publish_revision",
    "revisions.recall_revision",
    # What the public reads.
    "programs.publish_page",
)


def requires_second_factor(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether this account holds a sensitive right, by itself, by a group or as a superuser."""
    return any(user.has_perm(name) for name in SENSITIVE_PERMISSIONS)  # type: ignore[union-attr]
