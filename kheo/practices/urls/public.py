from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.practices.views.public import detail, download, index, spread

app_name = "practices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.index, name="index"),
    path("nhan-rong/", spread.spread, name="spread"),
    path("tai-ve/tu-dien/", download.dictionary, name="dictionary"),
    path("tai-ve/tu-dien.json", download.dictionary_json, name="dictionary_json"),
    path("tai-ve/<slug:form>/", download.download, name="download"),
    # The page of one practice stands last: every other word below /mo-hinh/ comes first.
    path("<slug:slug>/", detail.detail, name="detail"),
]
