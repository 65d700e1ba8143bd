"""The API of the vendor, for programs of its own organisations; and the keys with which they call."""
