"""The two groups who work on the rules. One drafts; another approves, makes live and recalls."""

from django.db import migrations

RIGHTS = {
    "view_protocolrevision": "Can view version of the rules",
    "draft_revision": "Can draft a new version of the rules",
    "approve_revision": "Can approve a version that somebody else wrote",
    "publish_revision": "Can make an approved version live",
    "recall_revision": "Can recall the live version",
}
GROUPS = {
    "clinical": ("view_protocolrevision", "draft_revision"),
    "clinical publisher": tuple(RIGHTS),
}


def make(apps, schema_editor):
    content_type = apps.get_model("contenttypes", "ContentType")
    permission = apps.get_model("auth", "Permission")
    group = apps.get_model("auth", "Group")
    # Django makes permissions only after all migrations have run, which is too late for a group to hold them.
    kind, _ = content_type.objects.get_or_create(app_label="revisions", model="protocolrevision")
    case, _ = content_type.objects.get_or_create(app_label="revisions", model="signedcase")
    rights = {
        codename: permission.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )[0]
        for codename, name in RIGHTS.items()
    }
    see_cases, _ = permission.objects.get_or_create(
        content_type=case, codename="view_signedcase", defaults={"name": "Can view signed case"}
    )
    for name, codenames in GROUPS.items():
        found, _ = group.objects.get_or_create(name=name)
        found.permissions.add(see_cases, *(rights[codename] for codename in codenames))


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("revisions", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, unmake)]
