"""The guided validator: one wrong value, one problem, on that value."""
