#!/bin/sh
# Trong thùng chứa: lần đầu lấy chỉ mục đã dựng sẵn, sau đó dựng lại khi nội dung đổi, rồi chạy tiến trình được gọi.
set -eu
umask 077
index="${INDEX_DIR:-$DATA_DIR/index}"
if [ ! -f "$index/current" ]; then
    mkdir -p "$index"
    cp -R /opt/mot-cua/index-made/. "$index/"
fi
.venv/bin/python scripts/reindex.py --if-stale --accept
exec .venv/bin/python -m bot "$@"
