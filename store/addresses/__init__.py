"""Addresses of parts of the shop; `store.urls` puts them together."""
