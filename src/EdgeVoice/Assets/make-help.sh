#!/usr/bin/env bash
# Makes the spoken help that ships with the program, help/LANGUAGE/NAME.wav, and help/help.json with what each clip says.
# Needs espeak-ng and sox (Debian packages of the same names). The clips are committed: run this only to change them.
# A new language: add its voice, one line a name, and the word to HelpLanguages.cs.
set -euo pipefail
cd "$(dirname "$0")"

readonly RATE=16000       # Hz, mono, 16 bit: all that espeak-ng's voices have to say, in two thirds of the session's size
readonly LEVEL_DB=-20     # RMS of the whole clip with its pauses, as loud as an answer
readonly PEAK_DB=-1       # no clip may reach this
readonly EDGE_S=0.02      # silence left at either end, seconds

for tool in espeak-ng sox; do
  command -v "$tool" >/dev/null || { echo "make-help: $tool is missing: apt install $tool" >&2; exit 3; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
texts=()

# clip LANGUAGE VOICE NAME TEXT
clip() {
  local name="$1/$3.wav" voice=$2 text=$4 file rms peak
  file="help/$name"
  mkdir -p "help/$1"
  espeak-ng -v "$voice" -s 170 -w "$work/raw.wav" "$text"
  # -D: no dither, so that the same text gives the same bytes. The reverse pair trims the end. Tops are rounded by 6 dB, so that
  # small loudspeakers can be as loud with it as with an answer.
  sox -D "$work/raw.wav" -b 16 -r "$RATE" -c 1 "$work/trimmed.wav" gain -6 rate -v "$RATE" highpass 150 \
    silence 1 0.005 0.5% reverse silence 1 0.005 0.5% reverse compand 0.002,0.05 -60,-60,-20,-14,0,-8 -6 -90 0.002
  rms=$(sox "$work/trimmed.wav" -n stats 2>&1 | awk '/^RMS lev dB/ { print $4 }')
  sox -D "$work/trimmed.wav" "$file" gain "$(awk -v r="$rms" -v l="$LEVEL_DB" 'BEGIN { print l - r }')" \
    fade q 0.005 -0 0.005 pad "$EDGE_S" "$EDGE_S"
  peak=$(sox "$file" -n stats 2>&1 | awk '/^Pk lev dB/ { print $4 }')
  awk -v p="$peak" -v m="$PEAK_DB" 'BEGIN { exit !(p < m) }' ||
    { echo "make-help: $file peaks at $peak dBFS, allowed is less than $PEAK_DB: lower LEVEL_DB" >&2; exit 1; }
  printf '%-32s %6.2f s, peak %s dBFS\n' "$name" "$(soxi -D "$file")" "$peak"
  texts+=("$(printf '  "%s": "%s"' "$name" "$text")")
}

en() { clip en en-us+f3 "$@"; }
de() { clip de de+f3 "$@"; }
es() { clip es es+f3 "$@"; }

en no-network            "No network. Please check the Wi-Fi or the cable."
en no-internet           "I cannot reach the server. Please check the internet connection."
en wrong-clock           "My clock is wrong. Please wait a minute or set the time."
en key-rejected          "The key is missing or was refused. Please set a valid key."
en quota-used-up         "The account has no credit left. Please top it up."
en too-many-requests     "Too many requests. Please wait a minute and try again."
en no-microphone         "I cannot find the microphone. Please check its plug."
en no-loudspeaker        "I cannot find the loudspeaker. Please check its plug."
en configuration-invalid "My settings are not valid. Please check the configuration file."

de no-network            "Kein Netzwerk. Bitte WLAN oder Kabel prüfen."
de no-internet           "Ich erreiche den Server nicht. Bitte die Internetverbindung prüfen."
de wrong-clock           "Meine Uhr geht falsch. Bitte eine Minute warten oder die Zeit einstellen."
de key-rejected          "Der Schlüssel fehlt oder wurde abgelehnt. Bitte einen gültigen eintragen."
de quota-used-up         "Das Guthaben ist aufgebraucht. Bitte das Konto aufladen."
de too-many-requests     "Zu viele Anfragen. Bitte eine Minute warten und noch einmal versuchen."
de no-microphone         "Ich finde kein Mikrofon. Bitte den Stecker prüfen."
de no-loudspeaker        "Ich finde keinen Lautsprecher. Bitte den Stecker prüfen."
de configuration-invalid "Die Einstellungen sind ungültig. Bitte die Konfigurationsdatei prüfen."

es no-network            "No hay red. Compruebe el wifi o el cable."
es no-internet           "No puedo llegar al servidor. Compruebe la conexión a internet."
es wrong-clock           "Mi reloj no está en hora. Espere un minuto o ajuste la hora."
es key-rejected          "Falta la clave o no es válida. Introduzca una clave correcta."
es quota-used-up         "La cuenta no tiene saldo. Por favor, recárguela."
es too-many-requests     "Demasiadas peticiones. Espere un minuto e inténtelo de nuevo."
es no-microphone         "No encuentro el micrófono. Compruebe el conector."
es no-loudspeaker        "No encuentro el altavoz. Compruebe el conector."
es configuration-invalid "La configuración no es válida. Revise el archivo de configuración."

{ echo '{'; for i in "${!texts[@]}"; do ((i == ${#texts[@]} - 1)) && end= || end=,; echo "${texts[i]}$end"; done; echo '}'; } > help/help.json
