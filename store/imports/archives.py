"""Pictures in a ZIP file: read one at a time in memory, never unpacked to disk, never larger than a picture is."""

import re
import zlib
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from store.errors import StoreError
from store.imports.fetch import MAX_BYTES

MAX_ENTRIES = 50_000
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"}


class BadArchive(StoreError):
    """The ZIP file, or one picture in it, cannot be used."""

    code = "bad_archive"


class Pictures:
    """The pictures of a ZIP file by their names, in any case and in whatever folder."""

    def __init__(self, path: Path) -> None:
        try:
            self.archive = ZipFile(path)
            entries = self.archive.infolist()
        except (BadZipFile, OSError, ValueError) as error:
            raise BadArchive(_("The file with the pictures is not a ZIP file.")) from error
        if len(entries) > MAX_ENTRIES:
            raise BadArchive(_("The ZIP file holds more than %(most)d files.") % {"most": MAX_ENTRIES})
        self.by_name: dict[str, ZipInfo] = {}
        self.by_stem: dict[str, list[str]] = {}
        for entry in sorted(entries, key=lambda each: each.filename):
            name = PurePosixPath(entry.filename.replace("\\", "/")).name.lower()
            if Path(name).suffix in SUFFIXES and name not in self.by_name:
                self.by_name[name] = entry
                # A-1.jpg, A-1_2.jpg and A-1 (3).jpg all show A-1.
                stem = re.sub(r"(_\d{1,2}|\s*\(\d{1,2}\))\Z", "", Path(name).stem)
                self.by_stem.setdefault(stem, []).append(name)

    def __contains__(self, name: str) -> bool:
        return PurePosixPath(name.replace("\\", "/")).name.lower() in self.by_name

    def of(self, sku: str) -> list[str]:
        """Names of the pictures that are called like the SKU."""
        return self.by_stem.get(sku.lower(), [])

    def read(self, name: str) -> bytes:
        entry = self.by_name[PurePosixPath(name.replace("\\", "/")).name.lower()]
        if entry.file_size > MAX_BYTES:
            raise BadArchive(_("%(file)s is larger than %(most)d MB.") % {"file": name, "most": MAX_BYTES >> 20})
        try:
            with self.archive.open(entry) as stream:
                return stream.read(MAX_BYTES)
        except (BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error) as error:
            raise BadArchive(_("%(file)s in the ZIP file is damaged or locked.") % {"file": name}) from error
