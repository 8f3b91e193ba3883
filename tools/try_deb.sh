#!/usr/bin/env bash
# Installs the Debian package in a bare chroot without a network and uses it there: --version, demo,
# validate, the page, desktop install; then takes it away again and looks at what is left.
# Usage: tools/try_deb.sh [FILE.deb]     SUITE=bullseye for an older desktop (default bookworm)
#
# Needs root, debootstrap and the packages' registry for the chroot itself. Slow: not part of make test.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/apt.sh

deb=$(realpath "${1:-$(ls -t dist/*.deb | head -n 1)}")
suite=${SUITE:-bookworm}
[ "$(id -u)" -eq 0 ] || { echo "not tried: chroot needs root" >&2; exit 2; }
command -v debootstrap >/dev/null || apt_install debootstrap || exit 2

root=$(mktemp -d /var/tmp/perfgoals-try.XXXXXX)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase "$suite" "$root" "${MIRROR:-http://deb.debian.org/debian}" >"$root.log" 2>&1 ||
    { tail "$root.log" >&2; rm -f "$root.log"; exit 2; }
rm -f "$root.log"
cp "$deb" "$root/tmp/perfgoals.deb"
mkdir "$root/tmp/home"

cat >"$root/tmp/try.sh" <<'TRY'
set -euo pipefail
export HOME=/tmp/home LC_ALL=C.UTF-8
cd /tmp/home
step() { echo "== $*"; }
python=/usr/lib/perfgoals-xl/python/bin/python3.11
find / -xdev \( -path /proc -o -path /tmp -o -path /var/lib/dpkg -o -path /var/log \) -prune -o -print | sort >/tmp/before
command -v python3 && { echo "not a bare system" >&2; exit 1; }
ldd --version >ldd.txt; head -n 1 ldd.txt

step "dpkg -i"
dpkg -i /tmp/perfgoals.deb
step "perfgoals --version"
perfgoals --version
step "perfgoals demo"
perfgoals demo
step "perfgoals validate"
perfgoals validate "perfgoals-demo/1 申报表.xlsx" >report.txt || [ $? -eq 1 ]
tail -n 1 report.txt
step "perfgoals consolidate, in two processes"
mkdir 报送
cp "perfgoals-demo/1 申报表.xlsx" 报送/甲.xlsx
perfgoals new -o 报送/乙.xlsx --department 乙局 --year 2026
perfgoals consolidate 报送 -o 总汇总.xlsx --jobs 2
step "nothing of the folders of root was written"
[ -z "$(find /usr/lib/perfgoals-xl -newer /tmp/before -type f)" ]

step "perfgoals page"
perfgoals page --no-browser >page.txt 2>&1 &
page=$!
$python -I - <<'ASK'
import re, time, urllib.error, urllib.request
for _ in range(300):
    found = re.search(r"http://127\.0\.0\.1:\d+/", open("page.txt", encoding="utf-8").read())
    if found:
        break
    time.sleep(0.2)
assert found, open("page.txt", encoding="utf-8").read()
for _ in range(50):
    try:
        with urllib.request.urlopen(found[0], timeout=10) as answer:
            text = answer.read().decode("utf-8")
            policy = answer.headers["Content-Security-Policy"]
        break
    except urllib.error.HTTPError as error:
        raise SystemExit(f"the page answers {error.code}: {error.read().decode()}")
    except urllib.error.URLError:
        time.sleep(0.2)
else:
    raise SystemExit("the page does not answer")
assert "绩效目标" in text and "default-src 'none'" in policy, (text[:200], policy)
try:
    urllib.request.urlopen(found[0] + "api/start", timeout=10)
except urllib.error.HTTPError as refused:
    print("the page answers; without its key it says", refused.code)
else:
    raise SystemExit("the page answers without its key")
ASK
kill -TERM $page
wait $page || true

step "perfgoals desktop install"
mkdir -p "$HOME/桌面" "$HOME/.config"
echo 'XDG_DESKTOP_DIR="$HOME/桌面"' >"$HOME/.config/user-dirs.dirs"
perfgoals desktop install
grep Exec "$HOME/桌面/perfgoals.desktop"
perfgoals addin doctor || true
perfgoals desktop uninstall

step "dpkg --purge"
dpkg --purge perfgoals-xl
find / -xdev \( -path /proc -o -path /tmp -o -path /var/lib/dpkg -o -path /var/log \) -prune -o -print | sort >/tmp/after
diff /tmp/before /tmp/after && echo "nothing is left"
TRY

# A network of its own that holds nothing but the loopback address; whatever is started ends with it.
unshare --net --mount --pid --fork --kill-child bash -euc "
    ip link set lo up
    mount -t proc proc '$root/proc'
    mount -t tmpfs tmpfs '$root/dev/shm' 2>/dev/null || { mkdir -p '$root/dev/shm'; mount -t tmpfs tmpfs '$root/dev/shm'; }
    exec chroot '$root' bash /tmp/try.sh"
echo "tried in a bare $suite"
