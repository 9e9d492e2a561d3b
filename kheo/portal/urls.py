"""The public front: home, standing pages, files for search engines."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.portal.views import desk, home, identify, open_data, pages, search, sections

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("rieng-tu/", pages.privacy, name="privacy"),
    path("dieu-khoan/", pages.terms, name="terms"),
    path("so-do-trang/", pages.site_map, name="site_map"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", pages.sitemap, name="sitemap"),
    path("tim-kiem/", search.search, name="search"),
    path("tim-kiem/goi-y/", search.suggest, name="suggest"),
    path("du-lieu-mo/", open_data.index, name="open_data"),
    path("du-lieu-mo/danh-muc.json", open_data.catalogue, name="catalogue"),
    path("du-lieu-mo/api/", open_data.api, name="api"),
    path("du-lieu-mo/<slug:code>/", open_data.detail, name="dataset"),
    path("du-lieu-mo/<slug:code>/tu-dien.csv", open_data.dictionary, name="dataset_dictionary"),
    path("du-lieu-mo/<slug:code>.<slug:form>", open_data.download, name="dataset_file"),
    path("du-lieu-mo/<slug:code>.<slug:form>.sha256", open_data.checksum, name="dataset_checksum"),
    path("gioi-thieu/", sections.introduction, name="introduction"),
    path("co-cau-to-chuc/", sections.structure, name="structure"),
    path("lanh-dao/", sections.leaders, name="leaders"),
    path("lien-he/", sections.contact, name="contact"),
    path("cong-thong-tin/tu-kiem.json", sections.self_check, name="self_check"),
    path("ban-lam-viec/cong-thong-tin/", identify.identify, name="identify"),
    path("ban-lam-viec/cong-thong-tin/tu-kiem/", desk.index, name="sections"),
    path("ban-lam-viec/cong-thong-tin/tu-kiem/muc/<slug:code>/", desk.check, name="check_section"),
    path("ban-lam-viec/cong-thong-tin/tu-kiem/tam-dung/", desk.announce, name="announce_stop"),
    path("ban-lam-viec/cong-thong-tin/tu-kiem/tam-dung/<int:pk>/go/", desk.cancel, name="cancel_stop"),
    path("ban-lam-viec/cong-thong-tin/tu-kiem/lanh-dao/", desk.leaders, name="desk_leaders"),
    path("ban-lam-viec/cong-thong-tin/tu-kiem/lanh-dao/them/", desk.leader, name="add_leader"),
    path("ban-lam-viec/cong-thong-tin/tu-kiem/lanh-dao/<int:pk>/", desk.leader, name="write_leader"),
    path("ban-lam-viec/cong-thong-tin/tu-kiem/lien-ket/", desk.broken_links, name="broken_links"),
    path("ban-lam-viec/cong-thong-tin/trang/", desk.list_sites, name="sites"),
    path("ban-lam-viec/cong-thong-tin/trang/them/", desk.found, name="found_site"),
    path("ban-lam-viec/cong-thong-tin/trang/<int:pk>/", desk.site, name="site"),
    path("ban-lam-viec/cong-thong-tin/trang/<int:pk>/ten-mien/", desk.move, name="move_site"),
    path("ban-lam-viec/cong-thong-tin/trang/<int:pk>/thong-tin/", identify.identify, name="identify_site"),
]
