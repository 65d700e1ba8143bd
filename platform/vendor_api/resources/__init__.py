"""What the API serves, one noun a file."""
