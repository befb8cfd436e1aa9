"""The two groups who work on the guide. One writes; another approves, publishes and archives."""

from django.db import migrations

# Rights on pages, by codename. The first three are Django's own, the other two stand in the model.
PAGE_RIGHTS = {
    "view_page": "Can view page",
    "add_page": "Can add page",
    "change_page": "Can change page",
    "review_page": "Can send back or approve a revision",
    "publish_page": "Can publish, schedule, archive",
}
WRITES = ("view_page", "add_page", "change_page")
# What stands beside the pages. A fact is read by many pages at once, so it takes a publisher to change one.
EDITOR = {
    "fact": ("view",),
    "source": ("view", "add", "change"),
    "track": ("view", "add", "change"),
    "tracksession": ("view", "add", "change", "delete"),
}
PUBLISHER = {**EDITOR, "fact": ("view", "add", "change", "delete"), "track": ("view", "add", "change", "delete")}
GROUPS = {"editor": (WRITES, EDITOR), "publisher": (tuple(PAGE_RIGHTS), PUBLISHER)}
NAMES = {"tracksession": "track session"}


def make(apps, schema_editor):
    content_type = apps.get_model("contenttypes", "ContentType")
    permission = apps.get_model("auth", "Permission")
    group = apps.get_model("auth", "Group")

    # Django makes permissions only after all migrations have run, which is too late for a group to hold them.
    def right(model, codename, name):
        kind, _ = content_type.objects.get_or_create(app_label="programs", model=model)
        found, _ = permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": name})
        return found

    for name, (pages, beside) in GROUPS.items():
        found, _ = group.objects.get_or_create(name=name)
        found.permissions.add(*(right("page", codename, PAGE_RIGHTS[codename]) for codename in pages))
        for model, verbs in beside.items():
            said = NAMES.get(model, model)
            found.permissions.add(*(right(model, f"{verb}_{model}", f"Can {verb} {said}") for verb in verbs))


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0002_search_words"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, unmake)]
