"""Names of XML elements, also of those that no valid document holds: a feed's prefix may not be declared."""

from lxml import etree


def local_name(node: etree._Element) -> str:
    """Return what an element is called, without namespace and prefix."""
    return str(node.tag).rpartition("}")[2].rpartition(":")[2]


def namespace_of(node: etree._Element) -> str:
    """Return an element's namespace, or the prefix that was meant to name one."""
    namespace, brace, name = str(node.tag).rpartition("}")
    return namespace.lstrip("{") if brace else name.rpartition(":")[0]
