"""What the server answers, and what it takes: `lorebox.types.Workspace` and all the others."""

from ._generated.models import *  # noqa: F403
from ._pages import Page as Page  # noqa: PLC0414
