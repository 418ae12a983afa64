"""The one exception that users meet: their mistake, told in one line."""


class KjreportError(Exception):
    """A mistake in the input, worded for the person who can mend it.

    The message is one line: the file and place, what was expected and found,
    and what to do. The command line prints it as it is and exits with status 2.

    Examples
    --------
    >>> raise KjreportError("reports.csv, row 3: no file 'a.docx'; correct the name")
    Traceback (most recent call last):
    ...
    kjreport.errors.KjreportError: reports.csv, row 3: no file 'a.docx'; correct the name
    """
