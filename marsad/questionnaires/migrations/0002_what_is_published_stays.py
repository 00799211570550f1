"""What is published never changes: the database itself sees to it, whoever asks."""

from django.db import migrations

GUARD = """
CREATE FUNCTION questionnaires_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'version % was published and cannot be deleted', OLD.key
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'draft' OR
       (to_jsonb(NEW) - ARRAY['state', 'withdrawn_at', 'withdrawn_by_id']) IS DISTINCT FROM
       (to_jsonb(OLD) - ARRAY['state', 'withdrawn_at', 'withdrawn_by_id'])
    THEN
        RAISE EXCEPTION 'version % was published and cannot change', OLD.key
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER version_stays BEFORE UPDATE OR DELETE ON questionnaires_questionnaireversion
    FOR EACH ROW EXECUTE FUNCTION questionnaires_version_stays();

CREATE FUNCTION questionnaires_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN asked := NEW.version_id; ELSE asked := OLD.version_id; END IF;
    IF EXISTS (SELECT FROM questionnaires_questionnaireversion
               WHERE id = asked AND state <> 'draft') THEN
        RAISE EXCEPTION 'a part of a published version cannot change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.version_id <> OLD.version_id THEN
        RAISE EXCEPTION 'a part stays with its version' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER question_stays BEFORE INSERT OR UPDATE OR DELETE ON questionnaires_question
    FOR EACH ROW EXECUTE FUNCTION questionnaires_part_stays();
CREATE TRIGGER choice_list_stays BEFORE INSERT OR UPDATE OR DELETE ON questionnaires_choicelist
    FOR EACH ROW EXECUTE FUNCTION questionnaires_part_stays();
CREATE TRIGGER media_file_stays BEFORE INSERT OR UPDATE OR DELETE ON questionnaires_mediafile
    FOR EACH ROW EXECUTE FUNCTION questionnaires_part_stays();
"""

RELEASE = """
DROP TRIGGER media_file_stays ON questionnaires_mediafile;
DROP TRIGGER choice_list_stays ON questionnaires_choicelist;
DROP TRIGGER question_stays ON questionnaires_question;
DROP FUNCTION questionnaires_part_stays;
DROP TRIGGER version_stays ON questionnaires_questionnaireversion;
DROP FUNCTION questionnaires_version_stays;
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_forms_versions_and_questions")]

    operations = [migrations.RunSQL(GUARD, RELEASE)]
