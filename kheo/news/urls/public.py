"""News, below /tin-tuc/. The articles themselves are pages of the tree: see pages.py."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.news.views import feeds, public

app_name = "news"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.index, name="index"),
    path("chuyen-muc/<slug:code>/", public.category, name="category"),
    path("the/<str:slug>/", public.tag, name="tag"),
    path("luu-tru/", public.archive, name="archive"),
    path("luu-tru/<int:year>/<int:month>/", public.month, name="month"),
    path("in/<slug:slug>/", public.print_view, name="print"),
    path("rss.xml", feeds.rss, name="rss"),
    path("atom.xml", feeds.atom, name="atom"),
    path("chuyen-muc/<slug:code>/rss.xml", feeds.rss, name="category_rss"),
    path("chuyen-muc/<slug:code>/atom.xml", feeds.atom, name="category_atom"),
    path("<slug:slug>/", public.article, name="article"),
]
