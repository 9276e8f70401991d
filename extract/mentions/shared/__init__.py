"""The parts of the recognisers' grammars: named pieces of notation, each a function from text to finds."""
