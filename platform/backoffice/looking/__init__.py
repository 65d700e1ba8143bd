"""How a person of the vendor sees a municipality with a grant: read-only, masked, and written down."""
