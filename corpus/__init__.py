"""corpus: what is known beforehand. The shipped documents and the reference data, with their loaders."""
