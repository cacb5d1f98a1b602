"""Find mistakes in Harness and Vela pipelines before they run."""

__version__ = "0.1.0"
