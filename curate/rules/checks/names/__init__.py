"""Rules on names: spelling, codes, abbreviations, lists."""
