#!/usr/bin/env bash
# Installs what the tests need, builds once and runs every test.
#   tests/run.sh [--all] [arguments for dotnet test, for instance --filter Name~Resampler]
# --all adds the tests that take long (among them the table of faults and states), two minutes of soak and the virtual Pi. The last line is "N passed, N failed, N skipped"; exit 0 only when tests ran and none failed.
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Nothing may be left running behind the tests.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

readonly PROJECTS=(EdgeVoice.Tests EdgeVoice.IotTests EdgeVoice.IntegrationTests)
readonly HANG=120s           # one test without progress
readonly PROJECT_LIMIT=1200  # seconds for all tests of one project: several times what it takes on a quiet machine

# Debian packages, and what for.
readonly PACKAGES=(
  "sox: writes WAV files of every format, and judges ours"
  "espeak-ng: makes the clips that ship with the program"
  "python3: runs the schema check"
  "python3-jsonschema: holds every event we send against the published schema"
  "asterisk-core-sounds-en-wav: recorded human speech"
  "alsa-utils: plays and records from outside the device"
  "libasound2-plugins: leads libasound to the private sound server"
  "pulseaudio: the private sound server, paced in real time"
  "pulseaudio-utils: keeps it awake at 10 ms"
  "libspeexdsp1: the resampler's peer in tests and benchmarks"
)

passed=0 failed=0 skipped=0 ended=no child=
results=$(mktemp -d)

say() { printf '%s\n' "$*"; }

finish() {
  local code=$?
  rm -rf "$results"
  # An end nobody planned (a failed build, a signal) is a failure, not a run without failures.
  if [ "$ended" = no ] && [ "$failed" = 0 ]; then failed=1; fi
  if [ "$code" = 0 ] && [ "$failed" != 0 ]; then code=1; fi
  say "$passed passed, $failed failed, $skipped skipped"
  exit "$code"
}
trap finish EXIT
# What runs under timeout has a process group of its own, which Ctrl-C does not reach.
stop() { [ -z "$child" ] || kill "$child" 2>/dev/null || true; exit "$1"; }
trap 'stop 130' INT
trap 'stop 143' TERM

install_packages() {
  local entry missing=() root=()
  if ! command -v dpkg-query >/dev/null; then
    say "not a Debian system: tests that need these may fail: ${PACKAGES[*]%%:*}"
    return
  fi
  for entry in "${PACKAGES[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "${entry%%:*}" 2>/dev/null)" = installed ] && continue
    say "installing ${entry%%:*}, which${entry#*:}"
    missing+=("${entry%%:*}")
  done
  [ ${#missing[@]} = 0 ] && return
  if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      say "cannot install as this user without sudo; run: sudo apt-get install ${missing[*]}" >&2
      exit 3
    fi
    root=(sudo -n)
  fi
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
  if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } >"$results/apt.log" 2>&1 </dev/null; then
    cat "$results/apt.log" >&2
    say "apt-get could not install ${missing[*]}: see above" >&2
    exit 3
  fi
}

# counter NAME FILE: one number of a result file's totals.
counter() { sed -n "s/.*<Counters .*\\b$1=\"\\([0-9]*\\)\".*/\\1/p" "$2" | head -n 1; }

run_project() {
  local project=$1 code=0 trx total executed good bad
  shift
  say "== $project"
  timeout -k 10 "$PROJECT_LIMIT" dotnet test "tests/$project" -c Release --no-build --results-directory "$results" \
    --logger "trx;LogFileName=$project.trx" --logger "console;verbosity=minimal" \
    --blame-hang --blame-hang-timeout "$HANG" --blame-hang-dump-type none "$@" </dev/null &
  child=$!
  wait "$child" || code=$?
  child=
  trx="$results/$project.trx"
  total=0 executed=0 good=0
  if [ -f "$trx" ]; then total=$(counter total "$trx") executed=$(counter executed "$trx") good=$(counter passed "$trx"); fi
  bad=$((executed - good))
  if [ "$code" != 0 ] && [ "$bad" = 0 ]; then
    say "$project ended with code $code though no test failed: the test host crashed, hung or did not start" >&2
    bad=1
  elif [ "$executed" = 0 ] && [ "$everything" = yes ]; then
    say "$project ran no test" >&2
    bad=1
  fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - executed))
}

# Every fault in every state takes six minutes, most of it waiting; the table is printed.
run_long() {
  say "== what takes long"
  EDGEVOICE_CELLS=$results/cells.md run_project EdgeVoice.IntegrationTests --filter Time=long
  if ! cat "$results/cells.md"; then failed=$((failed + 1)); fi
}

# Two minutes of what tests/soak.sh does for an hour; alone, for it judges its own machine's every late moment.
run_soak() {
  say "== soak, two minutes"
  if EDGEVOICE_SOAK=$PWD/tests/EdgeVoice.Benchmarks/bin/Release/net10.0/EdgeVoice.Benchmarks.dll tests/soak.sh 2 </dev/null; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
}

# The virtual Pi ends with the same line as this script.
run_rig() {
  local code=0 line
  say "== virtual Pi"
  tests/rig/run.sh </dev/null | tee "$results/rig.log" || code=$?
  line=$(tail -n 1 "$results/rig.log")
  if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2])) skipped=$((skipped + BASH_REMATCH[3]))
    [ "$code" = 0 ] || [ "${BASH_REMATCH[2]}" != 0 ] || failed=$((failed + 1))
  else
    say "the virtual Pi ended with code $code and without its totals" >&2
    failed=$((failed + 1))
  fi
}

all=no everything=no
if [ "${1-}" = --all ]; then all=yes; shift; fi

command -v dotnet >/dev/null || { say "dotnet is missing: install the .NET 10 SDK" >&2; exit 3; }
install_packages
dotnet build EdgeVoice.sln -c Release -v q --disable-build-servers </dev/null
if [ $# = 0 ]; then
  everything=yes
  set -- --filter 'Time!=long'
fi
for project in "${PROJECTS[@]}"; do run_project "$project" "$@"; done
if [ "$all" = yes ]; then
  run_long
  run_soak
  run_rig
fi
if [ $((passed + failed)) = 0 ]; then say "no test was executed" >&2; failed=1; fi
ended=yes
