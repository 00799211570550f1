from __future__ import annotations

from typing import Any

from django.db import migrations, models


def stay_out(apps: Any, schema_editor: Any) -> None:
    """Nobody knows any more for whom a practice was taken out, so none comes back by one click.

    What a curator took out is published again from its round.
    """
    practices = apps.get_model("library", "Practice").objects
    practices.filter(withdrawn_at__isnull=False).update(is_taken_back=True)


class Migration(migrations.Migration):
    dependencies = [("library", "0005_compendium_of_practices")]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="is_taken_back",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_taken_back", False), ("withdrawn_at__isnull", False), _connector="OR"
                ),
                name="practice_taken_back_stays_out",
            ),
        ),
        migrations.RunPython(stay_out, migrations.RunPython.noop),
    ]
