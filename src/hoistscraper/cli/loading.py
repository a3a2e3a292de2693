"""Load what a command needs, when it needs it."""

import gc
from importlib import import_module
from types import ModuleType


def load(name: str) -> ModuleType:
    """Import a module by its full name.

    Loading makes many objects that stay and hardly any rubbish; looking for rubbish meanwhile would take a
    fifth of the time, and looking through these objects later is as much in vain.
    """
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()
