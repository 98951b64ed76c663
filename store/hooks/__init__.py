"""Outgoing webhooks: events found, stored, sent."""
