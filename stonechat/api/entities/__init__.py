"""The words of Mastodon's API as types: one module per noun, one struct per entity.

A key that may be left out is `X | UnsetType = UNSET`; a nullable key is `X | None` and always
written. Lists default to empty. Keys newer than the version that we announce (4.6 and later) are
left out unless somebody fills them.
"""
