# syntax=docker/dockerfile:1
# Two stages: one that installs, one that runs. The second holds no compiler, no cache and no key.
FROM python:3.11-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/cabildo
ENV PATH=/opt/cabildo/bin:$PATH
WORKDIR /src

# torch for CPU first, from its own index: from the general one it brings gigabytes of CUDA.
COPY constraints.txt ./
RUN pip install --index-url https://download.pytorch.org/whl/cpu --extra-index-url https://pypi.org/simple \
      "$(sed -n 's/^\(torch==.*\)/\1/p' constraints.txt)"

COPY . .
RUN pip install -c constraints.txt '.[openai,postgres]'

# tiktoken downloads its tables when first used; they are baked in so that the container never needs to.
ENV TIKTOKEN_CACHE_DIR=/opt/cabildo/tiktoken
RUN mkdir -p "$TIKTOKEN_CACHE_DIR" \
 && python -c "import tiktoken; [tiktoken.get_encoding(name).encode('cabildo') for name in ('o200k_base', 'cl100k_base')]" \
 && test "$(ls -A "$TIKTOKEN_CACHE_DIR" | wc -l)" -ge 2


FROM python:3.11-slim

COPY --from=build /opt/cabildo /opt/cabildo
RUN useradd --system --uid 10001 --create-home --home-dir /home/cabildo cabildo \
 && install --directory --owner=cabildo --group=cabildo /data

ENV PATH=/opt/cabildo/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TIKTOKEN_CACHE_DIR=/opt/cabildo/tiktoken \
    CABILDO_DATA_DIR=/data

USER cabildo
WORKDIR /home/cabildo
VOLUME /data
EXPOSE 8000

# The model is loaded before the first answer; the start period leaves room for it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

CMD ["cabildo", "serve", "--host", "0.0.0.0", "--port", "8000"]
