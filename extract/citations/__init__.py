"""How a paper cites its list of references in running text."""
