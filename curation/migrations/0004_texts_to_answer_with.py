"""The texts curators begin with; they edit them on the desk."""

from django.db import migrations

TEXTS = (
    (
        "publish", "Tak, nu er den vist", "Thank you, it is public now",
        "Tak for registreringen. Siden er nu offentlig. I kan rette den, når noget ændrer sig.",
        "Thank you for registering. The page is public now. You can edit it whenever something changes.",
    ),
    (
        "return", "Der mangler en kilde", "A source is missing",
        "Vi kan ikke se, hvor oplysningerne kommer fra. Henvis til en side, en rapport eller en beslutning, "
        "og send ind igen.",
        "We cannot see where the facts come from. Refer to a page, a report or a decision, and send it in "
        "again.",
    ),
    (
        "return", "Beskriv, hvad der sker i hverdagen", "Describe what happens in daily life",
        "Beskriv kort, hvad der bliver afprøvet, hvor det sker i den daglige drift, og hvem der er med.",
        "Describe briefly what is being tried, where in daily operation it happens, and who takes part.",
    ),
    (
        "return", "Findes allerede", "Already in the register",
        "Det ligner en, der allerede står i registeret. Se den, og overtag den i stedet, hvis det er jeres.",
        "This looks like one that already stands in the register. Have a look, and claim it instead if it is "
        "yours.",
    ),
    (
        "withdraw", "Efter jeres ønske", "As you asked",
        "Siden er trukket tilbage, som I bad om. Skriv, hvis den skal vises igen.",
        "The page has been withdrawn as you asked. Write to us if it is to be shown again.",
    ),
    (
        "decline", "Kan ikke bekræftes", "Cannot be confirmed",
        "Tak for forslaget. Vi kan ikke bekræfte det ud fra åbne kilder og har derfor ladet siden stå.",
        "Thank you for the suggestion. We cannot confirm it from open sources and have left the page as it "
        "is.",
    ),
    (
        "decline", "Hører til et andet opslag", "Belongs to another entry",
        "Tak. Det hører til en anden side i registeret, og vi har derfor ladet denne stå.",
        "Thank you. This belongs to another page of the register, so we have left this one as it is.",
    ),
)


def add(apps, schema_editor):
    text = apps.get_model("curation", "ReasonText")
    text.objects.bulk_create(
        text(occasion=occasion, order=order, title_da=title_da, title_en=title_en, text_da=da, text_en=en)
        for order, (occasion, title_da, title_en, da, en) in enumerate(TEXTS)
    )


class Migration(migrations.Migration):
    dependencies = [("curation", "0003_life_of_an_entry")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
