"""The boards, as Python that writes them."""
