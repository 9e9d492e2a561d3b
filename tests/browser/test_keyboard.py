"""The main job with the keyboard only."""

from __future__ import annotations

from django.urls import reverse

from kheo.practices.models import Practice


def focused(page) -> str:
    """What the focused element is called, for messages."""
    return str(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))


def tab_to(page, selector: str, limit: int = 120) -> None:
    """Press Tab until the element that matches has the focus."""
    for _n in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab; last focus: {focused(page)}")


def test_the_first_tab_offers_to_skip_to_the_content(site, visit):
    page = visit(reverse("portal:home"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")


def test_what_was_typed_before_the_script_came_is_suggested_and_tab_closes_it(site, visit):
    made = site.extra["practices"]["listed"]
    page = visit(reverse("portal:home"), width=360)
    page.route("**/htmx*.js", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.focus("#site-search")
    page.keyboard.type(made.title.split()[0])
    page.wait_for_selector("#site-suggestions li")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.kheo-search__button')")
    assert not page.locator("#site-suggestions li").count()


def test_an_officer_approves_a_registration(site, visit):
    made = site.extra["practices"]["submitted"]
    page = visit(reverse("practices_desk:approve", args=[made.pk]), user=site.officer)
    tab_to(page, "#step-form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Practice.objects.get(pk=made.pk).state == "listed"
