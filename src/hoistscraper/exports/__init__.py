"""Opportunities as files that other programs read."""
