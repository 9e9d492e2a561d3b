from kheo.portal.models.identity import SiteIdentity
from kheo.portal.models.links import BrokenLink
from kheo.portal.models.notices import PlannedStop
from kheo.portal.models.sections import Leader, SectionCheck, SectionKind, SectionPage

__all__ = ["BrokenLink", "Leader", "PlannedStop", "SectionCheck", "SectionKind", "SectionPage", "SiteIdentity"]
