"""Parts that show a record of the house: a computed figure, a record's card, a cited document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from kheo.core import cards, figures
from kheo.core.rules.dates import format_date
from kheo.documents import queries as documents
from kheo.documents.models import Document


class NamedChoice(blocks.ChoiceBlock):
    """A choice that is shown by its words where versions are compared."""

    def render_basic(self, value: Any, context: Any = None) -> str:
        """The words of the choice; the code when it is offered no longer."""
        return str(dict(self.field.choices).get(value, value) or "")


class FigureChoice(NamedChoice):
    """A figure's code. The list of all figures is read for the editor's form, not for each page that shows one."""

    def to_python(self, value: Any) -> Any:
        """As it was kept."""
        return value

    def normalize(self, value: Any) -> Any:
        """As it was kept."""
        return value


class DayBlock(blocks.DateBlock):
    """A day that is shown as a day where versions are compared."""

    def render_basic(self, value: Any, context: Any = None) -> str:
        """05/11/2023; nothing when it is empty."""
        return format_date(value) if value else ""

    def deconstruct(self) -> Any:
        """As Wagtail's own: how it is shown is no matter of the database."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.DateBlock", args, kwargs


class FigureBlock(blocks.StructBlock):
    """A figure that is counted when the page is shown, with its date and the way to its records."""

    code = FigureChoice(choices=figures.choices, label=_("Figure"))
    label = blocks.CharBlock(label=_("Words beside it"), required=False, max_length=200, help_text=_("Empty: the figure's own name."))

    def words(self, value: Any) -> str:
        """Its words."""
        return str(value.get("label") or figures.label(value.get("code") or ""))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The figure as it is now."""
        code = value.get("code") or ""
        found = {"figure": figures.answer(code), "label": value.get("label") or figures.label(code)}
        return {**super().get_context(value, parent_context), **found}

    class Meta:
        label = _("Figure from the registers")
        icon = "order"
        template = "news/blocks/figure.html"


class RecordCardBlock(blocks.StructBlock):
    """The card of a public record, such as a practice."""

    kind = NamedChoice(choices=cards.choices, label=_("Kind of record"))
    key = blocks.CharBlock(label=_("Address or number of the record"), max_length=300, help_text=_("Copy the address of its public page, or its receipt number."))

    def clean(self, value: Any) -> Any:
        """Refuse what names no public record; a draft that is still being written may."""
        found = super().clean(value)
        if not self.is_deferred_validation and cards.find(found["kind"], found["key"]) is None:
            words = _("No public record has this address or number: “%(key)s”. Copy the address of its public page.")
            raise blocks.StructBlockValidationError({"key": ValidationError(words, params={"key": found["key"]})})
        return found

    def words(self, value: Any) -> str:
        """Nothing: the record has its own page."""
        return ""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The card, None when the record is no longer public."""
        card = cards.find(value.get("kind") or "", value.get("key") or "")
        return {**super().get_context(value, parent_context), "card": card}

    class Meta:
        label = _("Card of a practice")
        icon = "doc-empty-inverse"
        template = "news/blocks/card.html"


class DocumentBlock(blocks.StructBlock):
    """An official document of the register, cited with number, date, issuer and whether it holds."""

    number = blocks.CharBlock(label=_("Number and symbol"), max_length=80, help_text=_("As in the register of documents, for example 12-QĐ/ĐU."))
    issued_on = DayBlock(label=_("Date of issue"), required=False, help_text=_("Only needed when several documents carry this number."))
    remark = blocks.CharBlock(label=_("What it says about this"), required=False, max_length=300)

    def clean(self, value: Any) -> Any:
        """Refuse a number that is not in the register, or is there more than once; a draft may hold one."""
        found = super().clean(value)
        documents_found = [] if self.is_deferred_validation else matching(found["number"], found.get("issued_on"))
        if not self.is_deferred_validation and len(documents_found) != 1:
            words = (
                _("The register of documents has no “%(number)s”. Enter the document there first.") if not documents_found
                else _("Several documents carry the number “%(number)s”: give the date of issue too.")
            )
            raise blocks.StructBlockValidationError({"number": ValidationError(words, params={"number": found["number"]})})
        return found

    def words(self, value: Any) -> str:
        """Number and remark."""
        return " ".join(filter(None, (str(value.get("number") or ""), str(value.get("remark") or ""))))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The document and whether it holds today."""
        found = matching(value.get("number") or "", value.get("issued_on"))
        document = found[0] if found else None
        holds = document is not None and documents.holds_on(document, timezone.localdate())
        return {**super().get_context(value, parent_context), "document": document, "holds": holds}

    class Meta:
        label = _("Cited document")
        icon = "doc-full-inverse"
        template = "news/blocks/citation.html"


def matching(number: str, issued_on: date | None) -> list[Document]:
    """The documents of the register with this number, and of this day when given."""
    return [found for found in documents.by_number(number) if issued_on is None or found.issued_on == issued_on]


