"""What customers see, one module for each part of the space."""
