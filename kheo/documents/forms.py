"""Forms of the register; DocumentForm is also part of other apps' forms (decisions)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.errors import InvalidInput
from kheo.core.files import scan
from kheo.core.forms.fields import StrictDateField
from kheo.core.forms.widgets import UploadInput
from kheo.core.messages import describe
from kheo.documents import queries, rules
from kheo.documents.actions import register
from kheo.documents.models import Document


class DocumentNumberField(forms.CharField):
    """The number of a registered document; the value is the Document."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Deciding document"))
        kwargs.setdefault("help_text", _("Its number as in the register of documents, for example 9441/TB-BNV"))
        super().__init__(max_length=80, **kwargs)

    def clean(self, value: Any) -> Any:
        """Find the document; more than one is told apart by registering the exact one first."""
        number = super().clean(value)
        if not number:
            return None
        found = queries.by_number(str(number).replace(" ", ""))
        if not found:
            raise ValidationError(_("No document “%(number)s” is in the register. Register it first.") % {"number": number})
        if len(found) > 1:
            raise ValidationError(_("%(n)s documents carry the number “%(number)s”. Choose another way to name it.") % {"n": len(found), "number": number})
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """The number of a document."""
        return value.number if isinstance(value, Document) else value


class DocumentForm(kheo_forms.Form):
    """Number, date, issuer and signer of a decision. Give it a prefix inside another form.

    After is_valid(), `save_document(by=…)` returns the registered document (an existing one when
    the same was registered before) and `warnings` holds what looks odd but is accepted.
    """

    signer_required = True

    number = forms.CharField(label=_("Number and symbol"), max_length=80, help_text=_("For example 12-QĐ/ĐU or 156/QĐ-UBND"))
    kind = forms.CharField(label=_("Kind"), max_length=80, initial="Quyết định", required=False, help_text=_("For example Quyết định, Kế hoạch, Hướng dẫn"))
    title = forms.CharField(label=_("Subject"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    issuer = forms.CharField(label=_("Issuing body"), max_length=200, help_text=_("With the name the body had on that day"))
    issued_on = StrictDateField(label=_("Date of issue"), help_text=_("Day/month/year, for example 05/11/2023"))
    signer = forms.CharField(label=_("Signer"), max_length=150)
    signer_title = forms.CharField(label=_("Position of the signer"), max_length=150, help_text=_("For example Bí thư, Chủ tịch"))

    def __init__(self, *args: Any, signer_required: bool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.signer_required if signer_required is None else signer_required
        for name in ("signer", "signer_title"):
            self.fields[name].required = wanted

    def clean_number(self) -> str:
        """Numbers are written without spaces."""
        return str(self.cleaned_data["number"]).replace(" ", "")

    def clean_issued_on(self) -> dt.date:
        """A document is not cited before it is issued."""
        day: dt.date = self.cleaned_data["issued_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The date of issue lies in the future. Check the day, month and year."))
        return day

    @property
    def warnings(self) -> list[str]:
        """What looks odd but is accepted, in words."""
        data = getattr(self, "cleaned_data", {})
        found: list[str] = []
        number = data.get("number", "")
        if number and not rules.looks_official(number):
            found.append(
                _now("The number “%(number)s” has an unusual shape. Usual ones look like 12-QĐ/ĐU or 156/QĐ-UBND.")
                % {"number": number}
            )
        if number and data.get("issuer") and data.get("issued_on"):
            known = queries.find(number, data["issuer"], data["issued_on"])
            if known is not None:
                found.append(_now("This document is registered already: “%(title)s”.") % {"title": known.title})
        return found

    def save_document(self, *, by: Any) -> Document:
        """Register what was written; the same document again returns the one there is."""
        return register.register(**self.values(), by=by)

    def values(self) -> dict[str, Any]:
        """The cleaned fields, named as register() takes them."""
        return {name: self.cleaned_data[name] for name in DocumentForm.base_fields}


class RegisterForm(DocumentForm):
    """The whole entry at the desk: with the file and the dates of force."""

    signer_required = False

    effective_from = StrictDateField(label=_("In force from"), required=False, help_text=_("Empty: from the date of issue"))
    effective_to = StrictDateField(label=_("No longer in force from"), required=False)
    url = forms.URLField(label=_("Address on the web"), required=False, assume_scheme="https")
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, Word (.docx), PNG or JPG, at most 20 MB"),
        widget=UploadInput(accept=".pdf,.docx,.png,.jpg,.jpeg", max_bytes=scan.MAX_SIZE),
    )

    def clean_file(self) -> Any:
        """The file's bytes decide what it is, not its name."""
        file = self.cleaned_data.get("file")
        if file:
            try:
                register.check_file(file)
            except InvalidInput as error:
                raise ValidationError(describe(error)) from error
        return file or None

    def save_document(self, *, by: Any) -> Document:
        """Register with file and dates."""
        more = {name: self.cleaned_data[name] for name in ("file", "effective_from", "effective_to", "url")}
        return register.register(**self.values(), **more, by=by)


class FilterForm(kheo_forms.Form):
    """The filters of the list; they live in the address."""

    mark_optional = False
    q = forms.CharField(label=_("Search"), required=False, max_length=120, help_text=_("Number, subject or issuing body, with or without marks"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(
        label=_("Validity"), required=False,
        choices=[("", _("All")), ("in_force", _("In force")), ("expired", _("No longer in force"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *((kind, kind) for kind in queries.kinds())]


class PublishForm(kheo_forms.Form):
    """Whether the file is shown too; asked only when there is one."""

    with_file = forms.BooleanField(label=_("Show the file too"), required=False, initial=True, help_text=_("It is looked through for personal data first."))

    def about(self, document: Document) -> PublishForm:
        """Without a file there is nothing to choose."""
        if not document.file:
            del self.fields["with_file"]
        return self


class WithdrawForm(kheo_forms.Form):
    """Why it leaves."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Kept in the audit log."))


class PublicFilterForm(kheo_forms.Form):
    """The filters of the public list; they live in the address. A value nobody offers is ignored."""

    mark_optional = False
    q = forms.CharField(label=_("Search"), required=False, max_length=120, help_text=_("Number, subject or issuing body, with or without marks"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    issuer = forms.ChoiceField(label=_("Issuing body"), required=False)
    year = forms.ChoiceField(label=_("Year of issue"), required=False)
    state = forms.ChoiceField(
        label=_("Validity"), required=False,
        choices=[("", _("All")), ("in_force", _("In force")), ("expired", _("No longer in force"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = queries.choices()
        for name, values in (("kind", offered["kinds"]), ("issuer", offered["issuers"]), ("year", offered["years"])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *((str(value), str(value)) for value in values)]
