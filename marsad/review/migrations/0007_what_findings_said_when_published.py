"""Keep what a finding said when a report was published, while its writers go on."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0006_practices_are_verified_first")]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="earlier_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="earlier",
                to="review.finding",
            ),
        ),
    ]
