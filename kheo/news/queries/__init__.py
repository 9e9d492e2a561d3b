"""Reading the news: there is no other way to an article than through `public` or `editable_by`."""
