"""Who is above, by dotted path, where a package below has to be told or answered: docs/decisions/0017."""

INCIDENTS_LINKED = "helpdesk.of_incidents.TICKETS"
"""What is linked to an incident, and answered with what is said of it: see incidents.linked."""
TAKEN_OVER = "handover.taken_over.taken_over_by"
"""Which municipalities a vendor is about to serve, and draws up contracts for: see contracts.taken_over."""
CONTRACTS_REPORTS = "helpdesk.for_contracts.REPORTS"
"""The reports for which hours of a contract are booked: see contracts.reported."""
CONTRACTS_BESIDE = "service_reports.of_contracts.REPORTS"
"""What is known of a contract beside what it says: see contracts.beside."""
# Who is told of what happens to what is the vendor's, in its transaction: tenants.registry.happenings
LISTENERS = ["vendor_api.webhooks.outbox.keep"]
# What a job does once an act stands, by dotted path: see tenants.errands
ERRANDS = {
    "contract": "contracts.contract_mails.tell_of_contract",
    "melding": "helpdesk.telling.tell_of",
    "overdracht": "handover.mails.tell_who_answers",
    "overdracht afgebroken": "handover.breaking_off.end_offers",
    "onderhoud": "service_reports.mails.tell_of_maintenance",
    "rapport betwist": "service_reports.mails.tell_is_disputed",
    "rapport tekenen": "service_reports.drawing.draw",
}
# Long work: the steps of each kind of job, in order, by dotted path; tenants.jobs.kinds says what a step is.
JOB_KINDS = {
    "onboarding": [
        "tenants.onboarding.steps.role",
        "tenants.onboarding.steps.schema",
        "tenants.onboarding.steps.registry",
        "tenants.onboarding.steps.hosts",
        "tenants.onboarding.steps.storage",
        "api.zaken.demo.starter.starter_catalogue",
        "api.autorisaties.first_key.first_key",
        "tenants.onboarding.steps.opening",
        "tenants.accounts.first_administrator.invitation",
        "tenants.onboarding.letter.letter",
    ],
    "catalogue-import": ["api.catalogi.exchange.later.import_zip"],
    "document-import": ["api.documenten.importing.later.import_documents"],
    "move-documents": ["api.documenten.moving.move"],
}
