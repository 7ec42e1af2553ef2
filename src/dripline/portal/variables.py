"""Every variable a site is set by, in words: for the page of settings and for the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dripline.words import Text


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable, what it is where nothing is said, and what it means."""

    name: str
    usual: str
    says: Text
    secret: bool = False


def variable(name: str, usual: str, zh: str, en: str, *, secret: bool = False) -> Variable:
    """A variable by its name without the prefix that all share."""
    return Variable(f"DRIPLINE_{name}", usual, Text(zh=zh, en=en), secret)


VARIABLES = (
    variable(
        "HOME",
        "var",
        "数据目录：事实库、工作库和上传文件",
        "Data home: the store, the working database, uploads",
    ),
    variable(
        "ZONE",
        "all",
        "所在区域：inner、extra、public 或 all",
        "Where the site stands: inner, extra, public or all",
    ),
    variable(
        "HOSTS",
        "127.0.0.1,localhost",
        "网站的域名，以逗号分隔",
        "Names under which the site is reached, with commas",
    ),
    variable("HTTPS", "no", "网站在 TLS 之后", "The site stands behind TLS"),
    variable(
        "DEBUG", "no", "出错时显示程序内容；仅限开发", "Errors show code; for developers only"
    ),
    variable(
        "SECRET", "made once", "会话与签名的密钥", "Key of sessions and signatures", secret=True
    ),
    variable(
        "DATABASE",
        "SQLite",
        "工作库：postgresql://用户:口令@主机/库名",
        "Working database: postgresql://user:password@host/name",
        secret=True,
    ),
    variable(
        "MAIL_HOST",
        "off",
        "发信服务器；不填则不发邮件",
        "Server that sends letters; none are sent without",
    ),
    variable("MAIL_PORT", "25", "发信服务器端口", "Its port"),
    variable("MAIL_USER", "none", "发信用户名", "User name there"),
    variable("MAIL_PASSWORD", "none", "发信口令", "Password there", secret=True),
    variable("MAIL_FROM", "none", "发件人地址", "Address the letters come from"),
    variable(
        "WEBHOOK_HOSTS",
        "none",
        "可回调的主机名，以逗号分隔",
        "Hosts that may be called with news, with commas",
    ),
    variable(
        "SYNTHETIC", "no", "数据为虚构，每页注明", "The data are invented, and each page says so"
    ),
    variable(
        "SECOND_FACTOR", "no", "每个账号都须有第二因素", "Every account needs a second factor"
    ),
    variable("PASSWORD_LENGTH", "12", "口令最短长度", "Least length of a password"),
    variable(
        "LOGIN_FAILURES",
        "5",
        "连续输错几次后锁定",
        "Wrong passwords after which an account is locked",
    ),
    variable("LOCKED_MINUTES", "30", "锁定分钟数", "Minutes it stays locked"),
    variable(
        "IDLE_MINUTES",
        "30",
        "无操作多少分钟后会话结束",
        "Minutes without use after which a session ends",
    ),
    variable(
        "SESSION_HOURS", "8", "会话最长小时数", "Hours after which a session ends even in use"
    ),
    variable("INVITATION_DAYS", "7", "邀请有效天数", "Days an invitation lasts"),
    variable(
        "PROXY",
        "none",
        "可信代理的地址或网段，以逗号分隔",
        "Addresses or networks of trusted proxies, with commas",
    ),
    variable(
        "CERTIFICATE_HEADER",
        "off",
        "代理写入证书核验结果、主体和序列号的三个请求头",
        "Three headers of the proxy: certificate verified, its subject, its serial number",
    ),
    variable(
        "OIDC_SERVER", "off", "统一身份认证服务的地址", "Address of the single sign-on service"
    ),
    variable("OIDC_CLIENT", "off", "在该服务登记的客户端名", "Client name registered there"),
    variable("OIDC_SECRET", "off", "该客户端的密钥", "Secret of that client", secret=True),
    variable("OIDC_NAME", "OIDC", "登录按钮上的服务名称", "Name of the service on the button"),
    variable("OIDC_CLAIM", "sub", "以哪一项声明识别账号", "Claim by which an account is known"),
)


def as_they_are(variables: Mapping[str, str]) -> Iterator[tuple[Variable, str, bool]]:
    """Each variable with its value (of a secret: nothing) and whether it was set."""
    for one in VARIABLES:
        value = variables.get(one.name) or ""
        yield one, "" if one.secret else value or one.usual, bool(value)
