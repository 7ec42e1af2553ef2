"""``python -m dripline.portal.docs``: who may open which address, and by what the site is set, from the code itself."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from dripline.docs import FOLDER, rows
from dripline.words import Text

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

ABOUT = Text(
    zh="网站的每个地址向哪些角色、哪些职能、在哪些区域开放。未列角色一律不开放；机构之间的范围另由一处统一限定，见“看得到哪些记录”。",
    en="To which roles and functions, and in which zones, each address of the site is open. A role that is not named "
    "may not open it; which records of an institution are seen is narrowed in one place besides.",
)
SET_BY = Text(
    zh="网站由环境变量设置。`dripline site check` 指出投入使用前须整改的设置。",
    en="The site is set by variables of its surroundings. `dripline site check` names what must change before service.",
)
NOTICE = "由 `make docs` 从网站代码生成，请勿手工修改。 Generated from the code of the site by `make docs`; do not edit."
"""Not the notice of the core's pages: the core takes away what bears that and is none of its own."""
BY_LOGIN = Text(zh="登录自身的页面", en="pages of the login itself")
EVERYBODY = Text(zh="所有人", en="everybody")
EVERY_POST = Text(zh="任何岗位", en="every post")
WORKING = Text(zh="任何业务岗位", en="every working post")


def head(title: Text, about: Text) -> Iterator[str]:
    """How each page begins."""
    yield f"# {title.zh} · {title.en}\n"
    yield f"{NOTICE}\n"
    yield f"{about.zh}\n\n{about.en}\n"


def addresses(
    patterns: list[URLPattern | URLResolver], before: str = "/"
) -> Iterator[tuple[str, Any]]:
    """Each address with what its view says of access (None: a page of the login's library)."""
    from django.urls import URLResolver

    for one in patterns:
        where = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, where)
        else:
            yield where, getattr(one.callback, "access", None)


def both(choices: Any, names: tuple[str, ...]) -> str:
    """The labels of choices in both languages."""
    from django.utils.translation import override

    said = []
    for language, comma, public in (("zh-hans", "、", "公众"), ("en", ", ", "public")):
        with override(language):
            words = [public if one == "public" else str(choices(one).label) for one in names]
            said.append(comma.join(words))
    return " / ".join(said)


def access() -> Iterator[str]:
    """The page of addresses."""
    from django.urls import get_resolver

    yield from head(Text(zh="网站访问权限", en="Access to the site"), ABOUT)
    found = sorted(addresses(get_resolver().url_patterns), key=lambda one: one[0])
    body = [(where, *_open_to(one)) for where, one in found]
    yield from rows(("地址 Address", "角色 Role", "职能 Function", "区域 Zone"), body)


def _open_to(one: Any) -> tuple[str, str, str]:
    """Roles, functions and zones of an address, in words."""
    from dripline.portal.accounts.access import EVERYBODY as ALL
    from dripline.portal.accounts.models import ANY_FUNCTION, Function, Role

    if one is None:
        return f"{BY_LOGIN.zh} / {BY_LOGIN.en}", "", ""
    everybody = set(one.roles) == set(ALL)
    who = f"{EVERYBODY.zh} / {EVERYBODY.en}" if everybody else both(Role, one.roles)
    if not one.functions:
        functions = "" if everybody else f"{WORKING.zh} / {WORKING.en}"
    elif set(one.functions) == set(ANY_FUNCTION):
        functions = f"{EVERY_POST.zh} / {EVERY_POST.en}"
    else:
        functions = both(Function, one.functions)
    return who, functions, ", ".join(one.zones)


def settings() -> Iterator[str]:
    """The page of variables."""
    from dripline.portal.variables import VARIABLES

    yield from head(Text(zh="网站设置", en="Settings of the site"), SET_BY)
    yield from rows(
        ("变量 Variable", "默认 As usual", "中文", "English"),
        ((f"`{one.name}`", one.usual, one.says.zh, one.says.en) for one in VARIABLES),
    )


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "site-access.md": access,
    "site-settings.md": settings,
}


def main() -> int:
    """Writes the pages; they do not depend on the machine's own settings."""
    for name in [one for one in os.environ if one.startswith("DRIPLINE_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory() as home:
        os.environ["DRIPLINE_HOME"] = home
        os.environ["DRIPLINE_SECRET"] = "a secret that signs nothing while pages are written"
        os.environ["DJANGO_SETTINGS_MODULE"] = "dripline.portal.settings"
        import django

        django.setup()
        for name, page in PAGES.items():
            text = "\n".join(page())
            (FOLDER / name).write_text(text.rstrip() + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
