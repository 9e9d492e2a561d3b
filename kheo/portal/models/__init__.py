from kheo.portal.models.identity import SiteIdentity
from kheo.portal.models.links import BrokenLink, LinkWalk
from kheo.portal.models.notices import PlannedStop
from kheo.portal.models.sections import Leader, SectionCheck, SectionKind, SectionPage

__all__ = ["BrokenLink", "Leader", "LinkWalk", "PlannedStop", "SectionCheck", "SectionKind", "SectionPage", "SiteIdentity"]
