"""What is sent as a file: held in memory up to what the register reads, and not read further."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from .limits import MOST_BYTES

# So much is let go by for the sake of an answer: a browser that is cut off shows none.
LET_BY = 4 * MOST_BYTES


class BoundedUploadHandler(FileUploadHandler):
    """Holds one file; the part that exceeds `limits.MOST_BYTES` is read by nobody, on no page.

    The fields before the file are kept, so that a form can be shown again as it was.
    """

    stopped = False

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:  # noqa: N803
        self.cut_off = content_length > LET_BY

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > MOST_BYTES:
            self.stopped = True
            self.file.close()
            raise StopUpload(connection_reset=True) if self.cut_off else SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def too_large(request: HttpRequest) -> bool:
    """Whether a file was sent that is larger than the register reads."""
    return any(getattr(handler, "stopped", False) for handler in request.upload_handlers)
