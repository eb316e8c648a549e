"""What a browser is told that pages may do. Told in each page, and in files for servers that can say it too.

A page loads nothing but the site's own styles, fonts, pictures and scripts, sends no form, and runs no script that
stands in the page. Only the search page's script fetches anything; all pages may, for tools that look at a page from
within and ask for the site's robots.txt.
"""

from collections.abc import Mapping

from markupsafe import Markup

Rules = Mapping[str, str]

NOBODY, OURSELVES = "'none'", "'self'"
PAGE: Rules = {
    "default-src": NOBODY,
    "style-src": OURSELVES,
    "font-src": OURSELVES,
    "img-src": OURSELVES,
    "script-src": OURSELVES,
    "connect-src": OURSELVES,
    "base-uri": NOBODY,
    "form-action": NOBODY,
}
BY_SERVER: Rules = {"frame-ancestors": NOBODY}
"""What only a server can say: that no other site may show ours in a frame."""

REFERRER = "strict-origin-when-cross-origin"
UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What browsers can do and no page asks for."""
PERMISSIONS = Markup(", ".join(f"{feature}=()" for feature in UNUSED))


def in_page(rules: Rules) -> Markup:
    """Write a content security policy as a page states it."""
    return Markup("; ".join(f"{name} {value}" for name, value in rules.items()))


def in_header(rules: Rules) -> Markup:
    """Write a content security policy as a server states it."""
    return in_page({**rules, **BY_SERVER})
