"""Static files under names that carry their content's hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Remembers the addresses: the manifest stays what it is while the process lives, and a page asks for a dozen."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.known: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        found = self.known.get(name)
        if found is None:
            found = super().url(name, force)
            if self.manifest_hash and not force:
                self.known[name] = found
        return found
