"""What can go wrong when the house opens.

* Invalid
  x NotText            an address or a form holds a sign that no text has
  x TooManyFiles       more files in one request than are taken
  x NoSuchWay          a page is asked in a way it does not answer
* Refused
  x PortTaken          another program listens on that port
  x AlreadyUp          Marsad runs on this data folder already
  x HomeNotWritable    the data folder cannot be written
  x DatabaseSilent     the database does not answer
  x NotPrepared        the database has not been prepared
  x PartDied           the web server ended by itself, again and again
"""

from __future__ import annotations

from marsad.problems import Invalid, Refused, _


class PortTaken(Refused):
    code = "house.port-taken"
    says = _(
        "Another program already listens on port {port}. "
        "Choose another port: marsad up --port {other}."
    )


class AlreadyUp(Refused):
    code = "house.already-up"
    says = _("Marsad is already running on the data folder {home}, at {address}.")


class HomeNotWritable(Refused):
    code = "house.home-not-writable"
    says = _("The data folder {home} cannot be written. Set MARSAD_HOME to a folder that can.")


class DatabaseSilent(Refused):
    code = "house.database-silent"
    says = _("The database does not answer: {reason}. Is DATABASE_URL right, and the server up?")


class NotPrepared(Refused):
    code = "house.not-prepared"
    says = _("The database is not prepared for this version of Marsad. Run: marsad prepare")


class PartDied(Refused):
    code = "house.part-died"
    says = _("The {part} ended by itself with exit code {exit_code}; see what it wrote above.")


class NotText(Invalid):
    code = "house.not-text"
    says = _("What was sent holds a sign that no text has (NUL). Remove it and send it again.")


class TooManyFiles(Invalid):
    code = "house.too-many-files"
    says = _("At most {most} files can be sent at once. Send the rest after them.")


class NoSuchWay(Invalid):
    code = "house.no-such-way"
    says = _("{method} is not answered here; this address answers {allowed}.")
