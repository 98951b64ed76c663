"""StreamField blocks, some of which draw on several apps."""
