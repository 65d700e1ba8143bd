"""What the home page of the vendor is made of."""
