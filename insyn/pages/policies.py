"""What pages may do, as declared to browsers: in each page, and in files for servers that can declare it too.

A page loads only the site's own styles, fonts, pictures and scripts, sends no form, and runs no inline script. Only the
search page's script fetches anything; all pages may, for tools that examine a page from within and request the site's
robots.txt.
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
"""Rules that only a server can state: that no other site may show ours in a frame."""

REFERRER = "strict-origin-when-cross-origin"
UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""Browser features that no page uses."""
PERMISSIONS = Markup(", ".join(f"{feature}=()" for feature in UNUSED))


def in_page(rules: Rules) -> Markup:
    """Format a content security policy for the head of a page."""
    return Markup("; ".join(f"{name} {value}" for name, value in rules.items()))


def in_header(rules: Rules) -> Markup:
    """Format a content security policy for a server's header."""
    return in_page({**rules, **BY_SERVER})
