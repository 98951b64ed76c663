"""StreamField blocks of the shop."""
