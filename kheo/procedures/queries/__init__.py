"""Reading results: what is published, what a person at the desk may see."""
