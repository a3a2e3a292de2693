"""The scrape of one small website, against its budget, a peer and the limit."""
