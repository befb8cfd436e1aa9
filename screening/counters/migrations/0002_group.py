"""The group of those who may see the figures and take them out. Nobody else's group holds these rights."""

from django.db import migrations

RIGHTS = {
    "view_figures": "Can see how the check and the desk are doing",
    "export_figures": "Can take the figures out as a file",
}
GROUP = "figures"


def make(apps, schema_editor):
    content_type = apps.get_model("contenttypes", "ContentType")
    permission = apps.get_model("auth", "Permission")
    # Django makes permissions only after all migrations have run, which is too late for a group to hold them.
    kind, _ = content_type.objects.get_or_create(app_label="counters", model="count")
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    for codename, name in RIGHTS.items():
        right, _ = permission.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        group.permissions.add(right)


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=GROUP).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("counters", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, unmake)]
