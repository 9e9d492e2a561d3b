"""Reading practices. Fetching is the permission check: there is no other way to a practice."""

from kheo.practices.queries.access import SEEING_ROLES, listing, public, visible_to

__all__ = ["SEEING_ROLES", "listing", "public", "visible_to"]
