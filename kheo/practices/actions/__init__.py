"""Every write on a practice, one module per verb."""
