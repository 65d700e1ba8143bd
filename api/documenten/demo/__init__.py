"""Documents to try things with."""
