"""Prints the engines that the contract suite ran on, from the reports of its runs, and fails when one is missing.

Each argument is NAME=REPORT, a JUnit report of the suite on that engine.
"""
import sys
import xml.etree.ElementTree as ElementTree


def summary(report):
    """Counts the tests of a report; a report that is not there counts none."""
    try:
        suite = ElementTree.parse(report).getroot()
    except FileNotFoundError:
        return 0, 0
    skipped = int(suite.get("skipped"))
    failed = int(suite.get("failures")) + int(suite.get("errors"))
    return int(suite.get("tests")) - skipped - failed, failed


def main(arguments):
    complete = True
    for name, report in (argument.split("=", 1) for argument in arguments):
        passed, failed = summary(report)
        ran = passed > 0 and failed == 0
        complete = complete and ran
        print(f"{name}: {passed} passed, {failed} failed{'' if ran else '  <- MISSING'}")
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
