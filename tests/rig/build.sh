#!/usr/bin/env bash
# Makes the virtual Pi's kernel and root file system from Debian's packages alone, or finds them in the cache.
#   tests/rig/build.sh     prints two lines: the path of the kernel and that of the image
# Cached in ${XDG_CACHE_HOME:-~/.cache}/edgevoice-rig by a hash of what each is made from: the kernel takes 10 to 25 minutes,
# the image two. Each is made in a temporary folder and renamed when complete, so that an interrupted build leaves nothing.
# A kernel built elsewhere from the same inputs is taken from EDGEVOICE_RIG_PREBUILT, a folder with kernel/ and linux-*-um.xz.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
readonly PREBUILT=${EDGEVOICE_RIG_PREBUILT:-$here/../../../shared/rig}
readonly KERNEL_INPUTS=(build.sh config.fragment dummy-hcd-iso.py spi-evloop.c)
readonly IMAGE_INPUTS=(packages.txt image.sh guest/init guest/rig.service guest/60-edgevoice-rig.rules)
# The SHA-256 of another build.sh that makes the same kernel: it unpacks other parts of the source and configures the same.
readonly EQUAL_RECIPE=ea6013c8ed3deafc7cf29762b5077a2fd2835d5dc63ddcc4e6bbba951554789f
readonly UNUSED_DAYS=14      # caches of other inputs are kept for so long
readonly KERNEL_LIMIT=45m IMAGE_LIMIT=20m
temp= child=

# The result goes to standard output; what people read goes to standard error.
exec 3>&1 1>&2

clean() {
  local code=$?
  # What runs under timeout has a process group of its own, which Ctrl-C does not reach.
  [ -z "$child" ] || { kill "$child" && wait "$child"; } 2>/dev/null || true
  [ -z "$temp" ] || rm -rf --one-file-system "$temp"
  exit "$code"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

new_temp() {
  temp=$(mktemp -d "$CACHE/building.XXXXXX") || fail "cannot write to $CACHE"
  chmod 755 "$temp"
}

# limited LIMIT LOG COMMAND...: in the background, so that this script hears its own end.
limited() {
  local code=0 limit=$1 log=$2
  shift 2
  timeout -k 10 "$limit" nice -n 10 "$@" > "$log" 2>&1 </dev/null &
  child=$!
  wait "$child" || code=$?
  child=
  return "$code"
}

# publish NAME FILE: the finished file becomes the cache's, at once or not at all.
publish() {
  mkdir "$temp/$1"
  mv "$temp/$2" "$temp/$1/$2"
  stat -c %s "$temp/$1/$2" > "$temp/$1/size"
  sync -f "$temp/$1"
  rm -rf --one-file-system "${CACHE:?}/$1"
  mv -T "$temp/$1" "$CACHE/$1"
  rm -rf --one-file-system "$temp"
  temp=
}

# cached NAME FILE: true when it is there and whole; one that is not is built anew.
cached() {
  [ -d "$CACHE/$1" ] || return 1
  if [ "$(stat -c %s "$CACHE/$1/$2" 2>/dev/null)" = "$(cat "$CACHE/$1/size" 2>/dev/null)" ] && [ -s "$CACHE/$1/$2" ]; then
    touch "$CACHE/$1"
    return 0
  fi
  say "the cache's $1 is damaged: building it anew"
  return 1
}

same_inputs() {
  local file
  for file in "${KERNEL_INPUTS[@]}"; do
    cmp -s "$PREBUILT/kernel/$file" "$here/kernel/$file" && continue
    [ "$file" = build.sh ] && [ "$(sha256sum < "$PREBUILT/kernel/$file" 2>/dev/null)" = "$EQUAL_RECIPE  -" ] || return 1
  done
}

make_kernel() {
  local name=kernel-$1 prebuilt
  prebuilt=$(compgen -G "$PREBUILT/linux-*-um.xz" | head -n 1 || true)
  need_space "$CACHE" 300
  new_temp
  if [ -n "$prebuilt" ] && same_inputs; then
    say "taking the kernel from $prebuilt: built from the same inputs"
    xz -dc "$prebuilt" > "$temp/linux" || fail "$prebuilt is damaged"
  else
    need_packages flex bison bc libelf-dev libssl-dev gcc make python3 xz-utils
    need_space "$CACHE" 2500
    apt-cache show linux-source-6.12 >/dev/null 2>&1 ||
      fail "apt knows no linux-source-6.12: run apt-get update; Debian 12 with its security updates, or newer, has it"
    say "building the kernel: 10 to 25 minutes, log in $CACHE/kernel.log"
    limited "$KERNEL_LIMIT" "$CACHE/kernel.log" bash "$here/kernel/build.sh" "$temp/work" ||
      fail "the kernel was not built: $(tail -n 1 "$CACHE/kernel.log"); all of it in $CACHE/kernel.log"
    mv "$temp/work/linux" "$temp/linux"
  fi
  chmod 755 "$temp/linux"
  publish "$name" linux
}

make_image() {
  local name=image-$1
  need_packages mmdebstrap e2fsprogs
  need_space "$CACHE" 2500
  if [ "$(id -u)" != 0 ]; then
    need_packages uidmap
    unshare --map-root-user --map-auto true 2>/dev/null ||
      fail "this user may not make user namespaces with more than one id (see /etc/subuid): run tests/rig/build.sh once as root with XDG_CACHE_HOME set to this user's cache"
  fi
  new_temp
  say "building the root file system: two minutes, log in $CACHE/image.log"
  limited "$IMAGE_LIMIT" "$CACHE/image.log" bash "$here/image.sh" "$temp" ||
    fail "the root file system was not built: $(grep -m 1 -E '^E: ' "$CACHE/image.log" || tail -n 1 "$CACHE/image.log"); all of it in $CACHE/image.log"
  publish "$name" root.img
}

# What an interrupted build left (only a kill leaves anything), and caches nobody used for weeks.
prune() {
  find "$CACHE" -maxdepth 1 -name 'building.*' -exec rm -rf --one-file-system {} +
  find "$CACHE" -maxdepth 1 \( -name 'kernel-*' -o -name 'image-*' \) -mtime +"$UNUSED_DAYS" -exec rm -rf --one-file-system {} +
}

mkdir -p "$CACHE" 2>/dev/null && [ -w "$CACHE" ] || fail "cannot write to the cache $CACHE: set XDG_CACHE_HOME to a folder of this user"
exec 8>"$CACHE/build.lock"
flock -n 8 || { say "waiting for another build"; flock 8; }
prune
kernel=$(hash_of "$here/kernel" "${KERNEL_INPUTS[@]}")
image=$(hash_of "$here" "${IMAGE_INPUTS[@]}")
cached "kernel-$kernel" linux || make_kernel "$kernel"
cached "image-$image" root.img || make_image "$image"
printf '%s\n' "$CACHE/kernel-$kernel/linux" "$CACHE/image-$image/root.img" >&3
