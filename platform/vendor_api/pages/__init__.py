"""The pages: the keys of an organisation, and the documentation."""
