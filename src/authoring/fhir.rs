//! The question file as a FHIR R4 `Questionnaire`, for other programs that ask questions.
//!
//! Options are written out in each question. What decides whether a question is asked becomes `enableWhen` where that can say
//! it, and otherwise an expression in `FHIRPath`, as in HL7's Structured Data Capture. The alarms, causes and figures stay
//! behind: a form asks, and `report --answers` takes its response.

mod formula;
mod shown;
mod enable_when;
mod questionnaire;

pub use questionnaire::{Exported, export};
