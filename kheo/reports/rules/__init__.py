"""Reports without a database: figures, tokens, layouts, checks, freezing, the lifecycle."""
