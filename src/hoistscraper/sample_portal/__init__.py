"""A made-up funding portal, served on loopback, for a first scrape that needs no network."""
