#!/usr/bin/env bash
# A cluster of silos as processes of this machine, over one storage (PostgreSQL or Azure Storage) and one gateway.
#
#   cluster.sh up [N]      starts what is missing of N silos (3), each on a free port
#   cluster.sh kill N      SIGKILL to silo N
#   cluster.sh stop N      SIGSTOP to silo N: it is alive and does nothing;  cluster.sh cont N lets it go on
#   cluster.sh drain N     SIGTERM to silo N, and waits until it has handed over its runs and ended
#   cluster.sh start N     silo N again, or one more
#   cluster.sh status      which silos are there, and where
#   cluster.sh down        ends them all
#
# CLUSTER_DIR       where process ids, addresses and logs are kept (data/cluster)
# CLUSTER_STORAGE   postgres (default) or azure
# CLUSTER_POSTGRES  the database, as a .NET connection string; without, a server is started for the cluster (Debian: postgresql)
# CLUSTER_AZURE     the storage account's connection string; without, Azurite is started for the cluster (npm)
# CLUSTER_GATEWAY   the bridge's URL; without, the emulator is started
# CLUSTER_BUILD     Release or Debug (Release)
# CLUSTER_HOST      the address at which the emulator listens (127.0.0.1)
# CLUSTER_EXEC      put before a silo's command: $CLUSTER_EXEC N dotnet …
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dir=${CLUSTER_DIR:-$here/data/cluster}
build=${CLUSTER_BUILD:-Release}
storage=${CLUSTER_STORAGE:-postgres}
mkdir -p "$dir"

assembly() { echo "$here/$1/bin/$build/net10.0/$2.dll"; }
alive() { [[ -f $dir/$1/pid ]] && kill -0 "$(<"$dir/$1/pid")" 2>/dev/null; }
signal() { alive "silo-$2" || { echo "silo $2 is not running" >&2; exit 1; }; kill "-$1" "$(<"$dir/silo-$2/pid")"; }

# launch NAME COMMAND…: in the background, until its first line says where it listens.
launch() {
  local name=$1; shift
  mkdir -p "$dir/$name"
  : >"$dir/$name/out"
  setsid "$@" >"$dir/$name/out" 2>>"$dir/$name/log" </dev/null 9>&- &
  echo $! >"$dir/$name/pid"
}

# listening NAME: waits for that line; answers the address.
listening() {
  local name=$1 url=
  for ((i = 0; i < 6000; i++)); do
    url=$(grep -o 'http://[0-9.]*:[0-9]*' "$dir/$name/out" | head -n 1) || true
    [[ -n $url ]] && { echo "$url" >"$dir/$name/url"; return; }
    alive "$name" || { echo "$name ended:" >&2; tail -n 20 "$dir/$name/log" >&2; exit 1; }
    sleep 0.05
  done
  echo "$name does not answer: see $dir/$name/log" >&2
  exit 1
}

postgres() {
  [[ -n ${CLUSTER_POSTGRES:-} ]] && { keep "$CLUSTER_POSTGRES"; return; }
  [[ -f $dir/storage ]] && alive server && return
  local bin account=() data=$dir/server/data
  bin=${POSTGRES_BIN:-$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)}
  # The server does not run as root.
  (( EUID == 0 )) && account=(setpriv --reuid=postgres --regid=postgres --init-groups)
  mkdir -p "$dir/server"
  "${account[@]}" test -x "$dir/server" || { echo "the account postgres can not enter $dir: open the folders on the way (chmod o+x), or set CLUSTER_DIR" >&2; exit 1; }
  if [[ ! -f $data/PG_VERSION ]]; then
    local password; password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    (umask 077; echo "$password" >"$dir/server/password")
    mkdir -p "$data" && chmod 700 "$data"
    (( EUID == 0 )) && chown postgres "$data" "$dir/server/password"
    "${account[@]}" "$bin/initdb" --pgdata "$data" --username postgres --auth scram-sha-256 --pwfile "$dir/server/password" \
      --encoding UTF8 --locale C >/dev/null
  fi
  local port; port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  launch server "${account[@]}" "$bin/postgres" -D "$data" -k "" -c listen_addresses=127.0.0.1 -c "port=$port" -c max_connections=300
  until "$bin/pg_isready" --quiet --host 127.0.0.1 --port "$port"; do
    alive server || { tail -n 20 "$dir/server/log" >&2; exit 1; }
    sleep 0.05
  done
  keep "Host=127.0.0.1;Port=$port;Database=postgres;Username=postgres;Password=$(<"$dir/server/password")"
}

# The account of every Azurite, and its published key.
azure() {
  [[ -n ${CLUSTER_AZURE:-} ]] && { keep "$CLUSTER_AZURE"; return; }
  [[ -f $dir/storage ]] && alive azurite && return
  local npm=$here/tests/TestKit/Azurite/npm account=devstoreaccount1 blobs tables
  local key=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==
  [[ -d $npm/node_modules ]] || npm ci --prefix "$npm" --ignore-scripts --no-audit --no-fund >/dev/null
  launch azurite node "$npm/node_modules/azurite/dist/src/azurite.js" --blobHost 127.0.0.1 --blobPort 0 --queueHost 127.0.0.1 --queuePort 0 \
    --tableHost 127.0.0.1 --tablePort 0 --location "$dir/azurite/data" --skipApiVersionCheck --disableTelemetry --silent
  until tables=$(where Table) && blobs=$(where Blob); do
    alive azurite || { tail -n 20 "$dir/azurite/log" >&2; exit 1; }
    sleep 0.05
  done
  keep "DefaultEndpointsProtocol=http;AccountName=$account;AccountKey=$key;BlobEndpoint=$blobs/$account;TableEndpoint=$tables/$account"
}

where() { sed -n "s/^Azurite $1 service is successfully listening at //p" "$dir/azurite/out" | grep .; }

# keep CONNECTION: how the silos reach their storage.
keep() { (umask 077; echo "$1" >"$dir/storage"); }

storage() {
  case $storage in
    postgres) postgres ;;
    azure) azure ;;
    *) echo "CLUSTER_STORAGE is '$storage': give postgres or azure" >&2; exit 2 ;;
  esac
}

gateway() {
  [[ -n ${CLUSTER_GATEWAY:-} ]] && { echo "$CLUSTER_GATEWAY" >"$dir/gateway"; return; }
  alive emulator && return
  launch emulator dotnet "$(assembly emulator Orchestrator.Emulator)" --urls "http://${CLUSTER_HOST:-127.0.0.1}:0"
  listening emulator
  cp "$dir/emulator/url" "$dir/gateway"
}

silo() {
  local exec=() journal=Postgres cluster=Postgres
  [[ $storage == azure ]] && journal=AzureBlobs cluster=Azure
  [[ -n ${CLUSTER_EXEC:-} ]] && exec=("$CLUSTER_EXEC" "$1")
  Journal__ConnectionString=$(<"$dir/storage") launch "silo-$1" "${exec[@]}" dotnet "$(assembly silo Orchestrator.Silo)" \
    --urls "${CLUSTER_URLS:-http://127.0.0.1:0}" --Data:Directory "$dir/silo-$1/data" --Gateway:BridgeUrl "$(<"$dir/gateway")" \
    --Journal:Provider "$journal" --Cluster:Storage "$cluster" --Cluster:Name "silo-$1" --Cluster:SiloPort 0 ${CLUSTER_SETTINGS:-}
}

built() {
  [[ -f $(assembly silo Orchestrator.Silo) ]] || dotnet build "$here/silo" -c "$build" -v q -nologo
  [[ -n ${CLUSTER_GATEWAY:-} || -f $(assembly emulator Orchestrator.Emulator) ]] || dotnet build "$here/emulator" -c "$build" -v q -nologo
}

status() {
  for silo in "$dir"/silo-*; do
    [[ -d $silo ]] || continue
    if alive "${silo##*/}"; then echo "${silo##*/} $(<"$silo/pid") $(<"$silo/url")"; else echo "${silo##*/} down"; fi
  done
}

end() { alive "$1" || return 0; kill "-${2:-TERM}" "$(<"$dir/$1/pid")"; while alive "$1"; do sleep 0.05; done; }

case ${1:-} in
  up)
    built; storage; gateway
    for ((n = 1; n <= ${2:-3}; n++)); do alive "silo-$n" || silo "$n"; done
    for ((n = 1; n <= ${2:-3}; n++)); do listening "silo-$n"; done
    status ;;
  start) built; storage; gateway; silo "$2"; listening "silo-$2"; status ;;
  kill) signal KILL "$2" ;;
  stop) signal STOP "$2" ;;
  cont) signal CONT "$2" ;;
  drain) signal TERM "$2"; while alive "silo-$2"; do sleep 0.05; done ;;
  status) status ;;
  down)
    for silo in "$dir"/silo-*; do [[ -d $silo ]] && alive "${silo##*/}" && kill -CONT "$(<"$silo/pid")" && kill -TERM "$(<"$silo/pid")"; done || true
    for silo in "$dir"/silo-*; do while alive "${silo##*/}"; do sleep 0.05; done; done
    end emulator; end azurite; end server INT ;;
  *) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 2 ;;
esac
