"""What is on record never changes: the database itself sees to it, whoever asks."""

from django.db import migrations

GUARD = """
CREATE FUNCTION review_stays_but_for() RETURNS trigger LANGUAGE plpgsql AS $$
-- TG_ARGV: the columns that may still be set, each once.
DECLARE
    free text[] := TG_ARGV;
    name text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% % is on record and cannot be deleted', TG_TABLE_NAME, OLD.key
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free) THEN
        RAISE EXCEPTION '% % is on record and cannot change', TG_TABLE_NAME, OLD.key
            USING ERRCODE = 'restrict_violation';
    END IF;
    FOREACH name IN ARRAY free LOOP
        IF name LIKE '%\\_at' AND to_jsonb(OLD) ->> name IS NOT NULL
           AND to_jsonb(NEW) ->> name IS DISTINCT FROM to_jsonb(OLD) ->> name THEN
            RAISE EXCEPTION '% of % % is on record and cannot change', name, TG_TABLE_NAME, OLD.key
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

CREATE TRIGGER answer_stays BEFORE UPDATE OR DELETE ON review_answer
    FOR EACH ROW EXECUTE FUNCTION review_stays_but_for('ended_at');
CREATE TRIGGER remark_stays BEFORE UPDATE OR DELETE ON review_remark
    FOR EACH ROW EXECUTE FUNCTION review_stays_but_for('settled_at', 'settled_by_id');
CREATE TRIGGER note_stays BEFORE UPDATE OR DELETE ON review_note
    FOR EACH ROW EXECUTE FUNCTION review_stays_but_for('mailed_at', 'mail_problem');

CREATE FUNCTION review_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT FROM review_report
                   WHERE id = NEW.report_id AND published_at IS NOT NULL) THEN
            RAISE EXCEPTION 'the report was published and cannot change'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM review_report
               WHERE id = OLD.report_id AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the report was published and cannot change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER block_stays BEFORE INSERT OR UPDATE OR DELETE ON review_block
    FOR EACH ROW EXECUTE FUNCTION review_published_stays();

CREATE FUNCTION review_report_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'report % was published and cannot change', OLD.key
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER report_stays BEFORE UPDATE OR DELETE ON review_report
    FOR EACH ROW EXECUTE FUNCTION review_report_stays();
"""

RELEASE = """
DROP TRIGGER report_stays ON review_report;
DROP FUNCTION review_report_stays;
DROP TRIGGER block_stays ON review_block;
DROP FUNCTION review_published_stays;
DROP TRIGGER note_stays ON review_note;
DROP TRIGGER remark_stays ON review_remark;
DROP TRIGGER answer_stays ON review_answer;
DROP FUNCTION review_stays_but_for;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0001_rounds_replies_findings_reports")]

    operations = [migrations.RunSQL(GUARD, RELEASE)]
