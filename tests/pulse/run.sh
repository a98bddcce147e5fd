#!/usr/bin/env bash
# A private sound server with a virtual microphone and loudspeaker, paced in real time and reached through libasound.
#   tests/pulse/run.sh FOLDER                lives until its standard input ends, having printed "ready"
#   tests/pulse/run.sh FOLDER COMMAND...     lives as long as the command, which finds the devices
# For libasound: ALSA_CONFIG_PATH=/usr/share/alsa/alsa.conf:FOLDER/asound.conf. PCMs: mic and spk are the device's; what is
# played into room is what mic hears, and heard records what spk played; of a stream that begins the first 10 ms may be missing there. Everything
# of it lies in FOLDER, which must be short (a Unix socket's path). Needs libasound2-plugins, pulseaudio and pulseaudio-utils.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2; }
for program in pulseaudio parec pactl; do
  command -v "$program" >/dev/null || { echo "$program is missing: apt-get install pulseaudio pulseaudio-utils libasound2-plugins" >&2; exit 3; }
done
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
exec 3>&1 1>&2   # only "ready", or the command, writes to standard output
server= keepers=()

finish() {
  local code=$?
  trap - EXIT
  [ ${#keepers[@]} = 0 ] || kill "${keepers[@]}" 2>/dev/null || true
  # Its last seconds are of no use to anybody; a stopped one (SIGSTOP) would not hear a polite word.
  [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

cd "$folder"
mkdir -p run/pulse state
chmod 700 run run/pulse
rm -f sock
cat > pulse.pa <<PA
load-module module-native-protocol-unix socket=$folder/sock auth-anonymous=1
load-module module-null-sink sink_name=ev_spk rate=24000 channels=1 format=s16le
load-module module-null-sink sink_name=ev_room rate=24000 channels=1 format=s16le
load-module module-remap-source source_name=ev_mic master=ev_room.monitor
set-default-sink ev_spk
set-default-source ev_mic
PA
for pair in mic:ev_mic spk:ev_spk room:ev_room heard:ev_spk.monitor; do
  echo "pcm.${pair%%:*} { type pulse server \"unix:$folder/sock\" device \"${pair#*:}\" }"
done > asound.conf

export XDG_RUNTIME_DIR=$folder/run PULSE_RUNTIME_PATH=$folder/run/pulse PULSE_STATE_PATH=$folder/state HOME=$folder PULSE_SERVER=unix:$folder/sock
pulseaudio -n -F pulse.pa --daemonize=no --exit-idle-time=-1 --disallow-exit --use-pid-file=no --realtime=no --high-priority=no \
  --log-target="file:$folder/pulse.log" </dev/null >/dev/null 2>&1 3>&- &
server=$!
echo "$server" > pid
for _ in {1..100}; do
  pactl info >/dev/null 2>&1 && break
  kill -0 "$server" 2>/dev/null || { echo "the sound server did not start: $(tail -n 1 pulse.log)"; exit 3; }
  sleep 0.05
done

# An idle null sink works in blocks of two seconds; a reader on each keeps it awake at 10 ms. It is awake when a second's worth
# of sound has come after the block it was asleep in.
parec=(parec --latency-msec=10 --process-time-msec=5 --rate=24000 --channels=1 --format=s16le -d)
for source in ev_mic ev_spk.monitor; do
  "${parec[@]}" "$source" </dev/null >/dev/null 2>&1 3>&- &
  keepers+=($!)
done
awake() { timeout 10 "${parec[@]}" "$1" </dev/null 2>/dev/null 3>&- | head -c $((2 * 24000 / 2)) | wc -c; }
for source in ev_mic ev_spk.monitor; do
  [ "$(awake "$source")" -gt 0 ] || { echo "no sound comes from $source: $(tail -n 1 pulse.log)"; exit 3; }
done

export ALSA_CONFIG_PATH=/usr/share/alsa/alsa.conf:$folder/asound.conf
if [ $# = 0 ]; then
  echo ready >&3
  cat >/dev/null
else
  "$@" >&3
fi
