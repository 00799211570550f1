"""An edition of records never changes, but that whoever withdraws consent leaves it."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION statistics_records_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := '{}';
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.taken_out > OLD.taken_out AND NEW.cleared_at IS NOT NULL THEN
        free := '{digest, rows, kinds, taken_out, cleared_at}';
    END IF;
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free) THEN
        RAISE EXCEPTION 'a row of % is on record and cannot change', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER record_edition_stays ON statistics_recordedition;
CREATE TRIGGER record_edition_stays BEFORE UPDATE OR DELETE ON statistics_recordedition
    FOR EACH ROW EXECUTE FUNCTION statistics_records_stay();
"""

AS_BEFORE = """
DROP TRIGGER record_edition_stays ON statistics_recordedition;
CREATE TRIGGER record_edition_stays BEFORE UPDATE OR DELETE ON statistics_recordedition
    FOR EACH ROW EXECUTE FUNCTION statistics_stays_but_for();
DROP FUNCTION statistics_records_stay;
"""


class Migration(migrations.Migration):
    dependencies = [("statistics", "0006_records_stay")]

    operations = [
        migrations.AddField(
            model_name="recordedition",
            name="taken_out",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="recordedition",
            name="cleared_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(GUARD, AS_BEFORE),
    ]
