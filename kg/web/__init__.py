"""The site: the SPARQL endpoint, the saved questions, a page for every thing; queries run in :mod:`kg.engine`."""

from kg.web.app import create_app, warm_up

__all__ = ["create_app", "warm_up"]
