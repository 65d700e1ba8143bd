"""The rules of the Documenten API, a file for each number of the standard."""
