"""Exporters: one format a file, from the store's rows to text."""
