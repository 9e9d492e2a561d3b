"""What is kept to find texts that say the same: derived from the articles, rebuilt by a command."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.news.models.article import ArticlePage


class Fingerprint(models.Model):
    """The folded text of an article's newest version: its hash, and how many words it has."""

    article = models.OneToOneField(ArticlePage, on_delete=models.CASCADE, related_name="fingerprint")
    digest = models.CharField(max_length=64, db_index=True)
    words = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("fingerprint of an article")
        verbose_name_plural = _("fingerprints of articles")

    def __str__(self) -> str:
        return self.digest[:12]


class Shingle(models.Model):
    """One of the smallest hashes of five words in a row; shared ones tell that texts are near."""

    fingerprint = models.ForeignKey(Fingerprint, on_delete=models.CASCADE, related_name="shingles")
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["value"], name="news_shingle_value")]
        verbose_name = _("shingle")
        verbose_name_plural = _("shingles")

    def __str__(self) -> str:
        return str(self.value)


class KeptTwin(models.Model):
    """Somebody looked at two texts that say the same and decided that both are to be published."""

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="kept_twins")
    other = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)  # of the article's text at the time; another text asks again
    reason = models.CharField(_("reason"), max_length=300)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "other", "digest"], name="news_twin_once")]
        verbose_name = _("twin that was kept")
        verbose_name_plural = _("twins that were kept")

    def __str__(self) -> str:
        return f"{self.article_id} / {self.other_id}"
