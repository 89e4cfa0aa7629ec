"""`python -m velveteen`: the same as the command `velveteen`."""

from velveteen.cli import main

if __name__ == "__main__":
    main()
