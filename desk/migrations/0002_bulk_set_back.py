"""Work on many entries can be set back, and says of each entry it skipped why."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='bulk',
            name='of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='backs', to='desk.bulk', verbose_name='what is undone'),
        ),
        migrations.AddField(
            model_name='bulkrow',
            name='before',
            field=models.JSONField(blank=True, null=True, verbose_name='before'),
        ),
        migrations.AlterField(
            model_name='bulk',
            name='deed',
            field=models.CharField(choices=[('theme_added', 'Add a theme'), ('theme_taken', 'Take a theme away'), ('theme_main', 'Make a theme the main one'), ('owner', 'Give to an organisation'), ('steward', 'Give a steward'), ('asked', 'Ask whether it still holds'), ('withdrawn', 'Withdraw'), ('set_back', 'Undo')], max_length=12, verbose_name='what is done'),
        ),
        migrations.AlterField(
            model_name='bulkrow',
            name='hindrance',
            field=models.CharField(blank=True, choices=[('full', 'It has five themes'), ('last', 'It is its only theme'), ('ownerless', 'An organisation has no owner'), ('ended', 'It has ended'), ('nobody', 'There is nobody to ask'), ('not_now', 'It was asked after within the last week'), ('not_public', 'It is not public any more'), ('not_yours', 'Who began this does not look after it any more'), ('no_taker', 'Who was to have it is not in the register any more'), ('changed', 'Somebody has changed it since'), ('failed', 'It did not succeed; the error is in the log')], max_length=12, verbose_name='why not'),
        ),
        migrations.AddConstraint(
            model_name='bulk',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deed', 'set_back'), ('of__isnull', False)), models.Q(models.Q(('deed', 'set_back'), _negated=True), ('of__isnull', True)), _connector='OR'), name='bulk_set_back_of_another'),
        ),
    ]
