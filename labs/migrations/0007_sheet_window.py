"""Which window saved a sheet of PULL-spejlet last."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("labs", "0006_trials_solutions_adoptions_assessments"),
    ]

    operations = [
        migrations.AddField(
            model_name="sheet",
            name="window",
            field=models.CharField(
                blank=True, editable=False, max_length=40, verbose_name="window that saved it"
            ),
        ),
    ]
