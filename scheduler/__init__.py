"""What is due, and making sure that it is told once. Imports the values of `knowledge` only."""
