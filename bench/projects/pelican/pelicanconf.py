"""Pelican with nothing but pages: no feeds, no lists, no cache of its own."""

SITENAME = "Mätplatsen"
SITEURL = ""
TIMEZONE = "Europe/Stockholm"
DEFAULT_LANG = "sv"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
ARTICLE_PATHS: list[str] = []
PAGE_PATHS = [""]
PATH_METADATA = r"(?P<slug>.+)\.md"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
DIRECT_TEMPLATES: list[str] = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
LOAD_CONTENT_CACHE = CACHE_CONTENT = False
MARKDOWN = {
    "extension_configs": {f"markdown.extensions.{name}": {} for name in ("meta", "tables", "footnotes", "toc")},
    "output_format": "html5",
}
