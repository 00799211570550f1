"""What one asks of the rounds: every query takes the reader, and starts from `rights`."""
