"""Policies and their versions. A version stays what it was: the database refuses to change or
delete one, whoever asks (to empty the table for a test is no row's change).
"""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import leer.questions.models.kinds
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

STAYS = """
    create function cursussen_policyversion_stays() returns trigger language plpgsql as $$
    begin
        raise exception 'version % of policy % stays as it was published',
            old.number, old.policy_key;
    end $$;
    create trigger policy_version_stays before update or delete on cursussen_policyversion
        for each row execute function cursussen_policyversion_stays();
"""
GOES = """
    drop trigger policy_version_stays on cursussen_policyversion;
    drop function cursussen_policyversion_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cursussen', '0008_alter_storypage_counters'),
        ('organisation', '0003_high_risk_mark'),
    ]

    operations = [
        migrations.CreateModel(
            name='PolicyIndexPage',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'overzicht van afspraken',
                'verbose_name_plural': 'overzichten van afspraken',
            },
            bases=('cursussen.basepage',),
        ),
        migrations.CreateModel(
            name='PolicyPage',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='Waar het op neerkomt, voor wie de afspraak voor het eerst leest.', max_length=600, verbose_name='kort gezegd')),
                ('body', wagtail.fields.StreamField([('text', 0), ('remember', 2), ('slot', 3)], block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'icon': 'pilcrow', 'label': 'tekst', 'template': 'cursussen/blocks/text.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'label': 'tekst'}), 2: ('wagtail.blocks.StructBlock', [[('text', 1)]], {}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'Wat hier moet komen en alleen de dienst weet, zoals een bedrag of een naam.', 'icon': 'edit', 'label': 'in te vullen door de dienst', 'max_length': 300, 'template': 'cursussen/blocks/slot.html'})}, verbose_name='de tekst')),
                ('owner_name', models.CharField(help_text='De afdeling of rol die over deze afspraak gaat. Geen naam van een persoon.', max_length=200, verbose_name='eigenaar')),
                ('holds_from', models.DateField(default=django.utils.timezone.localdate, verbose_name='geldt vanaf')),
                ('source', models.CharField(help_text='Waar de afspraak op rust.', max_length=300, verbose_name='bron')),
                ('source_url', models.URLField(blank=True, verbose_name='adres van de bron')),
                ('situations', wagtail.fields.StreamField([('question', 0)], block_lookup={0: ('wagtail.snippets.blocks.SnippetChooserBlock', (leer.questions.models.kinds.SingleChoiceQuestion,), {'label': 'situatie'})}, verbose_name='twee situaties')),
                ('asked_of', models.CharField(choices=[('niemand', 'niemand: alleen om op te zoeken'), ('iedereen', 'iedereen'), ('functies', 'de functies die je aanvinkt')], default='niemand', max_length=10, verbose_name='wie leest dit')),
                ('days_to_read', models.PositiveSmallIntegerField(default=30, help_text='Zoveel dagen na publicatie, of nadat iemand hier begint, moet het gelezen zijn.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='dagen de tijd')),
                ('changes', models.TextField(blank=True, help_text='In gewone woorden, voor wie de vorige versie kent. Nodig zodra de tekst verandert.', max_length=1000, verbose_name='wat er verandert')),
                ('is_minor', models.BooleanField(default=False, help_text='Bijvoorbeeld een tikfout. Het wordt wel een nieuwe versie, maar niemand hoeft die opnieuw te lezen.', verbose_name='er verandert niets in betekenis')),
                ('job_functions', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='organisation.jobfunction', verbose_name='functies')),
            ],
            options={
                'verbose_name': 'afspraak',
                'verbose_name_plural': 'afspraken',
            },
            bases=('cursussen.basepage',),
        ),
        migrations.CreateModel(
            name='PolicyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('policy_key', models.CharField(max_length=100)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=255)),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('changes', models.TextField(blank=True)),
                ('is_minor', models.BooleanField(default=False)),
                ('published_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'versie van een afspraak',
                'verbose_name_plural': 'versies van afspraken',
                'constraints': [models.UniqueConstraint(fields=('policy_key', 'number'), name='policy_version_once')],
            },
        ),
        migrations.RunSQL(STAYS, GOES),
    ]
