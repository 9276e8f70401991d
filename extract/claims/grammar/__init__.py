"""The words by which sentences state claims, built from named parts."""
