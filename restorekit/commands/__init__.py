"""The subcommands of ``restorekit``, one module each: ``add_arguments(parser)`` and ``run(args) -> int``.

``outputs`` is what they share.
"""
