"""The database itself refuses a person two kinds of work on one day: triggers, as no constraint looks at other rows.

SQLite drops the triggers of a table that a later migration builds anew: such a migration runs ``hold`` again (a test
fails where it does not).
"""

from django.db import migrations

CLASH = """
    SELECT 1 FROM accounts_post AS other
    WHERE other.user_id = NEW.user_id AND other.id <> NEW.id
      AND CASE WHEN other.function IN ('system', 'security', 'audit') THEN other.function ELSE 'business' END
       <> CASE WHEN NEW.function IN ('system', 'security', 'audit') THEN NEW.function ELSE 'business' END
      AND (other.to_day IS NULL OR other.to_day >= NEW.from_day)
      AND (NEW.to_day IS NULL OR NEW.to_day >= other.from_day)
"""
SAYS = "one person holds one of business, system, security and audit at a time"
SQLITE = """
CREATE TRIGGER separate_posts_{event} AFTER {event} ON accounts_post WHEN EXISTS ({clash})
BEGIN SELECT RAISE(ABORT, '{says}'); END
"""
POSTGRESQL = """
CREATE FUNCTION separate_posts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({clash}) THEN
        RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER separate_posts AFTER INSERT OR UPDATE ON accounts_post
FOR EACH ROW EXECUTE FUNCTION separate_posts();
"""


def hold(apps, schema):
    if schema.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE"):
            schema.execute(SQLITE.format(event=event, clash=CLASH, says=SAYS))
    else:
        schema.execute(POSTGRESQL.format(clash=CLASH, says=SAYS))


def let_go(apps, schema):
    if schema.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE"):
            schema.execute(f"DROP TRIGGER separate_posts_{event}")
    else:
        schema.execute(
            "DROP TRIGGER separate_posts ON accounts_post; DROP FUNCTION separate_posts()"
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_proposals_and_invitations")]

    operations = [migrations.RunPython(hold, let_go)]
