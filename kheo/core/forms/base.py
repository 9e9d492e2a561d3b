"""How a form looks: the renderer, the bound field that carries our classes, the base forms.

The markup follows govuk-frontend. The templates of single widgets stay Django's own, so
that editing screens of other packages keep their look; everything around a widget (label,
hint, error, radio group) comes from `components/form/field.html`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input, Widget
from django.utils.translation import gettext_lazy as _

DASHES = BLANK_CHOICE_DASH[0][1]
# The first match wins, so a subclass stands before its parent.
WIDGET_KINDS: tuple[tuple[type[Widget], str, str], ...] = (
    (forms.HiddenInput, "hidden", ""),
    (forms.MultipleHiddenInput, "hidden", ""),
    (forms.CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (forms.RadioSelect, "radios", "govuk-radios__input"),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.Select, "select", "govuk-select"),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.PasswordInput, "password", "govuk-input"),
    (Input, "input", "govuk-input"),
)


class KheoBoundField(BoundField):
    """A bound field that knows its kind and adds the classes and marks our templates need."""

    @property
    def kind(self) -> str:
        """The name of the branch of `components/form/field.html` that renders this field."""
        return self._kind_and_class()[0]

    @property
    def first_id(self) -> str:
        """The id that an error link points to; for a group its first choice."""
        if self.kind in ("radios", "checkboxes"):
            return f"{self.auto_id}_0" if self.auto_id else ""
        return self.id_for_label or self.auto_id

    @property
    def marks_optional(self) -> bool:
        """Whether the label says that the field may stay empty."""
        return bool(getattr(self.form, "mark_optional", False)) and not self.field.required

    @property
    def counts_characters(self) -> bool:
        """Whether a long text shows how many characters are left."""
        return self.kind == "textarea" and bool(getattr(self.field, "max_length", None))

    def build_widget_attrs(self, attrs: Any, widget: Widget | None = None) -> dict[str, Any]:
        """Django's attributes, with our classes and the error state added."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        kind, css = self._kind_and_class()
        if not css:
            return built
        own = (widget or self.field.widget).attrs.get("class", "")
        names = [css, str(own), str(built.get("class", ""))]
        if self.errors and kind in ("input", "password", "textarea", "select", "file"):
            names.append(f"{css}--error")
        if self.counts_characters:
            names.append("govuk-js-character-count")
            built["aria-describedby"] = " ".join(
                part for part in (built.get("aria-describedby"), f"{self.auto_id}-info") if part
            )
        if kind == "password":
            names += ["govuk-password-input__input", "govuk-js-password-input-input"]
            built.setdefault("spellcheck", "false")
            built.setdefault("autocapitalize", "none")
        built["class"] = " ".join(dict.fromkeys(" ".join(names).split()))
        return built

    def _kind_and_class(self) -> tuple[str, str]:
        for widget_type, kind, css in WIDGET_KINDS:
            if isinstance(self.field.widget, widget_type):
                return kind, css
        return "input", ""


class KheoRenderer(DjangoTemplates):
    """Renders every form of the project with the templates in `components/form/`."""

    form_template_name = "components/form/form.html"
    formset_template_name = "components/form/formset.html"
    field_template_name = "components/form/field.html"
    bound_field_class = KheoBoundField


class _Marks:
    """What our own forms have in common."""

    mark_optional: ClassVar[bool] = True
    """Say "(optional)" beside fields that may stay empty."""
    use_required_attribute = False
    """The server names every error at once; the browser would stop at the first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            _name_the_blank(field)


def _name_the_blank(field: forms.Field) -> None:
    """Say in words what Django shows as a row of dashes: choose one, or none is chosen."""
    words = _("Choose one") if field.required else _("Nothing chosen")
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        choices = list(field.choices)  # type: ignore[arg-type]
        if choices and choices[0] == ("", DASHES):
            field.choices = [("", words), *choices[1:]]


class Form(_Marks, forms.Form):
    """A plain form in our look."""


class ModelForm(_Marks, forms.ModelForm):  # type: ignore[type-arg]
    """A model form in our look."""
