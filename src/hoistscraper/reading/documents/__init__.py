"""Documents beside web pages: PDF by page and Word, as pages that are read like any other."""
