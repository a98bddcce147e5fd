#!/usr/bin/env bash
# Plays scenarios in the virtual Pi: a Linux kernel as a process, with real GPIO, SPI, sound and USB devices, and systemd.
#   tests/rig/run.sh [--no-wait] [--full] [--list] [SCENARIO...]      a class name stands for all of its scenarios
# One guest without systemd plays the quick scenarios, one with systemd the rest. Logs, WAVs and notes go to tests/rig/out.
# A second run waits for the first, for two guests starve each other; with --no-wait it says so and ends with code 4.
# --full adds long repeats. The last line is "N passed, N failed, N skipped"; exit 1 when one failed, 2 wrong usage.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
. "$here/lib.sh"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

readonly KEPT=$here/out
readonly PROJECT=$top/tests/EdgeVoice.Rig
readonly ASSEMBLIES=$PROJECT/bin/Release/net10.0
readonly MEMORY_MB=1024      # of the guest; only what it touches is used
readonly BOOT_SECONDS=60     # a boot that takes longer has hung
readonly GRACE_SECONDS=30    # beyond a scenario's own limit, for tidying up

passed=0 failed=0 skipped=0 ended=no builder= guest= folder= OUT= began=$SECONDS

usage() { sed -n '2,7s/^# \{0,1\}//p' "$here/run.sh"; }

finish() {
  local code=$?
  [ -z "$builder" ] || { kill "$builder" && wait "$builder"; } 2>/dev/null || true
  stop_guest
  [ -z "$folder" ] || rm -rf --one-file-system "$folder"
  if [ -n "$OUT" ]; then
    rm -rf --one-file-system "$KEPT"
    cp -r --no-preserve=mode "$OUT" "$KEPT"
    rm -rf --one-file-system "$OUT"
  fi
  # An end nobody planned is a failure, not a run without failures.
  if [ "$ended" = no ] && [ "$failed" = 0 ]; then failed=1; fi
  if [ "$failed" != 0 ] && [ "$code" = 0 ]; then code=1; fi
  say "$passed passed, $failed failed, $skipped skipped"
  exit "$code"
}

# The guest and all its processes are one process group; nothing in it is worth an orderly end.
stop_guest() {
  [ -z "$guest" ] || { kill -KILL -- "-$guest"; wait "$guest"; } 2>/dev/null || true
  guest=
}

# The assembly is built when a source is younger: an everyday run does not wait for MSBuild.
build_assembly() {
  local dll=$ASSEMBLIES/EdgeVoice.Rig.dll
  command -v dotnet >/dev/null || fail "dotnet is missing: install the .NET 10 SDK"
  if [ -f "$dll" ] && [ -z "$(find "$top/src" "$PROJECT" "$top/tests/Directory.Build.props" \( -name bin -o -name obj \) -prune \
      -o -type f -newer "$dll" -print -quit)" ]; then return; fi
  local log
  log=$(nice -n 5 dotnet build "$PROJECT" -c Release -v q --disable-build-servers </dev/null 2>&1) ||
    fail "the harness does not build: $(grep -m 1 'error' <<<"$log" || tail -n 1 <<<"$log")"
  touch "$dll"
}

# choose: fills quick, systemd and limits from the scenarios' own list and the names asked for.
choose() {
  local boot kind limit name wanted found
  mapfile -t listed < <(dotnet "$ASSEMBLIES/EdgeVoice.Rig.dll" list)
  [ ${#listed[@]} != 0 ] || fail "the harness lists no scenarios"
  for wanted in "${names[@]}"; do
    found=$(printf '%s\n' "${listed[@]}" | awk -v w="$wanted" '$4 == w || index($4, w ".") == 1' | head -n 1)
    [ -n "$found" ] || { ended=usage; say "no scenario is called $wanted; tests/rig/run.sh --list names them" >&2; return 1; }
  done
  for line in "${listed[@]}"; do
    read -r boot kind limit name <<<"$line"
    if [ ${#names[@]} != 0 ]; then
      found=no
      for wanted in "${names[@]}"; do [[ $name == "$wanted" || $name == "$wanted".* ]] && found=yes; done
      [ "$found" = yes ] || continue
    elif [ "$kind" = full ] && [ "$full" = no ]; then
      say "skipped $name: a long repeat; --full plays it"
      skipped=$((skipped + 1))
      continue
    fi
    limits["$name"]=$limit
    if [ "$boot" = quick ]; then quick+=("$name"); else systemd+=("$name"); fi
  done
}

# new_folder: prints one in memory where there is room. The guest's memory and its changes to the image live there, and what it
# writes: a write of the guest to the host stops all of the guest until it is done, and a busy disk takes a second for it.
new_folder() {
  local base free
  for base in /dev/shm "$CACHE"; do
    free=$(df --output=avail -B1M "$base" 2>/dev/null | tail -n 1)
    if [ -w "$base" ] && [ "${free:-0}" -ge $((MEMORY_MB + 512)) ]; then
      mktemp -d "$base/edgevoice-rig.XXXXXX"
      return
    fi
  done
  fail "neither /dev/shm nor $CACHE has $((MEMORY_MB + 512)) MB free for the guest's memory"
}

# ahead: the words that make a command run before others, a line each. Each system call of the guest is several switches between
# processes of the host, which must not queue. Not SCHED_FIFO: of a busy guest the host then takes 50 ms away every second.
ahead() { if [ "$(nice -n -20 nice 2>/dev/null || echo 0)" -lt 0 ]; then printf '%s\n' nice -n -20; fi; }

# answer_memory FILE: what a scenario wants to know of its guest's memory, which is a file of ours without a name.
answer_memory() {
  local file answer=${1%wanted}found
  for file in /proc/"$guest"/fd/*; do
    [[ $(readlink "$file") == "$folder"/*"(deleted)" ]] || continue
    if python3 "$here/find-in-memory.py" "$file" "$1" "$answer" && rm "$1"; then mv "$answer.part" "$answer"; fi
    return 0
  done
}

# watch_over KIND: answers a guest that asks about its memory, wakes one that sleeps, and ends one that has told nothing for longer than what it is doing may take.
watch_over() {
  local name limit told wanted asked=no
  while sleep 1 && kill -0 "$guest" 2>/dev/null; do
    # A guest that asks for it is woken: never in the second in which it goes to sleep, and again until it takes its request back.
    if compgen -G "$OUT/*/asleep" >/dev/null; then
      [ "$asked" = no ] || kill -USR1 "$guest"
      asked=yes
    else
      asked=no
    fi
    for wanted in "$OUT"/*/memory.wanted; do [ ! -e "$wanted" ] || answer_memory "$wanted"; done
    name=$(cat "$OUT/running")
    limit=$BOOT_SECONDS
    [ -z "$name" ] || limit=$((limits["$name"] + GRACE_SECONDS))
    told=$(stat -c %Y "$OUT/running" "$OUT/results" | sort -n | tail -n 1)
    if [ $(($(date +%s) - told)) -gt "$limit" ]; then
      say "the guest was ended: it had told nothing for $limit s" >>"$OUT/$1.log"
      stop_guest
    fi
  done
}

# boot KIND NAME...: one guest plays these; every result is a line of out/results and is printed when it comes.
boot() {
  local kind=$1 arguments=()
  shift
  folder=$(new_folder)
  mkdir "$folder/share"
  cp "$here/guest/start.sh" "$folder/share/"
  {
    printf 'DOTNET=%q ASSEMBLIES=%q OUT=%q\n' "$dotnet" "$ASSEMBLIES" "$OUT"
    printf 'SCENARIOS=(%s)\n' "$*"
  } > "$folder/share/env"
  [ "$kind" = systemd ] || arguments+=(init=/opt/rig/init)
  : > "$OUT/running"
  local priority=()
  mapfile -t priority < <(ahead)
  TMPDIR=$folder HOME=$folder setsid "${priority[@]}" "$kernel" mem="${MEMORY_MB}M" ubd0="$folder/cow,$image" root=/dev/ubda rw \
    rootfstype=ext4 con0=fd:0,fd:1 con=null ssl=null console=tty0 quiet systemd.show_status=0 panic=-1 umid=rig \
    snd_aloop.enable=1,1 snd_aloop.id=Mic,Speaker "${arguments[@]}" rig.share="$folder/share" </dev/null >>"$OUT/$kind.log" 2>&1 &
  guest=$!
  watch_over "$kind" &
  local watch=$!
  tail --pid="$guest" -s 0.1 -n 0 -f "$OUT/results" &
  local teller=$!
  # Waited for, all of it: a script hears a signal in wait, but not while a command runs.
  # Silently: a kernel that has powered off ends by abort() now and then.
  wait "$guest" 2>/dev/null || true
  guest=
  wait "$teller"
  wait "$watch"
  rm -rf --one-file-system "$folder"
  folder=
}

result_of() { grep -m 1 -E "^(passed|failed) +${1//./\\.} " "$OUT/results" || true; }

why() {
  local log=$OUT/$1.log
  grep -m 1 -o -E 'Kernel panic.*|Out of memory: .*|the guest was ended: .*' "$log" ||
    printf 'the guest ended early: %s\n' "$(tail -n 1 "$log" | tr -d '\r')"
}

# play KIND NAME...: boots again after a scenario that took the guest with it, as long as there are others to play.
play() {
  local kind=$1 name left started
  shift
  left=("$@")
  : > "$OUT/$kind.log"
  while [ ${#left[@]} != 0 ]; do
    boot "$kind" "${left[@]}"
    started=$(cat "$OUT/running")
    local rest=()
    for name in "${left[@]}"; do
      [ -z "$(result_of "$name")" ] || continue
      # Where the guest did not even start one, it will not start another.
      if [ -z "$started" ] || [ "$name" = "$started" ]; then
        say "failed  $name: $(why "$kind")" | tee -a "$OUT/results"
      else
        rest+=("$name")
      fi
    done
    [ ${#rest[@]} -lt ${#left[@]} ] || break
    left=("${rest[@]}")
  done
}

wait=yes full=no list=no names=()
for argument in "$@"; do
  case $argument in
    --no-wait) wait=no ;;
    --full) full=yes ;;
    --list) list=yes ;;
    --help | -h) usage; exit 0 ;;
    -*) say "tests/rig/run.sh: no option is called $argument; see --help" >&2; exit 2 ;;
    *) names+=("$argument") ;;
  esac
done

if [ "$list" = yes ]; then
  build_assembly
  dotnet "$ASSEMBLIES/EdgeVoice.Rig.dll" list | awk '{ print $4 " (" $1 ($2 == "full" ? ", --full" : "") ")" }'
  exit 0
fi

mkdir -p "$CACHE" 2>/dev/null && [ -w "$CACHE" ] || fail "cannot write to the cache $CACHE: set XDG_CACHE_HOME to a folder of this user"
# The guest inherits the lock: a run that was killed leaves it held until its guest is gone, too.
exec 9>"$CACHE/run.lock"
if ! flock -n 9; then
  if [ "$wait" = no ]; then say "the virtual Pi is in use by another run"; exit 4; fi
  say "waiting for another run to end"
  flock 9
fi

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

declare -A limits=()
listed=() quick=() systemd=()
build_assembly
choose || exit 2
# In the background, so that this script hears its own end; the file is this run's, by the lock.
"$here/build.sh" 9>&- > "$CACHE/made" &
builder=$!
wait "$builder" || { builder=; exit 3; }
builder=
mapfile -t made < "$CACHE/made"
kernel=${made[0]} image=${made[1]}
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
OUT=$(new_folder)
: > "$OUT/results"
[ ${#quick[@]} = 0 ] || play quick "${quick[@]}"
[ ${#systemd[@]} = 0 ] || play systemd "${systemd[@]}"
passed=$(grep -c '^passed ' "$OUT/results" || true)
failed=$(grep -c '^failed ' "$OUT/results" || true)
[ "$passed$failed" != 00 ] || { say "no scenario was played"; failed=1; }
say "$((SECONDS - began)) s in all; logs and recordings are in ${KEPT#"$PWD"/}"
ended=yes
