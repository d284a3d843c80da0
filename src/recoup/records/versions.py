"""The text of every library version that somebody used, so that a past decision can be replayed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.db import models, router, transaction

from recoup.library import version_of


class LibraryText(models.Model):
    """One file's text, stored once however many versions hold it."""

    sha256 = models.CharField(primary_key=True, max_length=64, editable=False)
    text = models.TextField()

    def __str__(self) -> str:
        return self.sha256


class LibraryVersion(models.Model):
    """One state of the whole library; ``manifest`` maps each path to the sha256 of its text."""

    hash = models.CharField(primary_key=True, max_length=64, editable=False)
    manifest = models.JSONField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.hash


def keep(texts: Mapping[str, str]) -> str:
    """Store the texts by path unless this version is stored already; return its hash."""
    version = version_of(texts)
    if LibraryVersion.objects.filter(pk=version).exists():
        return version
    manifest = {path: _sha256(text) for path, text in texts.items()}
    by_hash = {manifest[path]: text for path, text in texts.items()}
    with transaction.atomic(using=router.db_for_write(LibraryVersion)):
        # Another process may be keeping the same version: the content is equal, either may win.
        LibraryText.objects.bulk_create(
            (LibraryText(sha256=sha256, text=text) for sha256, text in sorted(by_hash.items())),
            ignore_conflicts=True,
        )
        LibraryVersion.objects.bulk_create(
            [LibraryVersion(hash=version, manifest=manifest)], ignore_conflicts=True
        )
    return version


def is_kept(version: str) -> bool:
    return LibraryVersion.objects.filter(pk=version).exists()


def texts_of(version: str) -> dict[str, str]:
    """Return the texts of a version by path, in two queries. Raises LibraryVersion.DoesNotExist."""
    manifest: dict[str, str] = LibraryVersion.objects.get(pk=version).manifest
    stored = LibraryText.objects.in_bulk(set(manifest.values()))
    return {path: stored[manifest[path]].text for path in sorted(manifest)}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
