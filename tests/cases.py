"""Many cases of one test, tried in one go, as each of pytest's tests costs some milliseconds by itself."""

from inspect import signature

import pytest


def each(names, cases):
    """As ``pytest.mark.parametrize``, but one test with the same fixtures: it tries all cases, and names those that fail."""
    own = [names] if isinstance(names, str) else names

    def made(function):
        def test(**fixtures):
            failed = []
            for case in cases:
                named = dict(zip(own, [case] if isinstance(names, str) else case, strict=True))
                try:
                    function(**fixtures, **named)
                except (Exception, pytest.fail.Exception) as error:
                    error.add_note(f"case: {named}")
                    failed.append(error)
            if failed[1:]:
                raise BaseExceptionGroup(f"{len(failed)} of {len(cases)} cases", failed)
            if failed:
                raise failed[0]

        known = signature(function)
        test.__signature__ = known.replace(parameters=[one for name, one in known.parameters.items() if name not in own])
        test.__name__, test.__qualname__, test.__module__ = function.__name__, function.__qualname__, function.__module__
        test.__doc__, test.pytestmark = function.__doc__, getattr(function, "pytestmark", [])
        return test

    return made
