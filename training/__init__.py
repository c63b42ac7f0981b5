"""Makes the model files that assist ships; needs the `train` extra. See README.md here."""
