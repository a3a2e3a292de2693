"""Pages that only a browser can show: a real Chromium, behind a guard that it cannot get around."""
