"""How well pages are read: our rules and their peers, changed pages, and whether confidence is right."""
