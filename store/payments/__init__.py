"""Getting paid: one interface to every gateway, one `settle` for all that they say."""
