"""What the steps of the wizard ask."""
