"""What can go wrong with figures, topic by topic, besides what the engine says of a file.

* NotFound
  x NoSuchSource, NoSuchArrival, NoSuchEdition, NoSuchQuestion, NothingInForce
* Refused, Invalid       beside each topic
"""

from marsad.statistics.problems.figures import *  # noqa: F403
from marsad.statistics.problems.patterns import *  # noqa: F403
from marsad.statistics.problems.records import *  # noqa: F403
from marsad.statistics.problems.secret import *  # noqa: F403
from marsad.statistics.problems.tables import *  # noqa: F403
from marsad.statistics.problems.trends import *  # noqa: F403
