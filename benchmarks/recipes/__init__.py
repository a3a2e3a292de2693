"""Recipes measured: what they save, and whether they find calls again after a layout has changed."""
