"""The regression set of questions: drives the assistant from outside; nobody imports it."""
