"""The filters of the search page. A value nobody offers is ignored."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField
from kheo.core.search.asking import Filters


class SearchForm(kheo_forms.Form):
    """What is asked and what narrows it."""

    mark_optional = False

    q = forms.CharField(label=_("Words to find"), required=False, max_length=20_000)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    since = StrictDateField(label=_("From day"), required=False)
    until = StrictDateField(label=_("To day"), required=False)

    def offer(self, kinds: list[tuple[str, str]], units: list[tuple[str, str]]) -> SearchForm:
        """Fill the choices."""
        self.fields["kind"].choices = [("", _("All")), *kinds]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("All")), *units]  # type: ignore[attr-defined]
        return self

    def filters(self, language: str, sites: tuple[str, ...] = ()) -> Filters:
        """What can be understood; the rest is left out (the form shows why). `sites`: see queries.searching.sites_of."""
        self.is_valid()
        understood = getattr(self, "cleaned_data", {})
        return Filters(
            kind=understood.get("kind") or "", unit=understood.get("unit") or "", since=understood.get("since"),
            until=understood.get("until"), language=language, sites=sites,
        )
