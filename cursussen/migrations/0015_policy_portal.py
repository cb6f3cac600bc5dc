"""What a policy is found by and how far it is. Those that were online before were assessed."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cursussen', '0014_sound_and_captions'),
        ('organisation', '0005_team_parent'),
    ]

    operations = [
        migrations.AddField(
            model_name='policypage',
            name='contact',
            field=models.CharField(blank=True, choices=[('contactpunt', 'het contactpunt'), ('leidinggevende', 'je leidinggevende'), ('vertrouwenspersoon', 'een vertrouwenspersoon'), ('bvi', 'het bureau Veiligheid en Integriteit (BVI)'), ('beveiliging', 'het meldpunt voor beveiligingsincidenten'), ('personeelszaken', 'personeelszaken')], max_length=20, verbose_name='wie bel je eerst'),
        ),
        migrations.AddField(
            model_name='policypage',
            name='dilemmas',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='cursussen.scenariopage', verbose_name='dilemma’s hierbij'),
        ),
        migrations.AddField(
            model_name='policypage',
            name='ended_because',
            field=models.TextField(blank=True, help_text='Voor wie hem zoekt: waarom hij is samengevoegd of ingetrokken.', max_length=400, verbose_name='waarom'),
        ),
        migrations.AddField(
            model_name='policypage',
            name='holds_for',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Niets aangevinkt: voor iedereen.', related_name='+', to='organisation.jobfunction', verbose_name='geldt voor deze functies'),
        ),
        migrations.AddField(
            model_name='policypage',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cursussen.policypage', verbose_name='opgegaan in'),
        ),
        migrations.AddField(
            model_name='policypage',
            name='regions',
            field=models.CharField(blank=True, help_text='Waar hij geldt, met komma’s ertussen. Leeg: overal.', max_length=300, verbose_name='regio’s'),
        ),
        migrations.AddField(
            model_name='policypage',
            name='search_words',
            field=models.TextField(blank=True, help_text='Situaties waarin iemand deze afspraak nodig heeft, in gewone woorden. Elke situatie op een eigen regel.', max_length=3000, verbose_name='zo zoekt een collega'),
        ),
        migrations.AddField(
            model_name='policypage',
            name='standing',
            field=models.CharField(choices=[('gevonden', 'gevonden: nog niet beoordeeld'), ('beoordeeld', 'beoordeeld: dit geldt'), ('samengevoegd', 'samengevoegd met een andere afspraak'), ('ingetrokken', 'ingetrokken: dit geldt niet meer')], default='beoordeeld', max_length=12, verbose_name='stand'),
        ),
        migrations.AlterField(
            model_name='policypage',
            name='standing',
            field=models.CharField(choices=[('gevonden', 'gevonden: nog niet beoordeeld'), ('beoordeeld', 'beoordeeld: dit geldt'), ('samengevoegd', 'samengevoegd met een andere afspraak'), ('ingetrokken', 'ingetrokken: dit geldt niet meer')], default='gevonden', max_length=12, verbose_name='stand'),
        ),
    ]
