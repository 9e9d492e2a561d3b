"""Pages of the news, what is kept about their texts, and imports of old pages."""

from kheo.news.models.article import ArticlePage, ArticleTag, Attachment, Correction, RelatedArticle
from kheo.news.models.base import SitePage
from kheo.news.models.category import Category
from kheo.news.models.index import NewsIndexPage
from kheo.news.models.moving import PageImport
from kheo.news.models.prints import Fingerprint, KeptTwin, Shingle
from kheo.news.models.review import ReviewTask

__all__ = [
    "ArticlePage", "ArticleTag", "Attachment", "Category", "Correction", "Fingerprint", "KeptTwin", "NewsIndexPage",
    "PageImport", "RelatedArticle", "ReviewTask", "Shingle", "SitePage",
]
