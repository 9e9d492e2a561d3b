"""The pages of the tree at their own addresses: last in the list, so that every other address comes first.

Wagtail's own list has an address with an unnamed part; this one names it. No feature of Wagtail's
front end that would look at the session is here: pages behind a password or for signed-in people
answer with the sign-in page.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path
from wagtail.views import authenticate_with_password, serve

from kheo.news.views import feeds

urlpatterns: list[URLPattern | URLResolver] = [
    path("rss.xml", feeds.rss, name="rss"),
    path("_trang/mat-khau/<int:page_view_restriction_id>/<int:page_id>/", authenticate_with_password, name="wagtailcore_authenticate_with_password"),
    re_path(r"^(?P<path>(?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
]
