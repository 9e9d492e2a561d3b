"""What a dossier's result means: plain Python, sources named beside each rule."""
