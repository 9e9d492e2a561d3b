"""Search: rooms say what can be found, one index in the main database answers.

A room registers its kind in a module that its AppConfig.ready() imports:

    from kheo.core import search
    search.register(search.Kind("practice", _("Practices"), Practice, public, document))
"""

from kheo.core.search.changes import register, touch
from kheo.core.search.kinds import KINDS, Document, Kind, Lead

__all__ = ["KINDS", "Document", "Kind", "Lead", "register", "touch"]
