"""Request and response types, such as `lorebox.types.Workspace`."""

from ._generated.models import *  # noqa: F403
from ._pages import Page as Page  # noqa: PLC0414
