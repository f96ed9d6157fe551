"""What `tdkt doctor` sees of the database: whether it is there, lets us in, is whole, and is of this program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.checkup.check import Check, Schema, State, engine_of, first_line, has_database, schema_of
from bot.settings import Settings

_NAME = "Cơ sở dữ liệu"
_MEND = "Khôi phục từ bản sao lưu (tdkt restore), hoặc xóa và chạy lại tdkt index."


def database(settings: Settings) -> Iterator[Check]:
    """Cơ sở dữ liệu."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError, SQLAlchemyError

    if not has_database(settings):
        yield Check(_NAME, State.WARNING, "chưa có", "Sẽ được tạo khi chạy tdkt index.")
        return
    try:
        server = settings.database is not None and make_url(settings.database).get_backend_name() != "sqlite"
    except ArgumentError:  # what it says quotes the address, password and all
        yield Check(_NAME, State.BAD, "TDKT_DATABASE_URL sai dạng", "Dạng đúng: postgresql://tên:mật-khẩu@máy/cơ-sở")
        return
    try:
        yield _server(settings) if server else _file(settings)
        yield from _schema(settings)
    except SQLAlchemyError as error:
        yield _unreachable(settings, error) if server else _damaged(first_line(error))


def _file(settings: Settings) -> Check:
    from sqlalchemy import text

    from knowledge.db import reading

    with engine_of(settings) as engine, reading(engine) as session:
        said = session.execute(text("PRAGMA quick_check(1)")).scalar_one()
        pages, size = (session.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("page_count", "page_size"))
    if said != "ok":
        return _damaged(str(said))
    return Check(_NAME, State.FINE, f"toàn vẹn, {pages * size / 2**20:.1f} MB".replace(".", ","))


def _damaged(said: str) -> Check:
    return Check(_NAME, State.BAD, f"hỏng: {said}", _MEND)


def _shown(settings: Settings) -> str:
    """Return the server's address as it may be shown: no name, no password."""
    from sqlalchemy import make_url

    return str(make_url(settings.database or "").set(username=None, password=None, query={}))


def _server(settings: Settings) -> Check:
    with engine_of(settings) as engine:
        engine.connect().close()
    return Check(_NAME, State.FINE, f"kết nối được {_shown(settings)}")


def _unreachable(settings: Settings, error: Exception) -> Check:
    from sqlalchemy import make_url

    shown, said = _shown(settings), str(error)
    if re.search(r"authentication failed|no password supplied|role .* does not exist", said):
        return Check(
            _NAME,
            State.BAD,
            f"{shown} không nhận tên hoặc mật khẩu",
            "Sửa tên và mật khẩu trong TDKT_DATABASE_URL (ký tự đặc biệt viết dạng %40).",
        )
    if absent := re.search(r'database "([^"]+)" does not exist', said):
        return Check(
            _NAME, State.BAD, f"{shown} không có cơ sở “{absent[1]}”", f"Trên máy chủ đó chạy: createdb {absent[1]}"
        )
    password = make_url(settings.database or "").password
    line = first_line(error).replace(str(password), "…") if password else first_line(error)
    return Check(
        _NAME,
        State.BAD,
        f"{shown} không kết nối được: {line}",
        "Kiểm tra TDKT_DATABASE_URL và máy chủ đó có đang chạy.",
    )


def _schema(settings: Settings) -> Iterator[Check]:
    with engine_of(settings) as engine:
        schema = schema_of(engine)
    if schema is Schema.NEWER:
        yield Check(
            _NAME,
            State.BAD,
            "do bản chương trình mới hơn tạo ra, bản này không dùng được",
            "Cài bản chương trình mới nhất; hoặc khôi phục bản sao lưu cũ vào thư mục khác (tdkt restore).",
        )
    elif schema is Schema.OLDER:
        yield Check(
            _NAME,
            State.WARNING,
            "do bản chương trình cũ hơn tạo ra",
            "Sẽ tự nâng cấp ở lần chạy tdkt serve tới; nên sao lưu trước (tdkt backup).",
        )
