"""The advisers' door."""
