"""Every address of Khéo. Vietnamese at the root, English below /en/."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import TemplateView
from wagtail.admin import urls as wagtailadmin_urls

from kheo.config.health import healthz, readyz
from kheo.config.media import media
from kheo.portal.views import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("media/<path:path>", media, name="media"),
    path("api/v1/", api.urls),
    path("quan-tri/", include("kheo.accounts.urls.editor")),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
]
urlpatterns += i18n_patterns(
    path("tai-khoan/", include("kheo.accounts.urls.sign_in")),
    path("mo-hinh/", include("kheo.practices.urls.public")),
    path("khen-thuong/", include("kheo.commendations.urls.public")),
    path("don-vi/", include("kheo.organizations.urls.public")),
    path("bao-cao/", include("kheo.reports.urls.public")),
    path("kiem-tra/", include("kheo.inspections.urls.public")),
    path("thu-tuc-hanh-chinh/", include("kheo.procedures.urls.public")),
    path("gop-y/", include("kheo.feedback.urls.public")),
    path("tin-tuc/", include("kheo.news.urls.public")),
    path("chi-tieu/", include("kheo.indicators.urls.public")),
    path("truy-cap/", include("kheo.visits.urls.public")),
    path("van-ban/", include("kheo.documents.urls.public")),
    path("lich-lam-viec/", include("kheo.workdays.urls.public")),
    path("ban-lam-viec/mo-hinh/", include("kheo.practices.urls.desk")),
    path("ban-lam-viec/khen-thuong/", include("kheo.commendations.urls.desk")),
    path("ban-lam-viec/phong-trao/", include("kheo.movements.urls")),
    path("ban-lam-viec/don-vi/", include("kheo.organizations.urls.desk")),
    path("ban-lam-viec/van-ban/", include("kheo.documents.urls.desk")),
    path("ban-lam-viec/tai-khoan/", include("kheo.accounts.urls.desk")),
    path("ban-lam-viec/nhat-ky/", include("kheo.audit.urls")),
    path("ban-lam-viec/bao-cao/", include("kheo.reports.urls.desk")),
    path("ban-lam-viec/kiem-tra/", include("kheo.inspections.urls.desk")),
    path("ban-lam-viec/thu-tuc-hanh-chinh/", include("kheo.procedures.urls.desk")),
    path("ban-lam-viec/gop-y/", include("kheo.feedback.urls.desk")),
    path("ban-lam-viec/tin-tuc/", include("kheo.news.urls.desk")),
    path("ban-lam-viec/chi-tieu/", include("kheo.indicators.urls.desk")),
    path("ban-lam-viec/truy-cap/", include("kheo.visits.urls.desk")),
    path("ban-lam-viec/lich-lam-viec/", include("kheo.workdays.urls.desk")),
    path("ban-lam-viec/", include("kheo.desk.urls")),
    path("", include("kheo.portal.urls")),
    path("", include("kheo.news.urls.pages")),
    prefix_default_language=False,
)
handler400 = "kheo.config.errors.bad_request"
if settings.DEBUG:
    urlpatterns += [path("phong-cach/", TemplateView.as_view(template_name="styleguide.html"))]

