#!/usr/bin/env bash
# Plays and records through libasound and a private sound server for so many minutes (default 60; 0.1 at least).
#   tests/soak.sh [MINUTES]
# One line of figures a minute and a verdict. Exit 0: no xrun, no lost or repeated sample, pitch right to 10 ppm, memory that
# does not grow, no byte allocated on an audio thread; 1: not so; 2: wrong usage; 3: something is missing.
# EDGEVOICE_SOAK names a built EdgeVoice.Benchmarks.dll that is to be used instead of a fresh build.
set -euo pipefail
minutes=${1:-60}
if [ $# -gt 1 ] || ! [[ $minutes =~ ^[0-9]+(\.[0-9]+)?$ ]]; then sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2; fi
tests=$(cd "$(dirname "$0")" && pwd)
program=${EDGEVOICE_SOAK:-}
if [ -z "$program" ]; then
  dotnet build "$tests/EdgeVoice.Benchmarks" -c Release -v q -nologo >&2
  program=$tests/EdgeVoice.Benchmarks/bin/Release/net10.0/EdgeVoice.Benchmarks.dll
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
code=0
bash "$tests/pulse/run.sh" "$folder" dotnet "$program" soak "$minutes" spk heard || code=$?
exit "$code"
