"""An auditor is told on each visit how many accounts were given rights lately: a few entries among very many."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_groups_and_guard'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='accessentry',
            index=models.Index(condition=models.Q(('kind', 'account')), fields=['at'], name='intake_log_accounts'),
        ),
    ]
