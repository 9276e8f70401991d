"""Rules on numbers: counts, percents, intervals, P values, units."""
