"""The pages of the tree at their own addresses: last in the list, so that every other address comes first.

Wagtail's own list has an address with an unnamed part; this one names it. No feature of Wagtail's
front end that would look at the session is here: pages behind a password or for signed-in people
answer with the sign-in page.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.generic import RedirectView
from wagtail.views import authenticate_with_password, serve

from kheo.news.views import feeds

urlpatterns: list[URLPattern | URLResolver] = [
    path("rss.xml", feeds.rss, name="rss"),
    path("_trang/mat-khau/<int:page_view_restriction_id>/<int:page_id>/", authenticate_with_password, name="wagtailcore_authenticate_with_password"),
    # Wagtail looks this name up before it reads WAGTAIL_FRONTEND_LOGIN_URL: without it a page for signed-in people is a 500.
    path("_trang/dang-nhap/", RedirectView.as_view(url=settings.WAGTAIL_FRONTEND_LOGIN_URL, query_string=True), name="wagtailcore_login"),
    re_path(r"^(?P<path>(?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
]
