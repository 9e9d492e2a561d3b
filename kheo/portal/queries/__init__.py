"""What the public front shows."""

from kheo.portal.queries.identity import footer_navigation, navigation, site_identity

__all__ = ["footer_navigation", "navigation", "site_identity"]
