"""Hostile input for whatever reads pages: no exception, no page that takes long, cost in line with size."""
