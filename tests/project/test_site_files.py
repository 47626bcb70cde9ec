"""What is looked at of the site of an article, and that nothing outside of its tree is."""

from __future__ import annotations

from pathlib import Path

import pytest

from acu_lint.project.site_files import SiteFiles
from tests.conftest import Write

OUTSIDE = "author: Ana Silva\n"


@pytest.mark.parametrize("folder", ["layouts", "_data", "src", "content", "app"])
def test_a_linked_folder_is_not_looked_into(
    tmp_path: Path, write: Write, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    for name in ("base.html", "site.yml", "index.md", "[slug].astro"):
        write(f"outside/{name}", OUTSIDE)
    write("site/_config.yml", "title: A clinic\n")
    write("site/posts/a.md", "# A rest\n")
    (tmp_path / "site" / folder).symlink_to(outside)
    listed: list[str] = []

    def names(path: Path) -> frozenset[str]:
        listed.append(str(path))
        return _listing(path)

    monkeypatch.setattr("acu_lint.project.site_files._names", names)
    site = SiteFiles([str(tmp_path / "site")]).of(str(tmp_path / "site" / "posts" / "a.md"))
    texts = [file.text for file in (*site.config, *site.frames, *site.presentation, *site.beside)]
    assert OUTSIDE not in texts
    assert str(tmp_path / "site" / folder) not in listed


def _listing(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()


def test_configuration_layouts_and_pages_beside_are_read(tmp_path: Path, write: Write) -> None:
    write("_config.yml", "title: A clinic\n")
    write("_data/site.yml", "author: Ana Silva\n")
    write("_layouts/post.html", "<p>By Ana Silva</p>\n")
    for number in range(100):
        write(f"posts/{number:03}.md", f"# Page {number}\n")
    site = SiteFiles([str(tmp_path)]).of(str(tmp_path / "posts" / "007.md"))
    assert {file.name for file in site.config} == {"_config.yml", "_data/site.yml"}
    assert [file.name for file in site.frames] == ["_layouts/post.html"]
    names = [file.name for file in site.beside]
    assert 20 <= len(names) <= 40
    assert names == sorted(names)
    assert names[-1] > "posts/090.md"  # spread over the folder
