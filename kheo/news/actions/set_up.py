"""Make what the news needs of Wagtail: page tree, categories, groups' rights, the workflow. Idempotent.

Runs after every migration with the models as they are (a data migration with historical models
cannot use the page tree), and may be run again at any time: `kheo rebuild news`.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group
from django.contrib.contenttypes.management import create_contenttypes
from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site, Workflow, WorkflowPage, WorkflowTask

from kheo.accounts.actions import sync_groups
from kheo.news.actions import log_pages
from kheo.news.models import Category, NewsIndexPage, ReviewTask

INDEX_SLUG = "tin-tuc"
WORKFLOW, TASK = "Biên tập và duyệt tin", "Trưởng ban biên tập duyệt"
SITES, MEDIA = "Các trang thông tin", "Dùng chung"  # what editors read instead of Wagtail's "Root"
CATEGORIES = (
    ("tin-tuc-su-kien", "Tin tức, sự kiện", "News and events"),
    ("dan-van-kheo", "Dân vận khéo", "Skilful mass mobilization"),
    ("chi-dao-dieu-hanh", "Chỉ đạo, điều hành", "Direction and administration"),
    ("cai-cach-hanh-chinh", "Cải cách hành chính", "Administrative reform"),
    ("kinh-te", "Kinh tế", "Economy"),
    ("van-hoa-xa-hoi", "Văn hóa - xã hội", "Culture and society"),
    ("quoc-phong-an-ninh", "Quốc phòng - an ninh", "Defence and security"),
    ("thong-bao", "Thông báo", "Notices"),
)


def after_migrate(sender: Any, using: str = "default", **_more: Any) -> None:
    """Receiver of Django's post_migrate of this app."""
    if using == "default":
        with log_pages.quietly():
            set_up()


@transaction.atomic
def set_up() -> None:
    """Everything, for every site there is; what stands already stays as it is."""
    for label in ("wagtailadmin", "wagtailcore", "wagtailimages", "wagtaildocs", "wagtailredirects"):
        create_contenttypes(apps.get_app_config(label), verbosity=0)
        create_permissions(apps.get_app_config(label), verbosity=0)
    Locale.objects.get_or_create(language_code="vi")
    media = Collection.get_first_root_node() or Collection.add_root(name=MEDIA)
    if media.name == "Root":
        Collection.objects.filter(pk=media.pk).update(name=MEDIA)
    if not Category.objects.exists():
        Category.objects.bulk_create(
            Category(code=code, name=name, name_en=name_en, order=n) for n, (code, name, name_en) in enumerate(CATEGORIES, start=1)
        )
    root = Page.get_first_root_node() or Page.add_root(title=SITES, slug="root")
    if root.title == "Root":
        Page.objects.filter(pk=root.pk).update(title=SITES, draft_title=SITES)
    _default_site(root)
    for site in Site.objects.select_related("root_page"):
        open_site(site)
    _workflow(root)


def open_site(site: Site) -> NewsIndexPage:
    """The page that holds the news of a site, made when it is missing. Also for a site just founded."""
    found: NewsIndexPage | None = NewsIndexPage.objects.child_of(site.root_page).first()
    if found is None:
        found = site.root_page.add_child(instance=NewsIndexPage(title="Tin tức", slug=INDEX_SLUG))
    return found


def _default_site(root: Page) -> None:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        home = root.get_children().first() or root.add_child(instance=Page(title="Trang chủ", slug="trang-chu"))
        Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="")
    elif site.root_page.title.startswith("Welcome to your new Wagtail"):
        site.root_page.title = site.root_page.draft_title = "Trang chủ"
        site.root_page.save()


def _workflow(root: Page) -> None:
    groups = [sync_groups.ensure_group(name) for name in (sync_groups.EDITORS, sync_groups.CHIEFS, sync_groups.ADMINS)]
    task = ReviewTask.objects.filter(name=TASK).first() or ReviewTask.objects.create(name=TASK)
    if not task.groups.exists():
        task.groups.set(Group.objects.filter(pk__in=[group.pk for group in groups[1:]]))
    workflow, made = Workflow.objects.get_or_create(name=WORKFLOW)
    if made:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    # The moderation of a new Wagtail asks groups nobody is in; ours takes its place at the root.
    WorkflowPage.objects.exclude(workflow=workflow).filter(page=root).update(workflow=workflow)
    if not WorkflowPage.objects.filter(page=root).exists():
        WorkflowPage.objects.create(workflow=workflow, page=root)
