#!/usr/bin/env bash
# Publishes the program into out/edgevoice: portable, for any machine with the .NET 10 runtime.
set -euo pipefail
cd "$(dirname "$0")"

case "${1-}" in
  "") ;;
  -h|--help) echo "usage: ./publish.sh    publishes the program into out/edgevoice"; exit 0 ;;
  *) echo "publish.sh: no argument is known, found '$1'; see ./publish.sh --help" >&2; exit 2 ;;
esac
command -v dotnet >/dev/null || { echo "publish.sh: dotnet is missing: install the .NET 10 SDK" >&2; exit 3; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
rm -rf out/edgevoice
dotnet publish src/EdgeVoice -c Release --no-self-contained -o out/edgevoice -v q --disable-build-servers
echo "out/edgevoice: start it with out/edgevoice/edgevoice here, with dotnet edgevoice.dll elsewhere"
