"""A browser's name in the list of sessions."""

import pytest

from accounts.templatetags.devices import device

CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "shown"),
    [
        (CHROME.format("X11; Linux x86_64"), "Chrome · Linux"),
        (CHROME.format("Linux; Android 14; Pixel 8"), "Chrome · Android"),
        (CHROME.format("Windows NT 10.0; Win64; x64") + " Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile/15E148 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · macOS"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_is_called_by_its_name_and_system(user_agent: str, shown: str) -> None:
    assert device(user_agent) == shown
