"""Documents in bulk: a table of metadata, and files that lie in a folder of the municipality."""
