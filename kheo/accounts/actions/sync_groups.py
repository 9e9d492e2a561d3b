"""Rights on the editor's side (Wagtail) follow positions: three groups, filled at each sign-in.

Editors write and submit; leaders are the chief editors (the law makes a leader answer for a portal's
content) and approve, publish or send back; administrators also keep redirects.

With one site everybody of a role edits the one tree. Once sites have been founded for units, the three
groups only open the editor's side; each site has three groups of its own with rights on its tree and
its media, for those whose position reaches its unit. So a ward's editor cannot touch another's pages.

Wagtail knows groups, not positions. The groups hold no rights of their own history: they are made
and given their permissions here, and a person's membership is set to what the positions say today.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from kheo.accounts import queries, sources
from kheo.accounts.models import Role, User
from kheo.accounts.sources import SiteTree

EDITORS, CHIEFS, ADMINS = "Biên tập viên", "Trưởng ban biên tập", "Quản trị nội dung"
GROUPS = {Role.EDITOR.value: EDITORS, Role.LEADER.value: CHIEFS, Role.ADMIN.value: ADMINS}
BETWEEN = " · "
OURS = Q(name__in=GROUPS.values())
for _group in GROUPS.values():
    OURS |= Q(name__startswith=_group + BETWEEN)
_PUBLISHING = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
PAGE_RIGHTS = {EDITORS: ("add_page", "change_page"), CHIEFS: _PUBLISHING, ADMINS: _PUBLISHING}
MEDIA_RIGHTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def at_sign_in(sender: Any, user: Any, **_more: Any) -> None:
    """Receiver of Django's user_logged_in."""
    if isinstance(user, User):
        sync_groups(user)


def sync_groups(user: User) -> None:
    """Put the person into exactly the groups its positions of today call for."""
    roles = {role for role in queries.positions_of(user).values_list("role", flat=True) if role in GROUPS}
    wanted: dict[str, SiteTree | None] = {GROUPS[role]: None for role in roles}
    rights = queries.rights(user)
    for site in sources.sites() if roles else ():
        wanted |= {_name(GROUPS[role], site): site for role in roles if site.unit_id is None or rights.holds([role], site.unit_id)}
    ours = set(user.groups.filter(OURS).values_list("name", flat=True))
    if set(wanted) == ours:
        return
    with transaction.atomic():
        for name in set(wanted) - ours:
            tree = wanted[name]
            user.groups.add(ensure_group(name) if tree is None else _site_group(name, tree))
        user.groups.remove(*Group.objects.filter(name__in=ours - set(wanted)))


def narrow() -> None:
    """Take the whole tree from the three groups once sites have their own, and sort the people anew."""
    if not sources.sites():
        return
    with transaction.atomic():
        GroupPagePermission.objects.filter(group__name__in=GROUPS.values()).delete()
        GroupCollectionPermission.objects.filter(group__name__in=GROUPS.values()).delete()
        for user in User.objects.filter(groups__name__in=GROUPS.values()).distinct():
            user.__dict__.pop("_kheo_rights", None)
            sync_groups(user)


def ensure_group(name: str) -> Group:
    """The group of that name with its rights, made when it is missing."""
    group, made = Group.objects.get_or_create(name=name)
    if made:
        group.permissions.set(_permissions(name))
        if not sources.sites():
            _add_tree_rights(group, name, Page.get_first_root_node(), Collection.get_first_root_node())
    return group


def _name(group: str, site: SiteTree) -> str:
    """With the number of the tree: wards of one name exist in several provinces."""
    return f"{group}{BETWEEN}{site.name[:90]} ({site.page_id})"


def _site_group(name: str, site: SiteTree) -> Group:
    """The group of a role for one site, made when it is missing."""
    group, made = Group.objects.get_or_create(name=name)
    if made:
        media = Collection.objects.filter(pk=site.collection_id).first()
        _add_tree_rights(group, name.split(BETWEEN)[0], Page.objects.filter(pk=site.page_id).first(), media)
    return group


def _permissions(name: str) -> list[Permission]:
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    if name == ADMINS:
        wanted |= Q(content_type__app_label="wagtailredirects")
    return list(Permission.objects.filter(wanted))


def _add_tree_rights(group: Group, role: str, root: Page | None, media: Collection | None) -> None:
    for codename in PAGE_RIGHTS[role] if root else ():
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for codename in MEDIA_RIGHTS if media else ():
        for permission in Permission.objects.filter(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename=codename
        ):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=media, permission=permission)
