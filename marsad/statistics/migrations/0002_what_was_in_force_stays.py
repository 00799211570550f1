"""An edition of figures, and what was in force when, never change: the database sees to it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION statistics_stays_but_for() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := TG_ARGV;
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free) THEN
        RAISE EXCEPTION 'a row of % is on record and cannot change', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER edition_stays BEFORE UPDATE OR DELETE ON statistics_edition
    FOR EACH ROW EXECUTE FUNCTION statistics_stays_but_for('published_at', 'verified_by_id');
CREATE TRIGGER standing_stays BEFORE UPDATE OR DELETE ON statistics_standing
    FOR EACH ROW EXECUTE FUNCTION statistics_stays_but_for();
"""

RELEASE = """
DROP TRIGGER standing_stays ON statistics_standing;
DROP TRIGGER edition_stays ON statistics_edition;
DROP FUNCTION statistics_stays_but_for;
"""


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_sources_editions_and_what_is_in_force")]

    operations = [migrations.RunSQL(GUARD, RELEASE)]
