"""browse: the store in Datasette, with titles, facets, full-text search and the review pages."""
