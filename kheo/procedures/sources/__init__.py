"""Exports of other systems, read into dossiers without anybody's personal data."""
