"""The command ``nianbao``, which is ``python -m nianbao`` as well."""

import sys


def main() -> int:
    """Run the command. Ctrl-C while its modules load ends it in words, as it does later."""
    try:
        from nianbao.command.main import main as command
    except KeyboardInterrupt:
        sys.stderr.write("nianbao: stopped\n")
        return 130
    return command()


if __name__ == "__main__":
    # ``-m`` puts the working folder first, where a ``queue.py`` would be taken for Python's own.
    if not sys.flags.safe_path:
        del sys.path[0]
    sys.exit(main())
