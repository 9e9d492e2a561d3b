"""What the index needs from the database beside the model: the inverted list of tokens.

SQLite: an FTS5 table that reads its text from the model's own table, kept in step by triggers.
PostgreSQL: a tsvector column with a GIN index; a trigger turns the tokens into it and drops the text.
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
POSTGRESQL = (
    "ALTER TABLE core_searchentry ADD COLUMN IF NOT EXISTS vector tsvector",
    "CREATE INDEX IF NOT EXISTS core_search_vector ON core_searchentry USING gin (vector)",
    """CREATE OR REPLACE FUNCTION core_search_vectorize() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.tokens <> '' THEN
            NEW.vector := array_to_tsvector(string_to_array(NEW.tokens, ' '));
            NEW.tokens := '';
        END IF;
        RETURN NEW; END $$""",
    "DROP TRIGGER IF EXISTS core_search_vectorize ON core_searchentry",
    """CREATE TRIGGER core_search_vectorize BEFORE INSERT OR UPDATE ON core_searchentry
        FOR EACH ROW EXECUTE FUNCTION core_search_vectorize()""",
    # The planner takes `vector @@ …` for cheap and reads whole rows where a word is common; each of them must
    # be taken out of the TOAST table first (measured: 230 ms for 30,000 rows, 10 ms by the index). So these
    # two always go by the index; of the newest rows alone when they are enough.
    """CREATE OR REPLACE FUNCTION core_search_numbers(asked tsquery, low bigint, high bigint, most int, recent bigint) RETURNS SETOF bigint
        LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off SET jit = off AS $$
        DECLARE found bigint[]; BEGIN
            SELECT array_agg(id) INTO found FROM (
                SELECT id FROM core_searchentry WHERE vector @@ asked AND id BETWEEN greatest(low, recent) AND high ORDER BY id DESC LIMIT most) newest;
            IF coalesce(cardinality(found), 0) = most THEN RETURN QUERY SELECT unnest(found); RETURN; END IF;
            RETURN QUERY SELECT id FROM core_searchentry WHERE vector @@ asked AND id BETWEEN low AND high ORDER BY id DESC LIMIT most;
        END $$""",
    """CREATE OR REPLACE FUNCTION core_search_count(asked tsquery, low bigint, high bigint) RETURNS bigint
        LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off SET jit = off AS $$
        SELECT count(*) FROM core_searchentry WHERE vector @@ asked AND id BETWEEN low AND high $$""",
)
POSTGRESQL_GONE = (
    "DROP FUNCTION IF EXISTS core_search_numbers(tsquery, bigint, bigint, int, bigint)",
    "DROP FUNCTION IF EXISTS core_search_count(tsquery, bigint, bigint)",
    "DROP TRIGGER IF EXISTS core_search_vectorize ON core_searchentry",
    "DROP FUNCTION IF EXISTS core_search_vectorize()",
    "ALTER TABLE core_searchentry DROP COLUMN IF EXISTS vector",
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
