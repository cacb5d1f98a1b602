"""The catalogues of what pipelines may hold, and the JSON Schemas made from them."""
