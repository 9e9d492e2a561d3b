"""Does an SQL statement change something that a public page may show?"""

from __future__ import annotations

import re
from collections.abc import Collection

READS = frozenset({
    "SELECT", "PRAGMA", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "SET", "SHOW", "VALUES", "FETCH",
    "DECLARE", "CLOSE", "LISTEN", "UNLISTEN", "NOTIFY", "ANALYZE", "VACUUM", "LOCK", "START", "RESET", "DISCARD",
})  # fmt: skip
COMMENTS = re.compile(r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)+", re.DOTALL)
TABLE = re.compile(
    r"(?:(?:INSERT(?:\s+OR\s+\w+)?|REPLACE|MERGE)\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?)\s+(?:\"?\w+\"?\.)?[\"`]?(\w+)",
    re.IGNORECASE,
)
# Signing in is not news. Django writes nothing else in that statement.
SIGN_IN = re.compile(r'UPDATE "?accounts_user"? SET "?last_login"? = [^,]+ WHERE', re.IGNORECASE)
# Saving a draft in the editor: Wagtail notes it beside the published page, whose words stay as they are.
DRAFT_NOTE = re.compile(
    r'UPDATE "wagtailcore_page" SET (?:"(?:draft_title|latest_revision_id|latest_revision_created_at|has_unpublished_changes)" = [^,]+(?:, )?)+ WHERE',
    re.IGNORECASE,
)
CHANGES_INSIDE = re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)


def shows_on_pages(sql: object, exempt: Collection[str]) -> bool:
    """True when the statement writes to a table outside `exempt`, or to one that cannot be told.

    `exempt` holds table names, or beginnings that end in `*`. In doubt the answer is True: a page
    rendered once too often is cheap, a stale one is a lie.
    """
    if not isinstance(sql, str):
        return True
    start = COMMENTS.match(sql)
    begin = start.end() if start else 0
    word = sql[begin : begin + 12].split(None, 1)[0].rstrip(";(").upper() if sql[begin:].strip() else ""
    if word in {"", "COMMIT", "END"} or word in READS:
        return False
    if word == "WITH" and not CHANGES_INSIDE.search(sql):
        return False
    found = TABLE.match(sql, begin)
    if found is None:
        return True
    if SIGN_IN.match(sql, begin) or DRAFT_NOTE.match(sql, begin):
        return False
    return not covered(found.group(1).lower(), exempt)


def commits(sql: object) -> bool:
    """True for a COMMIT that somebody writes by hand."""
    return isinstance(sql, str) and sql.lstrip()[:7].upper().startswith(("COMMIT", "END"))


def covered(table: str, exempt: Collection[str]) -> bool:
    """Whether a table is named by `exempt`, wholly or by its beginning."""
    return table in exempt or any(entry.endswith("*") and table.startswith(entry[:-1]) for entry in exempt)
