"""Segments: saved questions about an owner's recipients, answered anew each time.

Rules are `{"match": "all" | "any", "rules": [{"field": …, "test": …, "value": …}]}`. What can be asked stands in
`vocabulary`; `checked` explains what is wrong with rules, `matching` turns them into a query.
"""

from campaigns.segments.rules import asked_segments, check_depth, checked, matching

__all__ = ["asked_segments", "check_depth", "checked", "matching"]
