"""From a page to its calls: records, tables, feeds, sitemaps and the next page. Pure."""
