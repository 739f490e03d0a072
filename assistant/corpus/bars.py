"""The bars that evidence has to pass to be an answer, in one place.

They were set on the open question set and checked on questions of our own (``README``, "How it is measured").
"""

#: Share of the question's weight that an item has to cover …
COVERAGE_BAR = 0.27
#: … and when what is counted, or a name, is not found in any item that covers that much.
UNCOVERED_BAR = 0.75
#: What is counted is found where this share of its weight is, of a phrase this one.
FOUND = 0.3
FOUND_OF_PHRASE = 0.6
#: A further item is cited when it covers this share of the question that those before it leave open.
GAIN_BAR = 0.08
#: An item scoring this close to the best may be what was meant as well; one of another entity closer.
CLOSE = 0.9
OTHER_ENTITY = 0.85
AS_GOOD = 0.72
#: A further figure or sentence scoring this close to the best is cited too; a further row closer.
TIE = 0.93
ROW_TIE = 0.97
#: A further item scores at least this share of the best.
FURTHER = 0.3
#: A question that says less than this of its subject is vague.
VAGUE = 0.6
#: A question that says more than this itself needs nothing of what is told before it.
ENOUGH_ASKED = 0.8
#: A term that weighs no more than this tells nothing of the subject, one that weighs this tells.
LIGHT = 0.3
TELLING = 0.35
#: What is measured has to be found, where no document has its name and it weighs this.
ASKED = 0.6
#: A way to say a term this near to it is as good as the word itself.
NEARLY = 0.9
OWN_AS_GOOD = 0.5
HALF_AS_GOOD = 0.5
#: Beside a row that lacks what the question narrows its subject to, another answers from this share of its score.
OTHER_SUBJECT = 0.8
#: A word counts this much in a row when only the title, office or entity of its document has it.
OF_DOCUMENT = 0.35
#: … and this much when only what stands around a figure has it.
OF_CONTEXT = 0.5
#: A row of another territory that is compared fits the question at least so well as this share of the best.
OTHER_WORDS = 0.6
