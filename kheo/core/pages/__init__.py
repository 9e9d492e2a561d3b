"""The page store: anonymous pages kept as bytes, never older than the last commit. See README.md."""
