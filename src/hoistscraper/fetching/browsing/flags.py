"""How the browser is started: quiet, and with no way out but the egress proxy.

Playwright adds the flags that make a browser fit for automation (no first run, no updates, no sync). These
close what would pass a proxy by.
"""


def launch_flags(egress_url: str) -> list[str]:
    """Return the flags for a browser behind this proxy."""
    return [
        f"--proxy-server={egress_url}",
        "--proxy-bypass-list=<-loopback>",  # by itself Chromium goes straight to this machine
        # No name is resolved by the browser, so neither prefetching nor a direct connection gets anywhere.
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-quic",
        "--dns-prefetch-disable",
        "--no-pings",
        "--disable-client-side-phishing-detection",
        "--disable-domain-reliability",
        "--disable-remote-playback-api",
        "--disable-speech-api",
        "--disable-print-preview",
        "--disable-gpu",
        # Frames of other websites live in the page's process: a third of the memory, and what is blocked
        # for the page is blocked for them. The guard stands outside of all these processes.
        "--disable-site-isolation-trials",
    ]
