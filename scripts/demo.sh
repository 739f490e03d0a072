#!/usr/bin/env bash
# The demonstration: reads the project's own small documents, answers three questions, starts the server.
# BIN: where `cabildo` is (default .venv/bin). PORT: default 8000. DEMO_ONCE=1: stop after one health check.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=$(cd "${BIN:-.venv/bin}" && pwd)
port=${PORT:-8000}
data=$PWD/.demo
rm -rf "$data"
mkdir -p "$data"

# From the data folder, so that a .env of this one has no part in the demonstration.
documents=$PWD/eval/sets/cartagena/documents
export CABILDO_DATA_DIR=$data
cd "$data"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

say "Leyendo los documentos de ejemplo…"
"$bin/cabildo" ingest "$documents"

for question in \
  "¿Cuántas cámaras nuevas se van a instalar?" \
  "¿En cuánto tiempo deben llegar los bomberos a una emergencia?" \
  "¿Cuánta plata se ejecutó en la política de gobierno digital?"; do
  say "» $question"
  "$bin/cabildo" ask "$question"
done

say "El servidor, en http://127.0.0.1:$port (para preguntar y explorar en el navegador; la API, en /docs). Para terminar: Ctrl-C"
if [[ ${DEMO_ONCE:-} != 1 ]]; then
  exec "$bin/cabildo" serve --port "$port"
fi

"$bin/cabildo" serve --port "$port" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
for _ in $(seq 120); do
  kill -0 "$server" 2>/dev/null || { echo "El servidor no arrancó." >&2; exit 1; }
  if "$bin/python" - "$port" <<'PY' 2>/dev/null; then
import sys, urllib.request
print(urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/readyz", timeout=2).read().decode())
PY
    exit 0
  fi
  sleep 0.5
done
echo "El servidor no respondió en un minuto." >&2
exit 1
