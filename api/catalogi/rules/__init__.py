"""The rules of the Catalogi API, a file for each number of the standard."""
