"""The layer in front of Django that takes hits: the beacon, its log, its salts and its limits."""
