"""Feedback, below /ban-lam-viec/gop-y/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "feedback_desk"
urlpatterns: list[URLPattern | URLResolver] = []
