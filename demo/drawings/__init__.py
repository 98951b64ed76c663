"""Drawn demo pictures: products and scenes as SVG, written by plain functions."""
