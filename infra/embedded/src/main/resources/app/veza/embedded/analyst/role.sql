-- The role that analysts log in as, of a whole PostgreSQL cluster. A script of psql, to be run by a superuser; again whenever
-- its password or its bounds are to be as they were:
--   psql -d postgres -v password=... -f role.sql
-- then database.sql once in the analytics database.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'analyst') THEN
        CREATE ROLE analyst;
    END IF;
END $$;

ALTER ROLE analyst LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT
    CONNECTION LIMIT 5 PASSWORD :'password';
-- also what somebody logged in as analyst has set: everybody may change the defaults of their own role
ALTER ROLE analyst RESET ALL;
ALTER ROLE analyst SET search_path = view;
ALTER ROLE analyst SET timezone = 'UTC';
ALTER ROLE analyst SET default_transaction_read_only = on;
ALTER ROLE analyst SET statement_timeout = '60s';
ALTER ROLE analyst SET lock_timeout = '3s';
ALTER ROLE analyst SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE analyst SET max_parallel_workers_per_gather = 0;
ALTER ROLE analyst SET work_mem = '32MB';
-- of each session, on the server's disk; the only bound here that a session cannot change for itself
ALTER ROLE analyst SET temp_file_limit = '1GB';

COMMENT ON ROLE analyst IS 'Reads the views of the analytics database';

-- other databases of the cluster are open to every role by default
REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC;
