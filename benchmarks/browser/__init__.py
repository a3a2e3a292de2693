"""How fast pages are rendered, and what reuse and blocking are worth."""
