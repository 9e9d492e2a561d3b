"""Rights on the editor's side (Wagtail) follow positions: three groups, filled at each sign-in.

Editors write and submit; leaders are the chief editors (the law makes a leader answer for a portal's
content) and approve, publish or send back; administrators also keep redirects.

Wagtail knows groups, not positions. The groups hold no rights of their own history: they are made
and given their permissions here, and a person's membership is set to what the positions say today.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from kheo.accounts import queries
from kheo.accounts.models import Role, User

EDITORS, CHIEFS, ADMINS = "Biên tập viên", "Trưởng ban biên tập", "Quản trị nội dung"
GROUPS = {Role.EDITOR.value: EDITORS, Role.LEADER.value: CHIEFS, Role.ADMIN.value: ADMINS}
_PUBLISHING = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
PAGE_RIGHTS = {EDITORS: ("add_page", "change_page"), CHIEFS: _PUBLISHING, ADMINS: _PUBLISHING}
MEDIA_RIGHTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def at_sign_in(sender: Any, user: Any, **_more: Any) -> None:
    """Receiver of Django's user_logged_in."""
    if isinstance(user, User):
        sync_groups(user)


def sync_groups(user: User) -> None:
    """Put the person into exactly the groups its positions of today call for."""
    wanted = {GROUPS[role] for role in queries.positions_of(user).values_list("role", flat=True) if role in GROUPS}
    ours = set(user.groups.filter(name__in=GROUPS.values()).values_list("name", flat=True))
    if wanted == ours:
        return
    with transaction.atomic():
        for name in wanted - ours:
            user.groups.add(ensure_group(name))
        user.groups.remove(*Group.objects.filter(name__in=ours - wanted))


def ensure_group(name: str) -> Group:
    """The group of that name with its rights, made when it is missing."""
    group, made = Group.objects.get_or_create(name=name)
    if made:
        group.permissions.set(_permissions(name))
        _add_tree_rights(group)
    return group


def _permissions(name: str) -> list[Permission]:
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    if name == ADMINS:
        wanted |= Q(content_type__app_label="wagtailredirects")
    return list(Permission.objects.filter(wanted))


def _add_tree_rights(group: Group) -> None:
    root, media = Page.get_first_root_node(), Collection.get_first_root_node()
    for codename in PAGE_RIGHTS[group.name] if root else ():
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for codename in MEDIA_RIGHTS if media else ():
        for permission in Permission.objects.filter(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename=codename
        ):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=media, permission=permission)
