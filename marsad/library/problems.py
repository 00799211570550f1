"""What can go wrong in the library.

* NotFound
  x NoSuchDocument, NoSuchArrival, NoSuchRecommendation, NoSuchPlace, NoSuchRuling, NoSuchLesson,
    NoPicture, NoSuchPractice
* NotAllowed
  x NotALibrarian        only curators change the library
* Refused
  x AlreadyHere          the same bytes are in the library
  x OnItsWay             the same bytes are being read
  x TooMuchAtOnce        a request larger than the house takes in
  x SymbolTaken          another document of the same readers states the symbol
  x SameDocument         a document cannot be joined to itself
  x SymbolsDiffer        two symbols are two documents
  x ReadersDiffer        joining would open what is restricted, or hide what is public
  x LastVersion          a document keeps at least one version
  x ThemeCodeTaken       the list has a theme with that code
  x PracticeUnverified   its State has not verified it
* Invalid
  x UnknownTheme, UnknownChoice, RestrictedToNobody, NothingAsked
  x NothingTyped, TooMuchTyped   a correction that cannot be one
  x PracticeEmpty        a title and a text in one language at least
  x CannotOpen           a file the command line was given
  x GivenUp              a file stopped its worker again and again
  x Unforeseen           a fault of Marsad's own
"""

from __future__ import annotations

from marsad.problems import Invalid, NotAllowed, NotFound, Refused, _


class NoSuchDocument(NotFound):
    code = "library.document.not-found"
    says = _("There is no such document in the library, or it is not open to you.")


class NoSuchArrival(NotFound):
    code = "library.arrival.not-found"
    says = _("There is no such file on its way into the library.")


class NoSuchRecommendation(NotFound):
    code = "library.recommendation.not-found"
    says = _("There is no such recommendation, or it is not open to you.")


class NoSuchPlace(NotFound):
    code = "library.place.not-found"
    says = _("The text has no such place. Load the page again: it may have been read anew.")


class NoSuchRuling(NotFound):
    code = "library.ruling.not-found"
    says = _("There is no such decision about a text, or it was taken back already.")


class NoSuchLesson(NotFound):
    code = "library.lesson.not-found"
    says = _("The library has learned nothing of that name. Load the page again.")


class NoPicture(NotFound):
    code = "library.picture.not-found"
    says = _("There is no picture of this place: only PDF files and scans have pages to show.")


class NotALibrarian(NotAllowed):
    code = "library.not-a-librarian"
    says = _("Only librarians and officers of the Secretariat may change the library.")


class AlreadyHere(Refused):
    code = "library.document.already-here"
    says = _("“{name}” is already in the library, byte for byte: {title}. Nothing was added.")


class OnItsWay(Refused):
    code = "library.arrival.on-its-way"
    says = _("“{name}” is already being read. Nothing was added; wait for it to finish.")


class SameDocument(Refused):
    code = "library.document.same"
    says = _("A document cannot be joined to itself. Choose another document.")


class SymbolsDiffer(Refused):
    code = "library.document.symbols-differ"
    says = _(
        "The two documents state different symbols, {first} and {second}, so they are not copies "
        "of one document."
    )


class SymbolTaken(Refused):
    code = "library.document.symbol-taken"
    says = _(
        "Another document open to the same readers states the symbol {symbol}: {title}. Join the "
        "two first."
    )


class ReadersDiffer(Refused):
    code = "library.document.readers-differ"
    says = _(
        "The two documents are not open to the same readers. Give both the same readers first, "
        "then join them."
    )


class LastVersion(Refused):
    code = "library.document.last-version"
    says = _("This is the only version of its document. Withdraw the document instead.")


class UnknownTheme(Invalid):
    code = "library.theme.unknown"
    says = _("There is no theme “{theme}”. The list of themes shows the codes.")


class ThemeCodeTaken(Refused):
    code = "library.theme.taken"
    says = _("There is already a theme with the code “{theme}”. Choose another code.")


class UnknownChoice(Invalid):
    code = "library.choice.unknown"
    says = _("“{given}” is not a {what}. Choose one of: {choices}.")


class RestrictedToNobody(Invalid):
    code = "library.document.restricted-to-nobody"
    says = _("A restricted document needs at least one role that may read it. Choose the roles.")


class GivenUp(Invalid):
    code = "library.arrival.given-up"
    says = _(
        "Reading “{name}” stopped the worker {times} times, so it was given up and nothing was "
        "stored. Save it as DOCX or plain text and try again."
    )


class Unforeseen(Invalid):
    code = "library.arrival.unforeseen"
    says = _(
        "“{name}” could not be read because of a fault in Marsad ({fault}); nothing was stored. "
        "Please report it, with the file if it is public."
    )


class NothingAsked(Invalid):
    code = "library.search.nothing-asked"
    says = _("Type at least one word or number to search for.")


class NothingTyped(Invalid):
    code = "library.ruling.nothing-typed"
    says = _("Type how the place reads. To leave it as it came, choose “Keep as it came”.")


class TooMuchTyped(Invalid):
    code = "library.ruling.too-much-typed"
    says = _("That is longer than the place can be. Type at most {most} characters.")


class TooMuchAtOnce(Refused):
    code = "library.arrival.too-much-at-once"
    says = _(
        "What was sent is too large to take in at once. One file may have 50 MB at most; send "
        "fewer files, or split the document."
    )


class CannotOpen(Invalid):
    code = "library.file.cannot-open"
    says = _("“{name}” cannot be opened: {reason}. Check the path and who may read it.")


class NoSuchPractice(NotFound):
    code = "library.practice.not-found"
    says = _("There is no such good practice in the compendium, or it is not open to you.")


class PracticeUnverified(Refused):
    code = "library.practice.unverified"
    says = _("No practice is published that its State has not verified.")


class PracticeEmpty(Invalid):
    code = "library.practice.empty"
    says = _("A good practice has a title and a text in Arabic or in English.")
