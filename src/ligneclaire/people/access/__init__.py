"""Who may do what: roles are code, and views and actions ask them."""
