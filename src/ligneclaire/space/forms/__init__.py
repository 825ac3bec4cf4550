"""What customers enter."""
