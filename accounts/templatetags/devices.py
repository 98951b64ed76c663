"""What a browser calls itself, in two words."""

import re

from django import template

register = template.Library()

# The first that fits: Edge and Opera also say Chrome, and Chrome also says Safari.
BROWSERS = {
    r"Edg(e|A|iOS)?/": "Edge",
    r"OPR/": "Opera",
    r"YaBrowser/": "Yandex",
    r"SamsungBrowser/": "Samsung Internet",
    r"Firefox/|FxiOS/": "Firefox",
    r"Chrome/|CriOS/": "Chrome",
    r"Version/.*Safari/": "Safari",
}
SYSTEMS = {
    r"iPhone": "iPhone",
    r"iPad": "iPad",
    r"Android": "Android",
    r"Windows": "Windows",
    r"Macintosh": "macOS",
    r"CrOS": "ChromeOS",
    r"Linux": "Linux",
}


@register.filter
def device(user_agent: str) -> str:
    """ "Chrome · Android"; what is in neither list stays as it came."""
    found = [first(names, user_agent) for names in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) if found[0] else user_agent


def first(names: dict[str, str], user_agent: str) -> str:
    return next((name for pattern, name in names.items() if re.search(pattern, user_agent)), "")
