from kheo.reports.models.formats import DocumentFormat, Outline, ReportTemplate
from kheo.reports.models.reports import Issue, Report, Section

__all__ = ["DocumentFormat", "Issue", "Outline", "Report", "ReportTemplate", "Section"]
