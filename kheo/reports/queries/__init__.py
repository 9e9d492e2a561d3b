"""Reading reports: compile figures and content, check, compare, list."""
