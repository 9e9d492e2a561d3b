"""Forms of the news at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from kheo.core import forms as kheo_forms
from kheo.core.forms.widgets import UploadInput
from kheo.news.models import Category
from kheo.news.rules.decoding import LARGEST


class ImportPageForm(kheo_forms.Form):
    """A saved page of the old portal."""

    file = forms.FileField(
        label=_("Saved page"), help_text=_("A page saved from the browser (.html, .mhtml) or its words in a text file (.txt), at most 32 MB."),
        widget=UploadInput(accept=".html,.htm,.txt,.mht,.mhtml", max_bytes=LARGEST),
    )
    address = forms.URLField(
        label=_("Its address on the old portal"), required=False, max_length=500, assume_scheme="https",
        help_text=_("When given, the old address leads to the new article from the day it is published."),
    )
    category = forms.ModelChoiceField(label=_("Category of the articles"), queryset=Category.objects.none())
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.none())

    def __init__(self, *args: Any, sites: list[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(in_use=True)  # type: ignore[attr-defined]
        self.fields["category"].initial = Category.objects.filter(in_use=True).first()
        self.fields["site"].queryset = Site.objects.filter(pk__in=[site.pk for site in sites])  # type: ignore[attr-defined]
        self.fields["site"].initial = sites[0] if sites else None
        if len(sites) == 1:
            self.fields["site"].widget = forms.HiddenInput()


class KeepTwinForm(kheo_forms.Form):
    """Why two texts that say the same are both needed."""

    reason = forms.CharField(label=_("Why both are needed"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
