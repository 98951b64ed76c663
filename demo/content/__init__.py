"""What the demo says: typed data, no queries."""
