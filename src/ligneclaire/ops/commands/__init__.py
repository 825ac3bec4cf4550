"""One module for each command of `ligneclaire`: a click command named `command`."""
