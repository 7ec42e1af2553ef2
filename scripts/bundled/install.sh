#!/bin/sh
# Installs Dripline from what lies beside this file, and from nothing else:
#     sh install.sh [FOLDER]                       /opt/dripline, if none is named
#     PYTHON=/path/to/python3.12 sh install.sh     with a Python of one's choice
set -eu
umask 022 # the service runs as somebody else and must be able to read what root installs
unset PYTHONPATH PYTHONHOME

machine="@MACHINE@"
pythons="@PYTHONS@"
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${1:-/opt/dripline}

refuse() {
    printf '%s\n' "$@" >&2
    exit 1
}

fits() {
    "$1" - "$pythons" >/dev/null 2>&1 <<'END'
import ensurepip, os, sys, sysconfig, venv
minor = int(os.confstr("CS_GNU_LIBC_VERSION").split(".")[1])  # glibc alone answers this
sys.exit(not (
    sys.implementation.name == "cpython" and sys.maxsize > 2**32 and minor >= @GLIBC@
    and "%d.%d" % sys.version_info[:2] in sys.argv[1].split()
    and not sysconfig.get_config_var("Py_GIL_DISABLED")
))
END
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.13 python3.12 python3.11 python3; fi
    for name in "$@"; do
        if fits "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

[ "$(uname -s) $(uname -m)" = "Linux $machine" ] || refuse \
    "本安装包用于 Linux $machine，而本机是 $(uname -s) $(uname -m)。请换用对应架构的安装包。" \
    "This bundle is for Linux on $machine; here is $(uname -s) on $(uname -m). Take the bundle for it."
(cd -- "$here" && sha256sum --check --quiet --strict SHA256SUMS >&2) || refuse \
    "安装包不完整或已被改动（见上）。请重新拷贝后再试。什么都没有安装。" \
    "The bundle is not whole or was changed (see above). Copy it again. Nothing was installed."
python=$(find_python) || refuse \
    "没有找到合适的 Python：需要 CPython（$pythons 之一，含 venv 和 ensurepip）和 glibc 2.@GLIBC@ 以上。用 PYTHON=... 指定。" \
    "No fitting Python: it takes CPython ($pythons) with venv and ensurepip, and glibc 2.@GLIBC@ or newer. Name one: PYTHON=..."
[ ! -e "$folder" ] || [ -z "$(ls -A -- "$folder")" ] || refuse \
    "$folder 不是空目录。请先把旧版本移开（数据不在其中），或指定另一个目录。" \
    "$folder is not empty. Move the old version aside (data do not lie there), or name another folder."

mkdir -p -- "$folder"
folder=$(CDPATH='' cd -- "$folder" && pwd)
trap 'rm -rf -- "$folder"' EXIT # of what fails half way nothing is left
trap 'exit 130' INT TERM

# No setting of pip on this machine counts, in a file or in the environment: nothing is asked of any index.
pip() {
    PIP_CONFIG_FILE=/dev/null "$folder/bin/python" -m pip --isolated --disable-pip-version-check "$@"
}
echo "正在安装到 $folder，约需一分钟 / Installing into $folder, a minute or so ($python)"
"$python" -m venv "$folder"
pip install --quiet --no-cache-dir --no-index --only-binary=:all: --find-links "$here/wheels" \
    --require-hashes -r "$here/site.lock"
pip install --quiet --no-cache-dir --no-index --no-deps "$here"/wheels/dripline-*.whl
pip check >/dev/null || refuse "依赖不齐。" "What the program needs is not all there."
said=$("$folder/bin/dripline" --version)
trap - EXIT
echo "$said"
echo "已安装。下一步见 README.zh-CN.md / Installed. What to do next: README.md"
