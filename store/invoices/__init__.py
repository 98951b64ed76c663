"""Invoices and credit notes: issued once, numbered without gaps, rendered from what was frozen that day."""
