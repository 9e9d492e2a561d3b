"""Reading the register of official documents: the whole of it, and what everybody may read."""

from kheo.documents.queries.published import choices, file_name, is_public, listing, public
from kheo.documents.queries.register import (
    by_number,
    expired_on,
    find,
    holding,
    holds_on,
    in_force_on,
    kinds,
    search,
)

__all__ = ["by_number", "choices", "expired_on", "file_name", "find", "holding", "holds_on", "in_force_on", "is_public", "kinds", "listing", "public", "search"]
