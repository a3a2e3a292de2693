"""Pages from the web: guarded, polite, bounded."""
