"""The composition root: store, pages, identity, exports, follow-through and the command line."""
