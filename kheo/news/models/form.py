"""The edit form of a page: taken whole or not at all."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import BaseChooser

from kheo.news.blocks import CUT_OFF


class WholePageForm(WagtailAdminPageForm):
    """Refuses what reached us without all its fields: a connection that broke would empty those that are missing."""

    def full_clean(self) -> None:
        """Check as always, once every field is known to have been sent. Raises BadRequest."""
        if self.is_bound and (any(_is_missing(self, name) for name in self.fields) or self._lacks_rows()):
            raise BadRequest(CUT_OFF)
        super().full_clean()

    def _lacks_rows(self) -> bool:
        """True when the numbers of rows are missing (comments may be: Wagtail leaves them as they are) or a chooser is spoilt."""
        counted = all(rows.management_form.is_valid() for name, rows in self.formsets.items() if name != "comments")
        forms = (self, *(form for rows in self.formsets.values() for form in rows.forms)) if counted else ()
        return not counted or any(_is_spoilt(form, name) for form in forms for name in form.fields)


def _is_missing(form: Any, name: str) -> bool:
    field = form.fields[name]
    return not field.disabled and bool(field.widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name)))


def _is_spoilt(form: Any, name: str) -> bool:
    """True when a chooser did not send the number of a row: Wagtail asks the database for it while drawing the form."""
    sent = form.data.get(form.add_prefix(name), "") if isinstance(form.fields[name].widget, BaseChooser) else ""
    return bool(sent) and not (str(sent).isascii() and str(sent).isdigit())
