"""Measurements against budgets, each runnable by itself."""
