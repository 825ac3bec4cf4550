"""HTML components, styles and scripts that screens share."""
