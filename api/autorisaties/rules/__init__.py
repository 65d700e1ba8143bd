"""The rules of the Autorisaties API, a file for each number of the standard."""
