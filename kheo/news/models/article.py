"""The article: a Wagtail page below the news of its site."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    PublishingPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Site

from kheo.core.rules.text import clean_pasted
from kheo.news.blocks import BodyBlock, plain_text
from kheo.news.models.base import SitePage
from kheo.news.models.category import Category
from kheo.news.models.panels import AdvicePanel

TIDIED = ("lead", "byline", "source", "picture_alt", "picture_caption", "end_note")


class ArticleTag(TaggedItemBase):
    """A tag of an article."""

    content_object = ParentalKey("news.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class ArticlePage(SitePage):
    """One article. Never deleted once published: it is corrected, or marked as no longer in force."""

    lead = models.TextField(_("lead"), max_length=600, help_text=_("One or two sentences: what happened, where, when."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    category = models.ForeignKey(Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="+")
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("tags"))
    byline = models.CharField(_("by-line"), max_length=150, blank=True, help_text=_("Who wrote it, as it is to be printed."))
    source = models.CharField(_("source"), max_length=150, blank=True, help_text=_("When taken from elsewhere: from where."))
    source_url = models.URLField(_("address of the source"), blank=True)
    picture = models.ForeignKey("wagtailimages.Image", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    picture_alt = models.CharField(_("what is to be seen"), max_length=250, blank=True, help_text=_("For people who cannot see it. Needed when there is a picture."))
    picture_caption = models.CharField(_("caption"), max_length=300, blank=True, help_text=_("Needed when there is a picture."))
    ends_at = models.DateTimeField(
        _("no longer in force from"), null=True, blank=True, db_index=True,
        help_text=_("From then on the page says “no longer in force”. It is not removed."),
    )
    end_note = models.CharField(_("why, or what replaces it"), max_length=300, blank=True)
    end_marked_at = models.DateTimeField(null=True, blank=True, editable=False)
    original_url = models.URLField(_("address on the old portal"), max_length=500, blank=True)
    imported = models.ForeignKey("news.PageImport", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+")

    template = "news/public/article.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    show_in_menus_default = False

    content_panels: list[Any] = [
        *SitePage.content_panels, FieldPanel("lead"), FieldPanel("category"), FieldPanel("body"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt"), FieldPanel("picture_caption")], heading=_("Picture of the article")),
        MultiFieldPanel([FieldPanel("byline"), FieldPanel("source"), FieldPanel("source_url")], heading=_("By-line and source")),
        InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
        InlinePanel("related_links", heading=_("Related articles"), label=_("Related article"), max_num=6),
        InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")),
        AdvicePanel(heading=_("Advice on the text")),
    ]
    promote_panels: list[Any] = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Address and search engines")),
        FieldPanel("tags"),
        FieldPanel("original_url", read_only=True),
    ]
    # Wagtail's own expiry takes a page away; here it stays and is marked.
    settings_panels: list[Any] = [
        PublishingPanel(children=[FieldPanel("go_live_at")]),
        MultiFieldPanel([FieldPanel("ends_at"), FieldPanel("end_note")], heading=_("No longer in force")),
        CommentPanel(),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Tidy pasted one-line texts before they are checked."""
        for name in TIDIED:
            setattr(self, name, clean_pasted(getattr(self, name) or ""))
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """A picture needs its two texts."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.picture_id and not self.picture_alt:
            errors["picture_alt"] = _("Say what is to be seen on the picture.")
        if self.picture_id and not self.picture_caption:
            errors["picture_caption"] = _("Give the picture a caption.")
        if errors:
            raise ValidationError(errors)

    @property
    def words(self) -> str:
        """Lead and body as plain text, a paragraph in a line."""
        return "\n".join(filter(None, (self.lead, plain_text(self.body))))

    @property
    def has_ended(self) -> bool:
        """True when it is marked as no longer in force."""
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def site(self) -> Site | None:
        """The Wagtail site it belongs to."""
        found: Site | None = self.get_site()
        return found


class Attachment(Orderable):
    """A file that belongs to an article."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("wagtaildocs.Document", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    label = models.CharField(_("name shown"), max_length=200, blank=True)

    panels = [FieldPanel("file"), FieldPanel("label")]

    def __str__(self) -> str:
        return self.label or str(self.file)


class Correction(Orderable):
    """What was wrong and is right now, with its day: readers see that the text was changed."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField(_("corrected at"), default=timezone.now)
    text = models.CharField(_("what was corrected"), max_length=500)

    panels = [FieldPanel("at"), FieldPanel("text", widget=forms.Textarea(attrs={"rows": 2}))]

    class Meta(Orderable.Meta):
        ordering = ["-at", "sort_order"]

    def __str__(self) -> str:
        when: datetime = timezone.localtime(self.at)
        return f"{when:%d/%m/%Y}: {self.text}"


class RelatedArticle(Orderable):
    """An article the editor wants to be read too."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_links")
    article = models.ForeignKey(ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("article", "news.ArticlePage")]

    def __str__(self) -> str:
        return str(self.article)
