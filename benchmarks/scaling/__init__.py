"""What many more websites a day would take, reckoned from measured figures."""
