"""Questions that go on with the answer before: its row, or the figure beside it."""
