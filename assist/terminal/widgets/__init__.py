"""What the screens are made of, one job each."""
