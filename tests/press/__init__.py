"""A press: a neutral article, set in any style by several producers, each with its gold.

An `Article` says what stands in a paper and knows no layout; a `Style` says how it looks and is drawn from a seed;
a setter writes the PDF of both. So the same words, tables and references can be had in layouts that nobody tuned to.
"""
