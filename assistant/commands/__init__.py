"""The commands of ``cabildo``, grouped by what they work on; each module has ``register(app)``."""
