"""Plain Python rules: no Django, no database, no request."""
