"""The only builder of spaCy and scispaCy pipelines, and the models that can be installed for them."""
