#!/bin/sh
# Trong thùng chứa: lần đầu lấy chỉ mục đã dựng sẵn, sau đó dựng lại khi nội dung đổi, rồi chạy tiến trình được gọi.
set -eu
umask 077
index="${INDEX_DIR:-$DATA_DIR/index}"
if [ ! -f "$index/current" ]; then
    mkdir -p "$index"
    cp -R /opt/mot-cua/index-made/. "$index/"
fi
# chỉ mục mới bị giữ lại thì vẫn chạy bằng chỉ mục đang có
.venv/bin/python scripts/reindex.py --if-stale --accept || echo "chỉ mục mới chưa dùng được" >&2
exec .venv/bin/python -m bot "$@"
