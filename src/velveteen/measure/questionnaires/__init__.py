"""Questionnaires as data: what they ask, how they are scored, and answers that come from files.

Intention: a score is only as complete as its answers; what cannot be read is named with its place and reason.
In: definitions (`*.toml`, FHIR R4 `Questionnaire`), answers (FHIR R4 `QuestionnaireResponse`, REDCap CSV).
Out: `definition.Questionnaire`, `score.Scored`, entries of kind `answer`, FHIR resources.
"""

from velveteen.measure.questionnaires.definition import Questionnaire, shipped
from velveteen.measure.questionnaires.score import Scored, score

__all__ = ["Questionnaire", "Scored", "score", "shipped"]
