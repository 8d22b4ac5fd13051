import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('curation', '0011_absences_and_weekly_mails'),
        ('opendata', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='delivery',
            name='change',
            field=models.CharField(blank=True, choices=[('published', 'An entry is public now'), ('changed', 'An entry says something else'), ('ended', 'Something has ended'), ('left', 'An entry is no longer in the list'), ('withdrawn', 'An entry is not public any more'), ('merged', 'An entry was merged into another')], max_length=10, verbose_name='change'),
        ),
        migrations.CreateModel(
            name='Inside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curation.record', verbose_name='record')),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inside', to='opendata.webhook', verbose_name='webhook')),
            ],
            options={
                'verbose_name': 'entry in the list of a webhook',
                'verbose_name_plural': 'entries in the lists of webhooks',
                'ordering': ('webhook', 'record'),
                'constraints': [models.UniqueConstraint(models.F('webhook'), models.F('record'), name='inside_once')],
            },
        ),
    ]
