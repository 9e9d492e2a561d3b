"""What the index needs from the database beside the model: the inverted list of tokens.

SQLite: an FTS5 table that reads its text from the model's own table, kept in step by triggers.
PostgreSQL: a table of tsvectors with a GIN index; a trigger turns the tokens into it and drops the text.
"""

from __future__ import annotations

from typing import Any

# The ascii tokenizer keeps every letter beyond ASCII as it is: folding was done before.
SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS core_search_fts USING fts5(
        tokens, content='core_searchentry', content_rowid='id', tokenize="ascii tokenchars '_.=-'", detail=none)""",
    """CREATE TRIGGER IF NOT EXISTS core_search_added AFTER INSERT ON core_searchentry BEGIN
        INSERT INTO core_search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER IF NOT EXISTS core_search_removed AFTER DELETE ON core_searchentry BEGIN
        INSERT INTO core_search_fts(core_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); END""",
    """CREATE TRIGGER IF NOT EXISTS core_search_changed AFTER UPDATE OF id, tokens ON core_searchentry BEGIN
        INSERT INTO core_search_fts(core_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO core_search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
)
SQLITE_GONE = (
    "DROP TRIGGER IF EXISTS core_search_added",
    "DROP TRIGGER IF EXISTS core_search_removed",
    "DROP TRIGGER IF EXISTS core_search_changed",
    "DROP TABLE IF EXISTS core_search_fts",
)
_BY_INDEX = (
    "SET enable_seqscan = off SET enable_indexscan = off SET jit = off SET max_parallel_workers_per_gather = 0 "
    # A plan that does not know the bounds walks the whole primary key beside the words (3 ms for nothing).
    "SET plan_cache_mode = force_custom_plan"
)
POSTGRESQL = (
    # A table of its own whose rows are a number and a pointer: a common word makes the index name most rows, and each of
    # them is visited (measured at 100,000 documents: 1,200 pages instead of 23,600). The vectors lie out of line.
    # PostgreSQL puts a value there only when its row is longer than 2 KB, and most vectors are a little shorter. So each
    # row is made longer by blanks, which are then squeezed to a few bytes.
    """CREATE TABLE IF NOT EXISTS core_search_list (id bigint PRIMARY KEY, vector tsvector NOT NULL,
        blanks text NOT NULL DEFAULT repeat(' ', 2100)) WITH (toast_tuple_target = 128)""",
    "CREATE INDEX IF NOT EXISTS core_search_list_vector ON core_search_list USING gin (vector)",
    """CREATE OR REPLACE FUNCTION core_search_vectorize() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'UPDATE' AND NEW.id <> OLD.id THEN
            UPDATE core_search_list SET id = NEW.id WHERE id = OLD.id;
        END IF;
        IF NEW.tokens <> '' THEN
            INSERT INTO core_search_list (id, vector) VALUES (NEW.id, array_to_tsvector(string_to_array(NEW.tokens, ' ')))
                ON CONFLICT (id) DO UPDATE SET vector = excluded.vector, blanks = excluded.blanks;
            NEW.tokens := '';
        END IF;
        RETURN NEW; END $$""",
    "DROP TRIGGER IF EXISTS core_search_vectorize ON core_searchentry",
    """CREATE TRIGGER core_search_vectorize BEFORE INSERT OR UPDATE ON core_searchentry
        FOR EACH ROW EXECUTE FUNCTION core_search_vectorize()""",
    """CREATE OR REPLACE FUNCTION core_search_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'TRUNCATE' THEN TRUNCATE core_search_list; ELSE DELETE FROM core_search_list WHERE id = OLD.id; END IF;
        RETURN NULL; END $$""",
    "DROP TRIGGER IF EXISTS core_search_removed ON core_searchentry",
    "DROP TRIGGER IF EXISTS core_search_emptied ON core_searchentry",
    "CREATE TRIGGER core_search_removed AFTER DELETE ON core_searchentry FOR EACH ROW EXECUTE FUNCTION core_search_forget()",
    "CREATE TRIGGER core_search_emptied AFTER TRUNCATE ON core_searchentry FOR EACH STATEMENT EXECUTE FUNCTION core_search_forget()",
    "DROP FUNCTION IF EXISTS core_search_numbers(tsquery, bigint, bigint, int, bigint)",
    # A common word stands in most of the newest documents: walking down from them ends soon, though each is unpacked.
    """CREATE OR REPLACE FUNCTION core_search_newest(asked tsquery, low bigint, high bigint, most int) RETURNS SETOF bigint
        LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off AS $$ BEGIN
            RETURN QUERY SELECT id FROM core_search_list WHERE vector @@ asked AND id BETWEEN low AND high ORDER BY id DESC LIMIT most;
        END $$""",
    # Every other word is looked for by the index: the planner takes `vector @@ …` for cheap and would read whole rows,
    # each of which must be taken out of the TOAST table first (measured: 230 ms for 30,000 rows, 10 ms by the index).
    # How common a word is the planner knows from its statistics; where it errs, the answer is slower and the same. To walk
    # takes most / share rows, the list share × all, and a row is three times cheaper there: nothing is unpacked.
    f"""CREATE OR REPLACE FUNCTION core_search_numbers(asked tsquery, low bigint, high bigint, most int) RETURNS SETOF bigint
        LANGUAGE plpgsql {_BY_INDEX} AS $$ DECLARE plan json; held real; hits real; BEGIN
            EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM core_search_list WHERE vector @@ %L AND id BETWEEN %s AND %s', asked, low, high) INTO plan;
            SELECT reltuples INTO held FROM pg_class WHERE oid = 'core_search_list'::regclass;
            hits := (plan -> 0 -> 'Plan' ->> 'Plan Rows')::real;
            IF hits > most AND hits * hits > 3 * most * held THEN
                RETURN QUERY SELECT * FROM core_search_newest(asked, low, high, most);
            ELSE
                RETURN QUERY SELECT id FROM core_search_list WHERE vector @@ asked AND id BETWEEN low AND high ORDER BY id DESC LIMIT most;
            END IF;
        END $$""",  # noqa: S608 our own words
    "DROP FUNCTION IF EXISTS core_search_counted(tsquery, bigint, bigint, int)",
    "DROP FUNCTION IF EXISTS core_search_count(tsquery, bigint, bigint)",
)
POSTGRESQL_GONE = (
    "DROP FUNCTION IF EXISTS core_search_numbers(tsquery, bigint, bigint, int)",
    "DROP FUNCTION IF EXISTS core_search_newest(tsquery, bigint, bigint, int)",
    "DROP TRIGGER IF EXISTS core_search_vectorize ON core_searchentry",
    "DROP TRIGGER IF EXISTS core_search_removed ON core_searchentry",
    "DROP TRIGGER IF EXISTS core_search_emptied ON core_searchentry",
    "DROP FUNCTION IF EXISTS core_search_vectorize()",
    "DROP FUNCTION IF EXISTS core_search_forget()",
    "DROP TABLE IF EXISTS core_search_list",
)
_MADE = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
_GONE = {"sqlite": SQLITE_GONE, "postgresql": POSTGRESQL_GONE}


def install(connection: Any) -> None:
    """Make the inverted list where it is missing; doing it again changes nothing."""
    _run(connection, _MADE)


def remove(connection: Any) -> None:
    """Take it away; the model's table stays."""
    _run(connection, _GONE)


def _run(connection: Any, steps: dict[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for step in steps[connection.vendor]:
            cursor.execute(step)
