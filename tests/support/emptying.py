"""After a test whose transactions are real, the database as it was, at a tenth of the price.

Django empties every table, full or not, and makes permissions, groups and pages anew. Here the
first such test does that; what it leaves is kept beside the tables, and after each next test only
tables in which something is, or should be, are put back.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TransactionTestCase

_as_django_does = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
KEPT = "kept_by_tests"

# Partitions are emptied with what they are parts of.
TABLES = """
    select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> 'django_migrations'
"""
KEEP = f"""
    do $$
    declare name text; found boolean;
    begin
        create schema {KEPT};
        create table {KEPT}.sequences as
            select sequencename, last_value from pg_sequences where schemaname = 'public';
        for name in {TABLES} loop
            execute format('select exists (select from public.%I)', name) into found;
            if found then
                execute format('create table {KEPT}.%1$I as table public.%1$I', name);
            end if;
        end loop;
    end $$
"""
PUT_BACK = f"""
    do $$
    declare name text; kept boolean; found boolean;
    begin
        set local session_replication_role = replica;  -- no foreign keys, no triggers
        for name in {TABLES} loop
            execute format('select exists (select from public.%I)', name) into found;
            if found then
                execute format('delete from public.%I', name);
            end if;
            if to_regclass(format('{KEPT}.%I', name)) is not null then
                execute format(
                    'insert into public.%1$I overriding system value table {KEPT}.%1$I', name
                );
            end if;
        end loop;
        -- A test that emptied the tables itself may have begun to number anew.
        perform setval(format('public.%I', sequencename)::regclass, kept_at.last_value)
        from {KEPT}.sequences kept_at join pg_sequences now_at using (sequencename)
        where now_at.schemaname = 'public'
            and kept_at.last_value > coalesce(now_at.last_value, 0);
    end $$
"""


def empty_quickly() -> None:
    """From now on, in this process."""
    TransactionTestCase._fixture_teardown = _put_back  # type: ignore[attr-defined]


def _put_back(case: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_namespace where nspname = %s", [KEPT])
        if cursor.fetchone():
            cursor.execute(PUT_BACK)
        else:
            _as_django_does(case)
            cursor.execute(KEEP)
    ContentType.objects.clear_cache()
