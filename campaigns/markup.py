"""A message's body as HTML and as text. Owners write plain text or simple HTML; scripts and the like fall out."""

import re
from html import escape, unescape
from html.parser import HTMLParser

from django.utils.html import urlize

PLAIN = frozenset(
    {"b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "pre", "s"}
    | {"small", "span", "strong", "sub", "sup", "table", "tbody", "thead", "tr", "u", "ul"}
)
ALLOWED: dict[str, tuple[str, ...]] = {
    "a": ("href", "title"),
    "img": ("src", "alt", "width", "height"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
    **dict.fromkeys(PLAIN, ()),
}
EMPTY = {"br", "hr", "img"}
# Their content is not text.
DROPPED = {"script", "style", "title", "head", "template", "iframe", "object", "noscript", "svg", "math"}
BLOCKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "pre", "table", "ul", "ol", "hr"}
# Of the merge fields only our own link may stand where an address begins: a name, or what is said when there is none,
# could be `javascript:`.
SAFE_URL = re.compile(r"\s*(https?://|mailto:|tel:|\{\{\s*unsubscribe_url\b)", re.IGNORECASE)
TAG = re.compile(rf"</?(?:{'|'.join(sorted(ALLOWED))})\b[^>]*>", re.IGNORECASE)


def is_html(body: str) -> bool:
    return TAG.search(body) is not None


def to_html(body: str) -> str:
    """Safe HTML: what is not allowed falls out; plain text gets its paragraphs and links."""
    if is_html(body):
        cleaner = Cleaner()
        cleaner.feed(body)
        cleaner.close()
        return cleaner.result()
    paragraphs = re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip())
    return "\n".join(f"<p>{urlize(text, autoescape=True).replace(chr(10), '<br>')}</p>" for text in paragraphs)


def to_text(body: str) -> str:
    """The body as plain text, links written out."""
    if not is_html(body):
        return body.replace("\r\n", "\n").strip()
    reader = Reader()
    reader.feed(body)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class Skipping(HTMLParser):
    """Knows whether it stands inside something whose content is dropped."""

    skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED:
            self.skipping += 1
        elif not self.skipping:
            self.opened(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED:
            self.skipping = max(0, self.skipping - 1)
        elif not self.skipping:
            self.closed(tag)

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.said(data)

    def opened(self, tag: str, attributes: dict[str, str]) -> None: ...

    def closed(self, tag: str) -> None: ...

    def said(self, data: str) -> None: ...


class Cleaner(Skipping):
    """Writes the allowed tags and attributes again, balanced."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open_tags: list[str] = []

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in ALLOWED:
            return
        kept = {name: value for name, value in attributes.items() if name in ALLOWED[tag]}
        for name in ("href", "src"):
            if name in kept and not SAFE_URL.match(unescape(kept[name])):
                del kept[name]
        self.parts.append("<" + tag + "".join(f' {name}="{escape(value)}"' for name, value in kept.items()) + ">")
        if tag not in EMPTY:
            self.open_tags.append(tag)

    def closed(self, tag: str) -> None:
        if tag in self.open_tags:
            while (last := self.open_tags.pop()) != tag:
                self.parts.append(f"</{last}>")
            self.parts.append(f"</{tag}>")

    def said(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))

    def result(self) -> str:
        return "".join(self.parts) + "".join(f"</{tag}>" for tag in reversed(self.open_tags))


class Reader(Skipping):
    """Reads the text, a line per block, an address behind each link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: list[str] = []

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "img" and attributes.get("alt"):
            self.parts.append(attributes["alt"])
        elif tag in BLOCKS:
            self.parts.append("\n\n" if tag != "li" else "\n- ")

    def closed(self, tag: str) -> None:
        if tag == "a" and self.links:
            link = self.links.pop()
            if SAFE_URL.match(link):
                self.parts.append(f" ({link})")
        elif tag in BLOCKS:
            self.parts.append("\n")

    def said(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))
