# Builds without a compiler: every dependency is a wheel, but langdetect, which is plain Python.
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /app

# The same two steps as in the Makefile: setuptools first, then nothing that the lock does not name.
COPY requirements.lock ./
RUN python -m venv .venv \
    && awk '/^[^ ]/ { build = /^setuptools==/ } build' requirements.lock > build.txt \
    && .venv/bin/python -m pip install --require-hashes --no-deps -r build.txt \
    && .venv/bin/python -m pip install --require-hashes --no-deps --no-build-isolation -r requirements.lock \
    && rm build.txt

COPY pyproject.toml README.md LICENSE ./
COPY service/ service/
COPY locales/ locales/
COPY models/ models/
RUN .venv/bin/python -m pip install --no-deps --no-build-isolation -e . \
    && .venv/bin/pybabel compile -d locales \
    && env -C models sha256sum -c SHA256SUMS \
    && .venv/bin/python -m compileall -q service \
    && .venv/bin/python -m pip uninstall -q -y setuptools pip \
    && rm -rf build ./*.egg-info


FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home alihbahasa \
    && install -d -o alihbahasa -g alihbahasa /data

# Owned by root: the service can write its data and nothing else.
COPY --from=build /app /app
WORKDIR /app

# 0.0.0.0 is inside the container; ALLOW_PUBLIC says that whoever publishes the port has thought about who reaches it.
# ALIHBAHASA_PUBLIC_URL has no default here: docker run -e ALIHBAHASA_PUBLIC_URL=https://paper.example (docs/operate.md).
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ALIHBAHASA_DATA=/data \
    ALIHBAHASA_ALLOW_PUBLIC=1
USER 10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/health/live', timeout=4)"]

# Installing again is cheap and changes nothing; `exec` makes the service process 1, so that it hears TERM.
ENTRYPOINT ["/bin/sh", "-ec", "alihbahasa models install --newer --pin models/*.argosmodel; exec alihbahasa serve --host 0.0.0.0 --port 8080 \"$@\"", "alihbahasa"]
