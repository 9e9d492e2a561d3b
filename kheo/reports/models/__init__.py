from kheo.reports.models.formats import DocumentFormat, Outline, ReportTemplate
from kheo.reports.models.reports import Issue, IssueFile, Report, Section

__all__ = ["DocumentFormat", "Issue", "IssueFile", "Outline", "Report", "ReportTemplate", "Section"]
