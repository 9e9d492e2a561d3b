"""The template library `kheo`: `{% load kheo %}` gives every filter and component.

docs/design-language.md shows each with an example.
"""

from django import template

from kheo.core.templatetags.kheo import charts, components, filters, forms, navigation

register = template.Library()
for _part in (filters, components, forms, navigation, charts):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
