import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app import imaging
from app.imaging import checked, encoded
from facilitation.record import Refused


def file(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """A picture as somebody might send it."""
    into = BytesIO()
    Image.new(mode, size).save(into, kind, **more)
    return into.getvalue()


def refusal(content: bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        encoded(content)
    return refused.value.code, refused.value.values.get("why", "")


def claiming(width: int, height: int) -> bytes:
    """A few bytes that say they are a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000)))


@pytest.mark.parametrize(
    "sent",
    [
        *(("PNG", mode) for mode in ("RGB", "RGBA", "P", "L", "LA", "1", "I;16")),
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
        ("WEBP", "RGBA"),
        ("GIF", "P"),
    ],
)
def test_whatever_picture_comes_one_kind_is_kept(sent: tuple[str, str]) -> None:
    picture = encoded(file(*sent))

    assert picture[:3] == ("image/webp", 40, 30)
    assert checked(picture.bytes) == picture


def test_a_picture_is_turned_upright_and_made_as_large_as_a_screen_needs() -> None:
    lying = Image.Exif()
    lying[0x0112] = 6  # turned by a quarter

    picture = encoded(file("JPEG", size=(3000, 1500), exif=lying))

    assert (picture.width, picture.height) == (800, 1600)


def test_nothing_of_a_file_is_kept_but_its_pixels() -> None:
    told = Image.Exif()
    told[0x010F] = "Kamera von Ada"
    told.get_ifd(0x8825)[1] = "N"  # where it was taken
    sent = file("JPEG", exif=told, comment=b"Geheimnis", icc_profile=b"Profil") + b"<script>Anhang</script>"

    picture = encoded(sent)

    secrets = (b"Kamera", b"Geheimnis", b"Profil", b"Anhang")
    assert [secret for secret in secrets if secret not in sent] == []
    assert [secret for secret in secrets if secret in picture.bytes] == []
    with Image.open(BytesIO(picture.bytes)) as kept:
        assert (dict(kept.getexif()), kept.info.keys() & {"exif", "icc_profile", "xmp", "comment"}) == ({}, set())


def test_of_a_moving_picture_the_first_one_is_kept() -> None:
    into = BytesIO()
    red, blue = (Image.new("RGB", (8, 8), colour) for colour in ("red", "blue"))
    red.save(into, "GIF", save_all=True, append_images=[blue])

    with Image.open(BytesIO(encoded(into.getvalue()).bytes)) as kept:
        red_part, _, blue_part = kept.convert("RGB").getpixel((4, 4))  # type: ignore[misc]  # three numbers
        assert (kept.format, red_part > 200, blue_part < 50) == ("WEBP", True, True)


def test_what_is_transparent_stays_so() -> None:
    with Image.open(BytesIO(encoded(file("PNG", "RGBA")).bytes)) as kept:
        assert kept.mode == "RGBA"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"kein Bild",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"<!doctype html><script>alert(1)</script>",
        file()[:60],
        file("JPEG", size=(400, 300))[:300],
        file("BMP"),
        file("TIFF"),
        b"GIF89a",
    ],
    ids=["nothing", "words", "svg", "html", "half a png", "half a jpeg", "bmp", "tiff", "half a gif"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert refusal(content) == ("upload.invalid", "no_picture")


def test_a_small_file_that_unfolds_into_gigabytes_is_refused_before_it_does() -> None:
    assert refusal(claiming(60_000, 60_000)) == ("upload.too_large", "pixels")


def test_a_file_that_is_too_large_is_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imaging, "LARGEST_FILE", 100)

    assert refusal(b"x" * 101) == ("upload.too_large", "")
    assert refusal(b"x" * 100) == ("upload.invalid", "no_picture")


def test_only_what_we_could_have_made_comes_back_from_a_file() -> None:
    told = Image.Exif()
    told[0x010F] = "Kamera"
    strangers = [b"", file("PNG"), file("WEBP", size=(1601, 10)), file("WEBP", exif=told), file("WEBP")[:40]]

    for stranger in strangers:
        with pytest.raises(ValueError, match="picture"):
            checked(stranger)
