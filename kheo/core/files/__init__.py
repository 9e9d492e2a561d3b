"""What an uploaded file really is, and what it may not carry."""
