"""What can go wrong in a round, topic by topic.

* NotFound
  x NoSuchRound, NoSuchReply …
* NotAllowed
  x NotTheSecretariat    opens rounds, sends notes, publishes
  x NotAnAnalyst         codes, and writes findings
  x NotTheFocalPoint     clears a reply
* Refused, Invalid       beside each topic
"""

from marsad.review.problems.finding import *  # noqa: F403
from marsad.review.problems.reply import *  # noqa: F403
from marsad.review.problems.report import *  # noqa: F403
from marsad.review.problems.round import *  # noqa: F403
from marsad.review.problems.workbook import *  # noqa: F403
