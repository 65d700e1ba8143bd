-- The extensions of one database, in a schema that every search_path ends with; safe to run again.
\getenv owner ZAAKPLEIN_DATABASE_OWNER_USER
SET client_min_messages = warning;

CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS postgis SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA extensions;
GRANT USAGE ON SCHEMA extensions TO PUBLIC;

-- What runs with the rights of its maker is for nobody: PostGIS has some that tell where the rows of any table lie,
-- a neighbour's too.
SELECT format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', oid::regprocedure)
FROM pg_proc WHERE prosecdef AND pronamespace = 'extensions'::regnamespace \gexec

-- Large objects lie outside every schema, and fill the disk of all: nobody here makes or reads any.
SELECT format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', oid::regprocedure)
FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^(lo_|loread$|lowrite$)' \gexec

-- So do temporary tables.
REVOKE CREATE, TEMPORARY ON DATABASE :"DBNAME" FROM PUBLIC;

-- What PostgreSQL keeps of expressions, such as the most frequent BSNs, these views show to everybody where the cluster
-- was made before 14.12, 15.7 or 16.3: an upgrade leaves them as they were.
REVOKE SELECT ON pg_catalog.pg_stats_ext, pg_catalog.pg_stats_ext_exprs FROM PUBLIC;

-- Nobody but the owner makes anything in the public schema.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO :"owner";

-- A person at psql finds the extensions as well; the application sets its own search_path each time.
ALTER DATABASE :"DBNAME" SET search_path = public, extensions;
