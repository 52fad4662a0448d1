-- What the role analyst may do in one database: read the schema view, whose views are still to come. A script of psql, to be
-- run in the analytics database by a superuser, once; again does no harm. The owner is the role that Veza connects as:
--   psql -d veza_analytics -v owner=veza -f database.sql

REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO analyst;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA IF NOT EXISTS view AUTHORIZATION :"owner";
GRANT USAGE ON SCHEMA view TO analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA view TO analyst;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA view GRANT SELECT ON TABLES TO analyst;

-- Veza ends an analyst's transaction that takes too long, whatever its session has set
GRANT analyst TO :"owner" WITH INHERIT TRUE, SET FALSE;

-- What PostgreSQL lets everybody do and no reading needs: fill the table of locks that all sessions share, write large
-- objects, write-ahead log or messages, use up transaction numbers, run code
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO :"owner";
SELECT set_config('veza.owner', :'owner', false);
DO $$
DECLARE
    harmful regprocedure;
BEGIN
    FOR harmful IN
        SELECT oid FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
            AND proname ~ '^(pg_(try_)?advisory_.*|lo_.*|lowrite|loread|pg_notify|pg_logical_emit_message|pg_export_snapshot|pg_current_xact_id|txid_current)$'
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', harmful);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', harmful, current_setting('veza.owner'));
    END LOOP;
END $$;
