"""What the preview's server says with every answer."""

from insyn.pages.policies import PAGE, PERMISSIONS, in_header

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": in_header(PAGE),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""As strict as the published site: pages load nothing from elsewhere, nobody frames them, no address leaks."""
