"""What a page does not need to be read: pictures, sounds, films, typefaces, and those who count visitors."""

_ENDINGS = (
    "png jpg jpeg gif webp avif ico bmp apng tif tiff svg "
    "mp4 webm m4v mov avi mkv mp3 m4a aac ogg oga ogv wav flac m3u8 "
    "woff woff2 ttf otf eot"
).split()
_TRACKERS = (
    "google-analytics.com googletagmanager.com doubleclick.net googlesyndication.com googleadservices.com "
    "connect.facebook.net hotjar.com clarity.ms bat.bing.com snap.licdn.com px.ads.linkedin.com "
    "static.ads-twitter.com analytics.tiktok.com cdn.segment.com api.segment.io mixpanel.com amplitude.com "
    "fullstory.com mouseflow.com crazyegg.com scorecardresearch.com quantserve.com chartbeat.com "
    "nr-data.net js-agent.newrelic.com browser.sentry-cdn.com criteo.com taboola.com outbrain.com "
    "adservice.google.com adsrvr.org matomo.cloud plausible.io"
).split()

BLOCKED_URLS: tuple[str, ...] = (
    *(f"*.{ending}" for ending in _ENDINGS),
    *(f"*.{ending}?*" for ending in _ENDINGS),
    *(f"*://{host}/*" for host in _TRACKERS),
    *(f"*://*.{host}/*" for host in _TRACKERS),
)
"""Patterns of addresses, with ``*`` for anything, as ``Network.setBlockedURLs`` takes them."""
