"""Understanding the workbooks in which officers keep their lists of practices."""

from kheo.practices.sources.workbook import Understanding, Understood, understand

__all__ = ["Understanding", "Understood", "understand"]
