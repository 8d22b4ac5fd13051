from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.AddField(
            "place",
            "further_names",
            ArrayField(
                models.CharField(max_length=120),
                blank=True,
                default=list,
                help_text="Short forms, and the landscapes and old counties it lies in.",
                verbose_name="further names",
            ),
        )
    ]
