"""What one asks of the figures: every query takes the reader, and starts from `rights`."""
