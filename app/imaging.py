"""Pictures as people send them, made into pictures as we keep them: decoded, turned upright, made small, encoded anew.

Nothing of the file that came is kept but its pixels: no place, no camera, no name, nothing that hides behind them.
"""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from facilitation.record import Refused

LARGEST_FILE = 8 * 1024 * 1024  # bytes that may come
LONGEST_SIDE = 1600  # pixels that are kept
MOST_PIXELS = 50_000_000  # that may come: a small file can unfold into gigabytes
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")  # of a moving one the first picture
KEPT, TYPE = "WEBP", "image/webp"
QUALITY = 80

Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before anything is decoded, and refuse in a sentence


class Picture(NamedTuple):
    type: str
    width: int
    height: int
    bytes: bytes


def encoded(file: bytes) -> Picture:
    """The picture in a file that came from anywhere; Refused if it is none, or too large."""
    if len(file) > LARGEST_FILE:
        raise Refused("upload.too_large", most=LARGEST_FILE // 1024 // 1024)
    try:
        with Image.open(BytesIO(file), formats=FORMATS) as image:
            _check_size(image)
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
            return _kept(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("upload.invalid", why="no_picture") from error


def checked(file: bytes) -> Picture:
    """A picture that says it was encoded by us, as it comes back from a file; ValueError if it cannot have been."""
    try:
        with Image.open(BytesIO(file), formats=[KEPT]) as image:
            image.verify()
            if max(image.size) > LONGEST_SIDE or {"exif", "xmp", "icc_profile"} & image.info.keys():
                raise ValueError("not a picture as we keep them")
            return Picture(TYPE, *image.size, file)
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError) as error:
        raise ValueError("no picture") from error


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise Refused("upload.too_large", why="pixels", most=MOST_PIXELS // 1_000_000)


def _kept(image: Image.Image) -> Picture:
    plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(plain.mode, plain.size)  # what an image carries beside its pixels stays behind
    bare.paste(plain)
    into = BytesIO()
    bare.save(into, KEPT, quality=QUALITY)
    return Picture(TYPE, *bare.size, into.getvalue())
