from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.models import Page

from kheo.accounts.actions import sync_groups
from kheo.accounts.models import Position, Role
from tests.accounts.conftest import fresh, hold


def groups(user):
    return set(user.groups.values_list("name", flat=True))


def page_rights(user):
    return Page.get_first_root_node().permissions_for_user(user).permissions


def test_it_works(cast, signed_in):
    signed_in(cast.editor)
    editor = fresh(cast.editor)
    assert groups(editor) == {sync_groups.EDITORS}
    assert editor.has_perm("wagtailadmin.access_admin")
    assert page_rights(editor) == {"add", "change"}
    assert editor.groups.get().collection_permissions.filter(permission__codename="add_image").exists()


def test_administrators_publish(cast, signed_in):
    signed_in(cast.admin)
    admin = fresh(cast.admin)
    assert groups(admin) == {sync_groups.ADMINS}
    assert page_rights(admin) >= {"add", "change", "publish"}
    assert admin.has_perm("wagtailredirects.add_redirect")


def test_leaders_are_the_chief_editors(cast, signed_in):
    signed_in(cast.leader)
    leader = fresh(cast.leader)
    assert groups(leader) == {sync_groups.CHIEFS}
    assert page_rights(leader) >= {"add", "change", "publish", "lock"}
    assert not leader.has_perm("wagtailredirects.add_redirect")


@pytest.mark.parametrize("who", ["registrant", "officer", "evaluator", "auditor", "outsider"])
def test_others_get_nothing(cast, signed_in, who):
    person = getattr(cast, who)
    client = signed_in(person)
    assert groups(person) == set()
    assert client.get("/quan-tri/").status_code == 403


@pytest.mark.parametrize("who", ["editor", "leader", "admin"])
def test_who_enters_the_editors_side(cast, signed_in, who):
    assert signed_in(getattr(cast, who)).get("/quan-tri/").status_code == 200


def test_anonymous_is_sent_to_our_sign_in(cast, client):
    assert client.get("/quan-tri/")["Location"].startswith("/tai-khoan/login/")


def test_rights_end_with_the_position(cast, client):
    client.force_login(cast.editor, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/quan-tri/")
    Position.objects.filter(user=cast.editor).update(valid_to=timezone.localdate())
    assert client.get("/quan-tri/").status_code == 302
    client.force_login(fresh(cast.editor), backend="django.contrib.auth.backends.ModelBackend")
    assert groups(cast.editor) == set()
    assert client.get("/quan-tri/").status_code == 403


def test_new_position_counts_at_once(cast, client):
    client.force_login(cast.officer, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/ban-lam-viec/")
    hold(cast.officer, Role.EDITOR, cast.bim_son)
    client.get("/ban-lam-viec/")
    assert client.get("/quan-tri/").status_code == 200


def test_groups_of_others_are_left_alone(cast):
    from django.contrib.auth.models import Group

    cast.officer.groups.add(Group.objects.create(name="Nhóm riêng"))
    sync_groups.sync_groups(cast.officer)
    assert groups(cast.officer) == {"Nhóm riêng"}


@pytest.mark.parametrize("address", ["users/", "users/new/", "groups/", "account/", "password_reset/"])
def test_wagtails_own_people_screens_lead_to_ours(cast, signed_in, address):
    answer = signed_in(cast.admin).get(f"/quan-tri/{address}")
    assert answer.status_code == 302
    assert not answer["Location"].startswith("/quan-tri/")


def test_menu_without_users(cast, owner, signed_in):
    page = signed_in(owner).get("/quan-tri/").content.decode()
    assert "/quan-tri/users/" not in page.split("<main", 1)[0]
    assert "/quan-tri/groups/" not in page
