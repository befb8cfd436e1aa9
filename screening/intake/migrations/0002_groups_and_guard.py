"""Who may do what at the desk, and a log that PostgreSQL itself refuses to change."""

from django.db import migrations

RIGHTS = {
    ("intake", "callrequest", "work_request"): "Can see and work requests for a call",
    ("intake", "callrequest", "open_handoff"): "Can open a summary with a hand-off code",
    ("intake", "accessentry", "view_accessentry"): "Can view entry of the access log",
    ("auth", "user", "add_user"): "Can add user",
    ("auth", "user", "change_user"): "Can change user",
    ("auth", "user", "view_user"): "Can view user",
    ("auth", "group", "view_group"): "Can view group",
}
GROUPS = {
    "intake": ("work_request", "open_handoff"),
    "auditor": ("view_accessentry",),
    "administrator": ("add_user", "change_user", "view_user", "view_group"),
}

GUARD = """
CREATE FUNCTION intake_log_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the access log is only added to';
END $$;
CREATE TRIGGER intake_log_guard BEFORE UPDATE OR DELETE ON intake_accessentry
    FOR EACH STATEMENT EXECUTE FUNCTION intake_log_is_only_added_to();
"""
NO_GUARD = """
DROP TRIGGER intake_log_guard ON intake_accessentry;
DROP FUNCTION intake_log_is_only_added_to();
"""


def make(apps, schema_editor):
    content_type = apps.get_model("contenttypes", "ContentType")
    permission = apps.get_model("auth", "Permission")
    group = apps.get_model("auth", "Group")
    # Django makes permissions only after all migrations have run, which is too late for a group to hold them.
    rights = {}
    for (label, model, codename), name in RIGHTS.items():
        kind, _ = content_type.objects.get_or_create(app_label=label, model=model)
        rights[codename], _ = permission.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
    for name, codenames in GROUPS.items():
        found, _ = group.objects.get_or_create(name=name)
        found.permissions.add(*(rights[codename] for codename in codenames))


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_GUARD)


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, unmake), migrations.RunPython(guard, unguard)]
