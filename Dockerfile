# Two images from one file: `docker build --target api .` and `docker build --target worker .`
#
# The base is pinned by tag, not by digest: a rebuild then takes the distribution's security fixes. Who needs the very same image
# twice pins the digest in their own registry. All Python packages are pinned by hash (docs/adr/0008).
# `deploy/try-images` builds both without a daemon, runs the service from them and checks the sample draft (docs/operations.md).

FROM python:3.13-slim-trixie AS base
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

# ── our own packages: the web server's holds no worker, no model and no command line ────────────────────────────────
FROM base AS api-package
COPY requirements/build.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY factcheck factcheck
COPY service service
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheels/api .

FROM api-package AS worker-package
COPY worker worker
COPY factcheck_cli factcheck_cli
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheels/worker .

# ── libraries: wheels only, so that no compiler is needed, here or later ────────────────────────────────────────────
FROM base AS api-libraries
COPY requirements/api.txt requirements/
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --only-binary :all: --require-hashes -r requirements/api.txt
COPY --from=api-package /wheels/api /wheels
RUN pip --python /venv/bin/python install --no-cache-dir --no-deps --no-index /wheels/*.whl \
    && rm /venv/bin/factcheck

FROM base AS worker-libraries
COPY requirements/worker.txt requirements/
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --only-binary :all: --require-hashes -r requirements/worker.txt
COPY --from=worker-package /wheels/worker /wheels
RUN pip --python /venv/bin/python install --no-cache-dir --no-deps --no-index /wheels/*.whl
# A third of the libraries is symbols for debuggers, tests, sources, and parts that no process imports.
# hadolint ignore=DL3008
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends binutils >/dev/null \
    && site=/venv/lib/python3.13/site-packages \
    && for name in blis cryptography cymem murmurhash preshed spacy srsly tantivy thinc tokenizers; do \
        find "$site/$name" -name "*.so" -exec strip --strip-unneeded {} +; \
        find "$site/$name" -type d -name tests -prune -exec rm -rf {} +; \
    done \
    && find "$site" -type f "(" -name "*.pyx" -o -name "*.pxd" -o -name "*.pyi" ")" -delete \
    && find "$site/babel/locale-data" -type f ! -name "root.dat" ! -name "en*.dat" -delete \
    && rm -rf "$site"/hf_xet "$site"/huggingface_hub "$site"/setuptools "$site"/_distutils_hack "$site"/distutils-precedence.pth \
        "$site"/onnxruntime/quantization "$site"/onnxruntime/tools "$site"/onnxruntime/transformers \
        /var/lib/apt/lists/*

# ── what both images run on: a user without rights, a folder for data, nothing else that can be written ─────────────
FROM base AS runtime
RUN groupadd --gid 10001 factcheck \
    && useradd --uid 10001 --gid factcheck --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin factcheck \
    && install -d -o factcheck -g factcheck /data \
    && pip uninstall --yes --quiet pip
ENV PATH=/venv/bin:$PATH \
    FACTCHECK_DATA_DIR=/data
VOLUME /data

# ── api: web server; no model library, no model ─────────────────────────────────────────────────────────────────────
FROM runtime AS api
COPY --from=api-libraries /venv /venv
USER 10001:10001
ENV FACTCHECK_HOST=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
# Heartbeat files lie in memory, since nothing else can be written.
CMD ["gunicorn", "--config", "python:service.gunicorn_conf", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", \
     "service.wsgi:app"]

# ── worker: models; also the indexer and the command line ───────────────────────────────────────────────────────────
FROM runtime AS worker
COPY --from=worker-libraries /venv /venv
USER 10001:10001
# The models' weights in pages of 2 MB: 4 % less processor time (docs/performance.md).
ENV GLIBC_TUNABLES=glibc.malloc.hugetlb=1
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s --retries=3 CMD ["factcheck", "doctor"]
CMD ["python", "-m", "worker"]
