# Shared by the scripts of the virtual Pi; sourced, never run.
# Everything that cannot go on ends through fail: one clear line.

CACHE=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/edgevoice-rig

say() { printf '%s\n' "$*"; }
fail() { printf 'virtual Pi: %s\n' "$*" >&2; exit 3; }

# need_packages NAME...: installs what is missing, as root or through sudo.
need_packages() {
  local name missing=() root=() log
  command -v dpkg-query >/dev/null || fail "this is not a Debian system: install these yourself: $*"
  for name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} != 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || fail "cannot install as this user without sudo; run: sudo apt-get install ${missing[*]}"
    root=(sudo -n)
  fi
  say "installing ${missing[*]}"
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
  log=$( { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } 2>&1 </dev/null) ||
    fail "apt-get could not install ${missing[*]}: $(tail -n 1 <<<"$log")"
}

# need_space FOLDER MEGABYTES: the folder must exist.
need_space() {
  local free
  free=$(df --output=avail -B1M "$1" | tail -n 1 | tr -d ' ')
  [ "$free" -ge "$2" ] || fail "$1 has $free MB free and $2 MB are needed: make room or set XDG_CACHE_HOME"
}

# hash_of FOLDER FILE...: one short hash over the files' names and contents.
hash_of() {
  local folder=$1
  shift
  (cd "$folder" && sha256sum -- "$@") | sha256sum | cut -c1-16
}
