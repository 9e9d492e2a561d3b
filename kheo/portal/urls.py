"""The public front: home, standing pages, files for search engines."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.portal.views import home, identify, pages

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("rieng-tu/", pages.privacy, name="privacy"),
    path("dieu-khoan/", pages.terms, name="terms"),
    path("so-do-trang/", pages.site_map, name="site_map"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", pages.sitemap, name="sitemap"),
    path("ban-lam-viec/cong-thong-tin/", identify.identify, name="identify"),
]
