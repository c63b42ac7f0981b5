"""The screens of the app: the desk, and what opens over it."""
