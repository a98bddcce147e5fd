#!/usr/bin/env bash
# image.sh FOLDER: makes FOLDER/root.img, Debian with systemd as an ext4 image, without a loop mount; part of build.sh.
# Nothing of this project and no .NET is in it: the guest mounts both from the host.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd) folder=$1
readonly SIZE=1200M
readonly MASKED=(systemd-timesyncd.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer
  e2scrub_reap.service fstrim.timer getty@tty1.service systemd-networkd.service systemd-resolved.service alsa-restore.service
  alsa-state.service systemd-update-utmp.service systemd-random-seed.service systemd-fsck-root.service)

mode=root helper=()
# In the namespace this user is root, so that the folder may be as private as a home is.
if [ "$(id -u)" != 0 ]; then mode=unshare helper=(unshare --map-root-user --map-auto); else export TMPDIR=$folder; fi

packages=$(sed 's/#.*//' "$here/packages.txt" | xargs | tr ' ' ,)
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:?}")
sources=()
for file in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources; do [ ! -s "$file" ] || sources+=("$file"); done
# Whatever leads apt to its archive on this machine leads it there in the new system.
apt=()
while IFS= read -r line; do apt+=(--aptopt="$line"); done < <(apt-config dump | grep -E '^Acquire::https?::Proxy' || true)

mmdebstrap --mode="$mode" --variant=minbase --include="$packages" "${apt[@]}" \
  --aptopt='Acquire::Languages "none"' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' "$codename" "$folder/base.tar" "${sources[@]}"

# As root, or as the root of a user namespace.
make_image() {
  local folder=$1 here=$2 size=$3 root=$1/root unit group
  shift 3
  mkdir "$root"
  tar -xf "$folder/base.tar" -C "$root" --exclude='./dev/*'
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  mkdir -p "$root/host" "$root/opt/rig" "$root/usr/share/dotnet" "$root/etc/systemd/system/multi-user.target.wants"
  install -m 755 "$here/guest/init" "$root/opt/rig/init"
  install -m 644 "$here/guest/rig.service" "$root/etc/systemd/system/"
  ln -s ../rig.service "$root/etc/systemd/system/multi-user.target.wants/rig.service"
  ln -sf /lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"
  install -m 644 "$here/guest/60-edgevoice-rig.rules" "$root/etc/udev/rules.d/"
  ln -sf ../share/dotnet/dotnet "$root/usr/bin/dotnet"
  for unit in "$@"; do ln -sf /dev/null "$root/etc/systemd/system/$unit"; done
  for group in gpio spi; do grep -q "^$group:" "$root/etc/group" || chroot "$root" groupadd -r "$group"; done
  echo virtual-pi > "$root/etc/hostname"
  : > "$root/etc/machine-id"
  truncate -s "$size" "$folder/root.img"
  mke2fs -q -F -t ext4 -O ^has_journal -d "$root" "$folder/root.img"
  chmod 644 "$folder/root.img"
  rm -rf --one-file-system "$root" "$folder/base.tar"
}
export -f make_image
"${helper[@]}" bash -euc 'make_image "$@"' make_image "$folder" "$here" "$SIZE" "${MASKED[@]}"
