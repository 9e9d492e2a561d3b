"""People and positions, below /ban-lam-viec/tai-khoan/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.accounts.views import desk

app_name = "accounts_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    path("mo/", desk.open_, name="open_account"),
    path("quy-tac/", desk.rules, name="set_sign_in_rules"),
    path("<int:pk>/", desk.person, name="person"),
    path("<int:pk>/giao-chuc-danh/", desk.grant, name="grant_position"),
    path("<int:pk>/cap-lai/", desk.new_way_in, name="new_way_in"),
    path("<int:pk>/bo-buoc-hai/", desk.reset_factor, name="reset_second_factor"),
    path("<int:pk>/dong/", desk.close, name="deactivate"),
    path("<int:pk>/mo-lai/", desk.reopen, name="reactivate"),
    path("chuc-danh/<int:pk>/thoi/", desk.end, name="end_position"),
]
