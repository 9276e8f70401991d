"""A PDF -> what its pages draw: words, rules, fills, pictures and links, with unicode and spacing settled."""
