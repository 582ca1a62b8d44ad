# Sourced by run, test and check: makes .venv once, and again only when what is to be installed has changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Cần Python 3.11 trở lên (trên Debian, Ubuntu: sudo apt install python3 python3-venv)." >&2
    return 1
}

# On Linux the small CPU build of torch lives on PyTorch's own index; asked only when it answers quickly.
torch_index() {
    local url="${TORCH_INDEX:-https://download.pytorch.org/whl/cpu}"
    [ "$(uname -s)" = Linux ] || return 0
    if command -v curl >/dev/null && curl -fsI --max-time 4 -o /dev/null "$url/torch/" 2>/dev/null; then
        echo "--extra-index-url $url"
    fi
}

prepare() { # prepare [extra]: "" for running, "dev" for tests
    local extra="${1:-}" stamp=".venv/.installed-${1:-run}" wanted python
    wanted="$(cat pyproject.toml constraints.txt | sha256sum | cut -d' ' -f1)"
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    python="$(find_python)"
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    echo "Đang cài đặt lần đầu (khoảng một đến vài phút)…" >&2
    # shellcheck disable=SC2046
    .venv/bin/python -m pip install --quiet --disable-pip-version-check $(torch_index) \
        --constraint constraints.txt --editable ".${extra:+[$extra]}"
    echo "$wanted" >"$stamp"
}
