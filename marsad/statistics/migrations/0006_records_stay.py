"""An edition of records never changes, and of a release only whether it was withdrawn."""

from django.db import migrations

GUARD = """
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
