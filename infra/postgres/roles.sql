-- The two login roles and the two databases; safe to run again. The names and passwords come from the environment.
-- The owner migrates and onboards; the app has no right of its own, it takes the role of one municipality at a time.
\getenv database ZAAKPLEIN_DATABASE_NAME
\getenv owner ZAAKPLEIN_DATABASE_OWNER_USER
\getenv owner_password ZAAKPLEIN_DATABASE_OWNER_PASSWORD
\getenv app ZAAKPLEIN_DATABASE_APP_USER
\getenv app_password ZAAKPLEIN_DATABASE_APP_PASSWORD

SELECT format('CREATE ROLE %I', name) FROM (VALUES (:'owner'), (:'app')) AS roles (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE :"owner" LOGIN CREATEROLE CREATEDB PASSWORD :'owner_password';
ALTER ROLE :"app" LOGIN NOINHERIT PASSWORD :'app_password';

SELECT format('CREATE DATABASE %I OWNER %I', name, :'owner')
FROM (VALUES (:'database'), (:'database' || '_template')) AS databases (name)
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec

-- The tests copy their database from it: an owner who is no superuser cannot make the extensions.
SELECT format('ALTER DATABASE %I IS_TEMPLATE true', :'database' || '_template') \gexec
