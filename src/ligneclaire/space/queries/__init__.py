"""What each page of the space shows, gathered from the domains."""
