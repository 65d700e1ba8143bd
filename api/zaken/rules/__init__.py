"""The rules of the Zaken API, a file for each number of the standard."""
