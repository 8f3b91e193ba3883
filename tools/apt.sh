# Sourced by the other scripts here.

# apt_install PACKAGE...: installs with apt as root, or with a sudo that asks for no password.
# Returns 1, with the reason on standard error, where that is not possible or not permitted
# (APT=no in the environment forbids it).
apt_install() {
    local sudo=() log
    if [ "${APT:-}" = no ]; then
        echo "not installed, APT=no: $*" >&2
        return 1
    elif ! command -v apt-get >/dev/null; then
        echo "not installed, there is no apt-get here: $*" >&2
        return 1
    elif [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            echo "not installed, neither root nor sudo without a password: $*" >&2
            return 1
        fi
        sudo=(sudo -n)
    fi
    echo "installing with apt: $*"
    log=$(mktemp)
    if "${sudo[@]}" apt-get update -q >"$log" 2>&1 &&
        "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
            --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 20 "$log" >&2
        echo "not installed, apt-get failed (all of its output: $log): $*" >&2
        return 1
    fi
}
