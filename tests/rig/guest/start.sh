#!/bin/bash
# In the guest, started by init from the share: mounts what the run needs and hands over to the harness.
# The share's env names folders of the host: DOTNET, ASSEMBLIES, OUT, and the scenarios of this boot.
. /host/env
mount -t hostfs none /usr/share/dotnet -o "ro,$DOTNET"
mkdir -p /tmp/rig
mount -t hostfs none /opt/rig -o "ro,$ASSEMBLIES"
mount -t hostfs none /mnt -o "$OUT"
mountpoint -q /sys/kernel/config || mount -t configfs none /sys/kernel/config
mountpoint -q /sys/kernel/debug || mount -t debugfs none /sys/kernel/debug
export DOTNET_EnableWriteXorExecute=0 DOTNET_TieredPGO=0 DOTNET_EnableDiagnostics=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 TZ=UTC
exec /usr/share/dotnet/dotnet /opt/rig/EdgeVoice.Rig.dll run /mnt "${SCENARIOS[@]}"
