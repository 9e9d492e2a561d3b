"""The words of every verb in the audit log, handed down to kheo.audit when the program starts.

A new action that records a verb adds its words here; tests/audit/test_words.py compares both.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kheo.accounts.models import Role, SignInRules
from kheo.audit import words
from kheo.practices.models.practice import StateChoices
from kheo.practices.queries.history import SENTENCES

PRACTICES = {
    **SENTENCES,
    "import": _("imported practices from a workbook"),
    "receive_workbook": _("received a workbook to import"),
    "remove_evidence": _("took a file of evidence away"),
    "sweep_draft": _("forgot a draft nobody finished"),
}
DOCUMENTS = {
    "register": _("registered a document"),
    "publish": _("made a document public"),
    "withdraw": _("took a document off the public pages"),
}
COMMENDATIONS = {
    "commend": _("entered a commendation"),
    "withdraw": _("withdrew a commendation"),
    "print": _("printed certificates"),
    "record_consent": _("recorded consent to be named in public"),
}
MOVEMENTS = {
    "write_movement": _("changed a movement and its fields"),
    "create_cycle": _("opened a cycle"),
    "set_milestone": _("set a milestone"),
    "choose_criteria": _("chose the criteria of a cycle"),
    "feature": _("chose the cycle shown first"),
    "close_cycle": _("closed a cycle"),
    "reopen_cycle": _("reopened a cycle"),
    "write_criteria": _("wrote a version of the criteria"),
    "freeze_criteria": _("froze the criteria"),
}
NEWS = {
    "create": _("created a page"), "edit": _("changed a page"), "delete": _("deleted a page"), "publish": _("published a page"),
    "publish_due": _("published a page at its hour"), "schedule": _("scheduled a page"), "unschedule": _("took back the schedule of a page"),
    "unpublish": _("took a page offline"), "lock": _("locked a page"), "unlock": _("unlocked a page"), "rename": _("renamed a page"),
    "revert": _("went back to an earlier version"), "copy": _("copied a page"), "move": _("moved a page"), "reorder": _("changed the order of pages"),
    "restrict": _("restricted who may read a page"), "open": _("opened a page to everybody"), "submit": _("handed an article in"),
    "approve": _("approved an article"), "return": _("sent an article back"), "withdraw": _("took an article out of review"),
    "keep_twin": _("agreed to publish two texts that say the same"), "keep_address": _("kept the old address of an article"),
    "clean_picture": _("took place and device out of a picture"), "mark_ended": _("marked an article as no longer in force"), "import_page": _("imported a page of the old portal"),
}
ACCOUNTS = {
    "open_account": _("opened an account"),
    "grant_position": _("granted a position"),
    "end_position": _("ended a position"),
    "reset_second_factor": _("removed the second step of sign-in"),
    "new_way_in": _("made a new link to set the password"),
    "close": _("closed an account"),
    "reopen": _("opened a closed account again"),
    "change_profile": _("changed the own profile"),
    "set_sign_in_rules": _("changed the rules of sign-in"),
}
PORTAL = {
    "identify": _("changed the identity of the site"),
    "check_section": _("confirmed a section of the site"),
    "announce_stop": _("announced a stop of the site"),
    "cancel_stop": _("took the notice of a stop down"),
    "write_leader": _("changed a leading post"),
    "found_site": _("founded a site"), "move_site": _("gave a site another host name"),
    "import_redirects": _("imported redirects"),
}
PROCEDURES = {
    "receive": _("received an export of procedure results"),
    "check": _("checked an export of procedure results"),
    "import": _("imported procedure results"),
    "publish": _("published procedure results"),
    "discard": _("set an export of procedure results aside"),
    "open_period": _("opened a reporting period"), "recompute_due": _("had due dates of dossiers computed anew"),
    "write_version": _("wrote a version of a procedure"), "score": _("computed the score"), "write_source": _("saved how a system is read"), "enter_input": _("entered a figure for the score"),
    "remind": _("reminded the one-stop office of a missing month"),
}
ORGANIZATIONS = {
    "create_unit": _("entered a unit"),
    "change_version": _("changed a unit from a day on"),
    "correct_version": _("corrected a unit's entry"),
    "give_mandate": _("gave a mandate"),
    "end_mandate": _("ended a mandate"),
    "import_units": _("imported units from a workbook"),
    "reorganize": _("carried out a reorganization"),
    "undo": _("undid a reorganization"),
}
WORKDAYS = {
    "propose": _("proposed an entry of the working calendar"),
    "decide": _("decided an entry of the working calendar"),
    "reject": _("did not accept an entry of the working calendar"),
    "withdraw": _("withdrew an entry of the working calendar"),
    "recompute": _("had dates computed anew"),
}
INSPECTIONS = {
    "plan": _("wrote an inspection plan"),
    "schedule": _("scheduled a check"),
    "write_checklist": _("wrote a version of a checklist"),
    "hold": _("wrote the minutes of a check"),
    "conclude": _("concluded a check"),
    "return": _("returned a self-inspection"),
    "cancel": _("cancelled a check"),
    "open_self_inspection": _("opened a self-inspection"),
    "submit": _("sent a self-inspection"),
    "finding_report": _("reported a finding as mended"),
    "finding_accept": _("accepted a finding as mended"),
    "finding_refuse": _("did not accept a finding as mended"),
    "finding_extend": _("extended the deadline of a finding"),
    "recompute_deadline": _("had the deadline of a finding computed anew"),
    "remind": _("reminded units of missing checks"),
    "attach": _("attached a file"),
    "programme": _("wrote a scored programme"),
    "write_scheme": _("wrote a version of a scoring scheme"),
    "launch": _("recorded the launch of a programme"),
    "open_assessment": _("opened a self-score"),
    "submit_self_score": _("sent a self-score"),
    "return_self_score": _("returned a self-score"),
    "evaluate": _("evaluated a self-score"),
    "conclude_assessment": _("fixed the result of a score"),
}
FEEDBACK = {
    "write_form": _("wrote a version of a questionnaire"),
    "open_survey": _("opened a survey"),
    "close_survey": _("closed a survey"),
}
REPORTS = {
    "draft": _("began a report"),
    "change_frame": _("changed the header or signature of a report"),
    "write_section": _("wrote a section of a report"),
    "add_section": _("added a section to a report"),
    "move_section": _("moved a section of a report"),
    "remove_section": _("took a section out of a report"),
    "check": _("checked a report"),
    "return": _("returned a report to draft"),
    "issue": _("issued a report"),
    "reopen": _("opened a report to issue it again"),
    "upload_template": _("brought a new report template"),
    "withdraw_template": _("took a report template out of use"),
}

INDICATORS = {
    "define": _("defined an indicator"),
    "delete": _("deleted an indicator"),
    "enter": _("entered figures"),
    "plan": _("recorded a plan"),
    "set_target": _("set a target"),
    "open_round": _("opened a collection round"),
    "submit": _("sent figures"),
    "approve": _("approved figures"),
    "return": _("returned figures"),
    "extend": _("extended the time for figures"),
    "reopen": _("opened figures again"),
    "remind": _("reminded units of missing figures"),
    "name_period": _("named a reporting period"),
}
VISITS = {
    "set_opening": _("set the opening balance of the counter"), "import_log": _("took page views from a server log"),
    "import_days": _("took over the days of an older counter"),
}


def hand_down() -> None:
    """Register everything; called once by ConfigConfig.ready()."""
    words.register("practices", _("Practices"), PRACTICES)
    words.register("commendations", _("Commendations"), COMMENDATIONS)
    words.register("movements", _("Movements"), MOVEMENTS)
    words.register("documents", _("Official documents"), DOCUMENTS)
    words.register("procedures", _("Procedures"), PROCEDURES)
    words.register("organizations", _("Units"), ORGANIZATIONS)
    words.register("inspections", _("Inspections"), INSPECTIONS)
    words.register("indicators", _("Indicators"), INDICATORS)
    words.register("feedback", _("Surveys"), FEEDBACK)
    words.register("news", _("News"), NEWS)
    words.register("reports", _("Reports"), REPORTS)
    words.register("visits", _("Counter of visits"), VISITS)
    words.register("workdays", _("Working calendar"), WORKDAYS)
    words.register("accounts", _("People and positions"), ACCOUNTS)
    words.register("desk", _("Desk"), {"write_reference": _("changed a reference list")})
    words.register("portal", _("Site"), PORTAL)
    words.register_values(["role"], dict(Role.choices))
    words.register_values(["from", "to"], dict(StateChoices.choices))
    words.register_values(["second_factor"], dict(SignInRules.SecondFactor.choices))
