#!/usr/bin/env bash
# Builds the Python that the Debian package carries, and the libraries that it needs beside it.
# Usage: tools/deb/python.sh FOLDER      FOLDER/usr/lib/perfgoals-xl/python is written, with
#                                        FOLDER/sources.txt, which names what it was made from.
#
# The desktops of the offices have a Python that is too old (3.7 on the glibc of 2018, 3.8 on that of
# 2020), so one of our own comes along: Debian's source of 3.11 with Debian's security patches, built
# in a bare Debian 11, whose glibc is old enough. Two choices bring what it asks of glibc down to 2.28:
# the old versions of five functions of libm (tools/deb/old_glibc.h), and no sem_clockwait.
# Needs root and debootstrap. Takes some four minutes on two cores; SUITE and MIRROR may be set.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/apt.sh

out=$(realpath -m "$1")
suite=${SUITE:-bullseye}
sources=${SOURCES:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
prefix=/usr/lib/perfgoals-xl/python
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)}

[ "$(id -u)" -eq 0 ] || { echo "no Python built: debootstrap and chroot need root" >&2; exit 1; }
command -v debootstrap >/dev/null || apt_install debootstrap || exit 1
command -v objdump >/dev/null || apt_install binutils || exit 1

root=$(mktemp -d /var/tmp/perfgoals-deb.XXXXXX)
trap 'rm -rf "$root" "$root.log"' EXIT
log=$root.log
quietly() { "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; echo "no Python built: $1 failed" >&2; exit 1; }; }
inside() { quietly chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" bash -euc "$1"; }

echo "a bare $suite for the build"
quietly debootstrap --variant=minbase "$suite" "$root" "$mirror"
cat >"$root/etc/apt/sources.list" <<LIST
deb $mirror $suite main
deb-src $mirror $sources main
LIST
cp /etc/resolv.conf "$root/etc/resolv.conf"
inside 'apt-get update -q
    apt-get install -y -q --no-install-recommends gcc libc6-dev make dpkg-dev \
        libssl-dev zlib1g-dev libbz2-dev liblzma-dev libffi-dev uuid-dev
    mkdir /build && cd /build && apt-get source -q --download-only python3.11'

echo "Python from the source package of $sources"
cp tools/deb/old_glibc.h "$root/build/"
# Debian's own patches move the installation to other places; those that mend faults are taken.
inside 'cd /build && dpkg-source --skip-patches -x python3.11_*.dsc src && cd src
    grep -E "^(CVE-|000|relfile|frame_dealloc|shutdown-dead)" debian/patches/series |
        while read -r name; do patch -p1 -s <"debian/patches/$name"; done'
# One of them has pyexpat use a header that Debian's way of building it allows; this is Python's own.
sed -i '1i #ifndef Py_BUILD_CORE_BUILTIN\n#  define Py_BUILD_CORE_MODULE 1\n#endif' "$root/build/src/Modules/pyexpat.c"
# Semaphores work on every desktop; in a chroot without /dev/shm they cannot be tried.
inside "cd /build/src
    export ac_cv_func_sem_clockwait=no ac_cv_posix_semaphores_enabled=yes ac_cv_broken_sem_getvalue=no
    ./configure -q --prefix=$prefix --without-ensurepip \
        --disable-test-modules --without-static-libpython \
        CFLAGS='-O2 -g0 -include /build/old_glibc.h -ffile-prefix-map=/build/src=.' \
        LDFLAGS='-Wl,-rpath,$prefix/lib'
    make -s -j$(nproc)
    make -s altinstall DESTDIR=/build/out"

home=$root/build/out$prefix
lib=$home/lib/python3.11
# What a command on an office PC never imports, and modules for libraries that newer desktops lack.
rm -rf "$home/share" "$home/include" "$home/lib/pkgconfig" "$lib"/config-* "$lib/test" "$lib/idlelib" \
    "$lib/lib2to3" "$lib/tkinter" "$lib/turtledemo" "$lib/turtle.py" "$lib/ensurepip" "$lib/pydoc_data"
rm -f "$lib"/lib-dynload/{nis,_crypt,spwd,ossaudiodev,_tkinter}.*
find "$home/bin" -mindepth 1 ! -name python3.11 -delete
find "$home" -name __pycache__ -prune -exec rm -rf {} +
find "$home" -type d -name tests -prune -exec rm -rf {} +
# A program named there that no desktop has.
sed -i '1{/^#!.*\/usr\/local\//d}' "$lib"/*.py
# The libraries whose names differ from one desktop to the next stand beside it, found by its rpath.
mapfile -t programs < <(cd "$root/build/out" && find . -path "*/bin/python3.11" -o -name "*.so")
(cd "$root/build/out" && objdump -p "${programs[@]}") | sed -n 's/ *NEEDED *//p' | sort -u >"$root/needed.txt"
while read -r name; do
    case $name in libc.so.* | libm.so.* | libdl.so.* | libpthread.so.* | librt.so.* | libutil.so.* | ld-*) continue ;; esac
    file=$(realpath "$(find "$root/lib/" "$root/usr/lib/" -name "$name" -print -quit)")
    install -m 644 "$file" "$home/lib/$name"
    # The library's package, for its licence.
    chroot "$root" dpkg -S "*/$(basename "$file")" | head -n 1 | cut -d: -f1
done <"$root/needed.txt" | sort -u >"$root/libraries.txt"
[ -s "$root/libraries.txt" ] || { echo "no Python built: no library was found that it needs" >&2; exit 1; }

find "$home" -type f \( -name '*.so*' -o -path '*/bin/python3.11' \) -exec strip --strip-unneeded {} +

# A module that was not built shows only when it is asked for.
inside "mkdir -p $(dirname $prefix) && cp -a /build/out$prefix $prefix
    $prefix/bin/python3.11 -I -c 'import asyncio, bz2, ctypes, hashlib, lzma, multiprocessing.synchronize, \
        pyexpat, select, ssl, unicodedata, uuid, xml.etree.ElementTree, zipfile, zlib, zoneinfo'"

rm -rf "$out"
mkdir -p "$out/licences"
cp -a "$root/build/out/usr" "$out/"
{
    sed -n 's/^Version: /python3.11 /p' "$root"/build/python3.11_*.dsc | head -n 1
    while read -r package; do
        chroot "$root" dpkg-query -W -f '${source:Package} ${source:Version}\n' "$package"
        cp -L "$root/usr/share/doc/$package/copyright" "$out/licences/$package"
    done <"$root/libraries.txt"
} >"$out/sources.txt"
cp "$root/build/src/LICENSE" "$out/licences/python3.11"
echo "built $out$prefix from"
sed 's/^/  /' "$out/sources.txt"
