"""An edition of records never changes, and of a release only whether it was withdrawn."""

from django.db import migrations

# Without arguments TG_ARGV is NULL, and whatever is taken from a row leaves NULL: nothing would be
# told from anything.
GUARD = """
CREATE OR REPLACE FUNCTION statistics_stays_but_for() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := coalesce(TG_ARGV, '{}');
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free) THEN
        RAISE EXCEPTION 'a row of % is on record and cannot change', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER record_edition_stays BEFORE UPDATE OR DELETE ON statistics_recordedition
    FOR EACH ROW EXECUTE FUNCTION statistics_stays_but_for();
CREATE TRIGGER code_lists_stay BEFORE UPDATE OR DELETE ON statistics_codelists
    FOR EACH ROW EXECUTE FUNCTION statistics_stays_but_for();
CREATE TRIGGER release_stays BEFORE UPDATE OR DELETE ON statistics_release
    FOR EACH ROW EXECUTE FUNCTION statistics_stays_but_for('withdrawn_at', 'withdrawn_by_id');
"""

FREE = """
DROP TRIGGER release_stays ON statistics_release;
DROP TRIGGER code_lists_stay ON statistics_codelists;
DROP TRIGGER record_edition_stays ON statistics_recordedition;
"""


class Migration(migrations.Migration):
    dependencies = [("statistics", "0005_records_code_lists_and_releases")]

    operations = [migrations.RunSQL(GUARD, FREE)]
