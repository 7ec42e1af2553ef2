"""``python -m dripline``: the command line."""

from dripline.cli import main

if __name__ == "__main__":
    main()
