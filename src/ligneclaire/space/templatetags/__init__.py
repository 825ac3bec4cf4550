"""Filters for the templates of the space."""
