#!/usr/bin/env bash
# Makes the speech clips that ship with the program, and assets.json with what each of them says.
# Needs espeak-ng and sox (Debian packages of the same names). The clips are committed: run this only to change them.
set -euo pipefail
cd "$(dirname "$0")"

readonly RATE=24000       # Hz, mono, 16 bit: the session's own format, so that playing one needs no conversion
readonly LEVEL_DB=-23     # RMS of the whole clip with its pauses: about -22 dBFS while someone speaks
readonly PEAK_DB=-1       # no clip may reach this
readonly EDGE_S=0.03      # silence left at either end, seconds

for tool in espeak-ng sox; do
  command -v "$tool" >/dev/null || { echo "make-assets: $tool is missing: apt install $tool" >&2; exit 3; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
texts=()

# clip NAME VOICE TEXT
clip() {
  local name=$1 voice=$2 text=$3 rms peak
  espeak-ng -v "$voice" -s 155 -w "$work/raw.wav" "$text"
  # -D: no dither, so that the same text gives the same bytes. The reverse pair trims the end.
  sox -D "$work/raw.wav" -b 16 -r "$RATE" -c 1 "$work/trimmed.wav" gain -6 rate -v "$RATE" highpass 80 \
    silence 1 0.005 0.5% reverse silence 1 0.005 0.5% reverse
  rms=$(sox "$work/trimmed.wav" -n stats 2>&1 | awk '/^RMS lev dB/ { print $4 }')
  sox -D "$work/trimmed.wav" "$name" gain "$(awk -v r="$rms" -v l="$LEVEL_DB" 'BEGIN { print l - r }')" \
    fade q 0.005 -0 0.005 pad "$EDGE_S" "$EDGE_S"
  peak=$(sox "$name" -n stats 2>&1 | awk '/^Pk lev dB/ { print $4 }')
  awk -v p="$peak" -v m="$PEAK_DB" 'BEGIN { exit !(p < m) }' ||
    { echo "make-assets: $name peaks at $peak dBFS, allowed is less than $PEAK_DB: lower LEVEL_DB" >&2; exit 1; }
  printf '%-16s %6.2f s, peak %s dBFS\n' "$name" "$(soxi -D "$name")" "$peak"
  texts+=("$(printf '  "%s": "%s"' "$name" "$text")")
}

clip question.wav    en-gb    "How long does it take to boil an egg?"
clip question2.wav   en-gb    "And how do I bake a loaf of bread?"
clip bargein.wav     en-gb    "Please tell me something shorter."
clip answer.wav      en-us+f3 "A soft boiled egg takes six minutes. For a hard one, wait ten."
clip long-answer.wav en-us+f3 "Mix five hundred grams of flour with water, salt and yeast. Knead it for ten minutes, then let it rise for an hour in a warm place. Then shape it, and bake it for forty minutes in a hot oven."
clip thanks.wav      en-us+f3 "Of course. Flour, water, heat."

{ echo '{'; for i in "${!texts[@]}"; do ((i == ${#texts[@]} - 1)) && end= || end=,; echo "${texts[i]}$end"; done; echo '}'; } > assets.json
