"""How a request of the API comes in, and how its answer goes out."""
