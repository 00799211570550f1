"""The words that stand on every page and in every export of figures that were made up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCE = _(
    "These figures, and the States they speak of, were made up for the demonstration. They leave "
    "as soon as real figures are brought in."
)
