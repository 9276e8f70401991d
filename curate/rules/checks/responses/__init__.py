"""Rules on the responses of variants to drugs."""
