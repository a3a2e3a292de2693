"""How fast jobs come and go, with nothing to scrape in them."""
