"""Searching opportunities: what is asked for, how it is found at a million rows, counts and facets."""
