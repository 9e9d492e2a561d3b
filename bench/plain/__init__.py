"""A table as Wagtail's own database search takes it: the baseline of bench/search.py."""
