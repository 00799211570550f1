"""Files are read by a worker and looked through; editions can be withdrawn; answers are carried over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was brought in before had been read at once.
READ = """
UPDATE statistics_arrival SET stage = 'read', percent = 100, ended_at = at, rows_digest = digest;
"""

GUARD = """
DROP TRIGGER edition_stays ON statistics_edition;
CREATE TRIGGER edition_stays BEFORE UPDATE OR DELETE ON statistics_edition
    FOR EACH ROW EXECUTE FUNCTION statistics_stays_but_for(
        'published_at', 'verified_by_id', 'withdrawn_at', 'withdrawn_by_id'
    );
"""

RELEASE = """
DROP TRIGGER edition_stays ON statistics_edition;
CREATE TRIGGER edition_stays BEFORE UPDATE OR DELETE ON statistics_edition
    FOR EACH ROW EXECUTE FUNCTION statistics_stays_but_for('published_at', 'verified_by_id');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_states_made_up_for_the_demonstration"),
        ("statistics", "0003_made_up_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="arrival",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="arrival",
            name="columns",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="arrival",
            name="doubted",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="arrival",
            name="doubts_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="arrival",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="arrival",
            name="mapping",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="arrival",
            name="percent",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="arrival",
            name="problem_code",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="arrival",
            name="problem_details",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="arrival",
            name="problem_says",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="arrival",
            name="remarks_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="arrival",
            name="rows_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="arrival",
            name="stage",
            field=models.CharField(default="waiting", max_length=20),
        ),
        migrations.AddField(
            model_name="edition",
            name="restores",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="statistics.edition",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="edition",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="answer_kind",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="question",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="statistics.question",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="fingerprint",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AddField(
            model_name="question",
            name="indicator",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AddField(
            model_name="question",
            name="place",
            field=models.CharField(default="", max_length=20),
        ),
        migrations.AddField(
            model_name="question",
            name="severity",
            field=models.CharField(default="ask", max_length=10),
        ),
        migrations.AddField(
            model_name="question",
            name="year",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="edition",
            name="arrival",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="statistics.arrival",
            ),
        ),
        migrations.AlterField(
            model_name="standing",
            name="digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["state", "fingerprint"], name="question_asked_before"),
        ),
        migrations.RunSQL(READ, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, RELEASE),
    ]
