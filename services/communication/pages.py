"""The pages of the communication service: its list, an activity, a form for each command, and what they say."""

from services.communication import schemas
from services.communication.imports import ACTIVITIES as IMPORTER
from shared.pages import Collection, Form, Import, Pages, Words

WORDS: Words = {
    "activities.list": ("Kommunikasjonstiltak", "Communication activities"),
    "activities.lead": (
        "Hvem som får vite hva, når og gjennom hvilken kanal. God kommunikasjon gjør det som skjer, forutsigbart.",
        "Who is told what, when, and through which channel. Good communication makes things foreseeable.",
    ),
    "activities.one": ("Kommunikasjonstiltak", "Communication activity"),
    # fields
    "external_id.hint": (
        "Det tiltaket heter i deres egne lister. Settes en gang.",
        "What the activity is called in your own lists. Set once.",
    ),
    "channel": ("Kanal", "Channel"),
    "central_initiatives": ("Sentrale tiltak", "Central initiatives"),
    "local_initiatives": ("Lokale tiltak", "Local initiatives"),
    "published_on": ("Publisert", "Published"),
    "withdrawn_on": ("Trukket", "Withdrawn"),
    "feedback": ("Tilbakemeldinger", "Feedback"),
    "activities.from": ("Tidligst", "Not before"),
    "activities.to": ("Senest", "Not after"),
    "activities.initiative": ("Tiltak", "Initiative"),
    "activities.initiative.hint": ("Nummeret, for eksempel S18-02.", "Its number, for instance S18-02."),
    "status.planned": ("Planlagt", "Planned"),
    "status.published": ("Publisert", "Published"),
    "status.withdrawn": ("Trukket", "Withdrawn"),
    # forms
    "plan.title": ("Planlegge et kommunikasjonstiltak", "Plan a communication activity"),
    "plan.done": ("Kommunikasjonstiltaket er planlagt.", "The communication activity is planned."),
    "revise.title": ("Endre kommunikasjonstiltaket", "Revise the activity"),
    "revise.done": ("Kommunikasjonstiltaket er endret.", "The activity is revised."),
    "reschedule.title": ("Flytte i tid", "Reschedule"),
    "reschedule.done": ("Kommunikasjonstiltaket er flyttet.", "The activity is rescheduled."),
    "publish.title": ("Fortelle at det er publisert", "Tell that it is published"),
    "publish.done": ("Kommunikasjonstiltaket er publisert.", "The activity is published."),
    "withdraw.title": ("Trekke kommunikasjonstiltaket", "Withdraw the activity"),
    "withdraw.lead": (
        "Det vises ikke lenger på tidslinjen. Historien blir.",
        "It is no longer shown on the timeline. Its history stays.",
    ),
    "withdraw.done": ("Kommunikasjonstiltaket er trukket.", "The activity is withdrawn."),
    "receive_feedback.title": ("Ta imot en tilbakemelding", "Record feedback"),
    "receive_feedback.lead": ("En setning. Svar telles ikke.", "One sentence. Answers are not counted."),
    "receive_feedback.text": ("Hva sa de?", "What did they say?"),
    "receive_feedback.done": ("Tilbakemeldingen er registrert.", "The feedback is recorded."),
    # events
    "event.communication-activity.planned": ("Planlagt", "Planned"),
    "event.communication-activity.revised": ("Endret", "Revised"),
    "event.communication-activity.rescheduled": ("Flyttet i tid", "Rescheduled"),
    "event.communication-activity.published": ("Publisert", "Published"),
    "event.communication-activity.withdrawn": ("Trukket", "Withdrawn"),
    "event.communication-activity.feedback-received": ("Tilbakemelding mottatt", "Feedback received"),
}

ACTIVITIES = Collection(
    kind="communication-activity",
    list="activities.activities",
    item="activities.activity",
    history="activities.history",
    filters=schemas.FilterSchema,
    columns=("status", "start", "end", "channel", "audiences"),
    facts=(
        *("start", "end", "published_on", "withdrawn_on", "audiences", "channel"),
        *("goals", "central_initiatives", "local_initiatives", "feedback"),
    ),
    imports=Import("activities.import_activities", lambda: IMPORTER),
    forms=[
        Form("activities.plan", schemas.PlanSchema, creates=True),
        Form("activities.revise", schemas.ReviseSchema),
        Form(
            "activities.reschedule",
            schemas.RescheduleSchema,
            offered=lambda activity: activity["status"] == "planned",
        ),
        Form("activities.publish", schemas.PublishSchema, offered=lambda activity: activity["status"] == "planned"),
        Form(
            "activities.receive_feedback",
            schemas.ReceiveFeedbackSchema,
            offered=lambda activity: activity["status"] != "planned",
        ),
        Form("activities.withdraw", schemas.WithdrawSchema, offered=lambda activity: activity["status"] != "withdrawn"),
    ],
)

PAGES = Pages([ACTIVITIES], WORDS)
