"""Reads FHIR resources from a file, one on each line, with the models of `fhir.resources`. Prints what is wrong with them."""

import json
import sys

from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.questionnaire import Questionnaire

MODELS = {"Bundle": Bundle, "Questionnaire": Questionnaire}

with open(sys.argv[1], encoding="utf-8") as lines:
    for number, line in enumerate(lines, 1):
        resource = json.loads(line)
        try:
            MODELS[resource["resourceType"]].model_validate(resource)
        except ValueError as error:
            print(f"line {number}: {error}")
print("end")
