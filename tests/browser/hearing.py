"""What Chromium hands to a screen reader: roles and names as in its own accessibility tree."""

from playwright.sync_api import Page


def heard(page: Page, *roles: str) -> list[str]:
    """The names of everything on the page with one of these roles."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        node.get("name", {}).get("value", "")
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in roles
    ]
