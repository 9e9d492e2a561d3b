"""Keep what an officer said once about the headings and labels of a system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput
from kheo.procedures.actions import write_source
from kheo.procedures.models import Source


def learn(name: str, *, columns: Mapping[str, str], statuses: Mapping[str, str], channels: Mapping[str, str], by: Any) -> Source:
    """Add heading → column, label → state and label → channel to the system of that name, which is made
    when it is new. What was said before about the same heading or label gives way.

    Raises Refused, or InvalidInput when nothing was said.
    """
    if not (columns or statuses or channels):
        raise InvalidInput(_("Choose what at least one heading or label means."))
    with transaction.atomic():
        source = Source.objects.select_for_update().filter(name__iexact=name.strip()).first()
        known = {} if source is None else {key: [h for h in headings if h not in columns] for key, headings in source.columns.items()}
        for heading, key in columns.items():
            known.setdefault(key, []).append(heading)
        return write_source.write_source(
            source, name=source.name if source else name.strip(), columns={key: headings for key, headings in known.items() if headings},
            statuses={**(source.statuses if source else {}), **statuses}, channels={**(source.channels if source else {}), **channels}, by=by,
        )
