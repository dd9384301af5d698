# The tables as they were first laid out.

import articles.fields
import django.core.validators
import django.db.models.deletion
import incidents.models.editions
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('articles', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', articles.fields.LineField(max_length=160, unique=True, verbose_name='name')),
                ('slug', models.CharField(max_length=80, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:-[a-z0-9]+)*\\Z', 'Only a-z, 0-9 and hyphens.')], verbose_name='address name')),
                ('description', articles.fields.BodyField(blank=True, max_length=1500, verbose_name='description')),
                ('external_ids', models.JSONField(blank=True, default=dict, validators=[incidents.models.editions.validate_external_ids], verbose_name='ids elsewhere')),
            ],
            options={
                'verbose_name': 'campaign',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='ReferenceCounter',
            fields=[
                ('year', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', articles.fields.LineField(max_length=120, unique=True, verbose_name='name')),
                ('slug', models.CharField(max_length=80, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:-[a-z0-9]+)*\\Z', 'Only a-z, 0-9 and hyphens.')], verbose_name='address name')),
                ('kind', models.CharField(choices=[('state', 'State'), ('state_organ', 'State organ'), ('proxy', 'Proxy'), ('hacktivist', 'Hacktivist'), ('criminal_group', 'Criminal group'), ('political_group', 'Political group'), ('company', 'Company'), ('intl_org', 'International organisation'), ('persona', 'Persona'), ('individual', 'Individual'), ('unknown_group', 'Unknown group')], max_length=16, verbose_name='kind')),
                ('state', models.CharField(blank=True, choices=[('AF', 'Afghanistan'), ('AL', 'Albania'), ('DZ', 'Algeria'), ('AS', 'American Samoa'), ('AD', 'Andorra'), ('AO', 'Angola'), ('AI', 'Anguilla'), ('AQ', 'Antarctica'), ('AG', 'Antigua and Barbuda'), ('AR', 'Argentina'), ('AM', 'Armenia'), ('AW', 'Aruba'), ('AU', 'Australia'), ('AT', 'Austria'), ('AZ', 'Azerbaijan'), ('BS', 'Bahamas'), ('BH', 'Bahrain'), ('BD', 'Bangladesh'), ('BB', 'Barbados'), ('BY', 'Belarus'), ('BE', 'Belgium'), ('BZ', 'Belize'), ('BJ', 'Benin'), ('BM', 'Bermuda'), ('BT', 'Bhutan'), ('BO', 'Bolivia'), ('BA', 'Bosnia and Herzegovina'), ('BW', 'Botswana'), ('BV', 'Bouvet Island'), ('BR', 'Brazil'), ('IO', 'British Indian Ocean Territory'), ('VG', 'British Virgin Islands'), ('BN', 'Brunei'), ('BG', 'Bulgaria'), ('BF', 'Burkina Faso'), ('BI', 'Burundi'), ('KH', 'Cambodia'), ('CM', 'Cameroon'), ('CA', 'Canada'), ('CV', 'Cape Verde'), ('BQ', 'Caribbean Netherlands'), ('KY', 'Cayman Islands'), ('CF', 'Central African Republic'), ('TD', 'Chad'), ('CL', 'Chile'), ('CN', 'China'), ('CX', 'Christmas Island'), ('CC', 'Cocos (Keeling) Islands'), ('CO', 'Colombia'), ('KM', 'Comoros'), ('CG', 'Congo - Brazzaville'), ('CD', 'Congo - Kinshasa'), ('CK', 'Cook Islands'), ('CR', 'Costa Rica'), ('HR', 'Croatia'), ('CU', 'Cuba'), ('CW', 'Curaçao'), ('CY', 'Cyprus'), ('CZ', 'Czechia'), ('CI', 'Côte d’Ivoire'), ('DK', 'Denmark'), ('DJ', 'Djibouti'), ('DM', 'Dominica'), ('DO', 'Dominican Republic'), ('EC', 'Ecuador'), ('EG', 'Egypt'), ('SV', 'El Salvador'), ('GQ', 'Equatorial Guinea'), ('ER', 'Eritrea'), ('EE', 'Estonia'), ('SZ', 'Eswatini'), ('ET', 'Ethiopia'), ('FK', 'Falkland Islands'), ('FO', 'Faroe Islands'), ('FJ', 'Fiji'), ('FI', 'Finland'), ('FR', 'France'), ('GF', 'French Guiana'), ('PF', 'French Polynesia'), ('TF', 'French Southern Territories'), ('GA', 'Gabon'), ('GM', 'Gambia'), ('GE', 'Georgia'), ('DE', 'Germany'), ('GH', 'Ghana'), ('GI', 'Gibraltar'), ('GR', 'Greece'), ('GL', 'Greenland'), ('GD', 'Grenada'), ('GP', 'Guadeloupe'), ('GU', 'Guam'), ('GT', 'Guatemala'), ('GG', 'Guernsey'), ('GN', 'Guinea'), ('GW', 'Guinea-Bissau'), ('GY', 'Guyana'), ('HT', 'Haiti'), ('HM', 'Heard and McDonald Islands'), ('HN', 'Honduras'), ('HK', 'Hong Kong SAR China'), ('HU', 'Hungary'), ('IS', 'Iceland'), ('IN', 'India'), ('ID', 'Indonesia'), ('IR', 'Iran'), ('IQ', 'Iraq'), ('IE', 'Ireland'), ('IM', 'Isle of Man'), ('IL', 'Israel'), ('IT', 'Italy'), ('JM', 'Jamaica'), ('JP', 'Japan'), ('JE', 'Jersey'), ('JO', 'Jordan'), ('KZ', 'Kazakhstan'), ('KE', 'Kenya'), ('KI', 'Kiribati'), ('XK', 'Kosovo'), ('KW', 'Kuwait'), ('KG', 'Kyrgyzstan'), ('LA', 'Laos'), ('LV', 'Latvia'), ('LB', 'Lebanon'), ('LS', 'Lesotho'), ('LR', 'Liberia'), ('LY', 'Libya'), ('LI', 'Liechtenstein'), ('LT', 'Lithuania'), ('LU', 'Luxembourg'), ('MO', 'Macao SAR China'), ('MG', 'Madagascar'), ('MW', 'Malawi'), ('MY', 'Malaysia'), ('MV', 'Maldives'), ('ML', 'Mali'), ('MT', 'Malta'), ('MH', 'Marshall Islands'), ('MQ', 'Martinique'), ('MR', 'Mauritania'), ('MU', 'Mauritius'), ('YT', 'Mayotte'), ('MX', 'Mexico'), ('FM', 'Micronesia'), ('MD', 'Moldova'), ('MC', 'Monaco'), ('MN', 'Mongolia'), ('ME', 'Montenegro'), ('MS', 'Montserrat'), ('MA', 'Morocco'), ('MZ', 'Mozambique'), ('MM', 'Myanmar (Burma)'), ('NA', 'Namibia'), ('NR', 'Nauru'), ('NP', 'Nepal'), ('NL', 'Netherlands'), ('NC', 'New Caledonia'), ('NZ', 'New Zealand'), ('NI', 'Nicaragua'), ('NE', 'Niger'), ('NG', 'Nigeria'), ('NU', 'Niue'), ('NF', 'Norfolk Island'), ('KP', 'North Korea'), ('MK', 'North Macedonia'), ('MP', 'Northern Mariana Islands'), ('NO', 'Norway'), ('OM', 'Oman'), ('PK', 'Pakistan'), ('PW', 'Palau'), ('PS', 'Palestinian Territories'), ('PA', 'Panama'), ('PG', 'Papua New Guinea'), ('PY', 'Paraguay'), ('PE', 'Peru'), ('PH', 'Philippines'), ('PN', 'Pitcairn Islands'), ('PL', 'Poland'), ('PT', 'Portugal'), ('PR', 'Puerto Rico'), ('QA', 'Qatar'), ('RO', 'Romania'), ('RU', 'Russia'), ('RW', 'Rwanda'), ('RE', 'Réunion'), ('WS', 'Samoa'), ('SM', 'San Marino'), ('SA', 'Saudi Arabia'), ('SN', 'Senegal'), ('RS', 'Serbia'), ('SC', 'Seychelles'), ('SL', 'Sierra Leone'), ('SG', 'Singapore'), ('SX', 'Sint Maarten'), ('SK', 'Slovakia'), ('SI', 'Slovenia'), ('SB', 'Solomon Islands'), ('SO', 'Somalia'), ('ZA', 'South Africa'), ('GS', 'South Georgia and South Sandwich Islands'), ('KR', 'South Korea'), ('SS', 'South Sudan'), ('ES', 'Spain'), ('LK', 'Sri Lanka'), ('BL', 'St. Barthélemy'), ('SH', 'St. Helena'), ('KN', 'St. Kitts and Nevis'), ('LC', 'St. Lucia'), ('MF', 'St. Martin'), ('PM', 'St. Pierre and Miquelon'), ('VC', 'St. Vincent and Grenadines'), ('SD', 'Sudan'), ('SR', 'Suriname'), ('SJ', 'Svalbard and Jan Mayen'), ('SE', 'Sweden'), ('CH', 'Switzerland'), ('SY', 'Syria'), ('ST', 'São Tomé and Príncipe'), ('TW', 'Taiwan'), ('TJ', 'Tajikistan'), ('TZ', 'Tanzania'), ('TH', 'Thailand'), ('TL', 'Timor-Leste'), ('TG', 'Togo'), ('TK', 'Tokelau'), ('TO', 'Tonga'), ('TT', 'Trinidad and Tobago'), ('TN', 'Tunisia'), ('TM', 'Turkmenistan'), ('TC', 'Turks and Caicos Islands'), ('TV', 'Tuvalu'), ('TR', 'Türkiye'), ('UM', 'U.S. Outlying Islands'), ('VI', 'U.S. Virgin Islands'), ('UG', 'Uganda'), ('UA', 'Ukraine'), ('AE', 'United Arab Emirates'), ('GB', 'United Kingdom'), ('US', 'United States'), ('UY', 'Uruguay'), ('UZ', 'Uzbekistan'), ('VU', 'Vanuatu'), ('VA', 'Vatican City'), ('VE', 'Venezuela'), ('VN', 'Vietnam'), ('WF', 'Wallis and Futuna'), ('EH', 'Western Sahara'), ('YE', 'Yemen'), ('ZM', 'Zambia'), ('ZW', 'Zimbabwe'), ('AX', 'Åland Islands')], max_length=2, verbose_name='state')),
                ('external_ids', models.JSONField(blank=True, default=dict, validators=[incidents.models.editions.validate_external_ids], verbose_name='ids elsewhere')),
            ],
            options={
                'verbose_name': 'actor',
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['state', 'state_organ', 'proxy', 'hacktivist', 'criminal_group', 'political_group', 'company', 'intl_org', 'persona', 'individual', 'unknown_group'])), name='incidents_actor_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('name', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('version', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name__in', ('public', 'staff'))), name='incidents_clock_name_known')],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(default=1, editable=False, verbose_name='edition')),
                ('title', articles.fields.LineField(help_text='Act, object, place; neutral, without the name of a perpetrator.', max_length=120, validators=[django.core.validators.MinLengthValidator(5)], verbose_name='title')),
                ('summary', articles.fields.BodyField(blank=True, help_text='80 to 1,500 characters of fact; who is blamed goes into claims.', max_length=1500, verbose_name='summary')),
                ('search_text', articles.fields.FoldedField(of=('title', 'summary'))),
                ('occurred', articles.fields.EdtfField(help_text='As precise as it is known: 2024-03-14, 2024-03, 2024; 2024~ about; 2024-07? uncertain; 2024-03/2024-05 lasted; [2023-12..2024-02] some time between.', max_length=40, verbose_name='occurred')),
                ('onset_from', articles.fields.EdtfBoundField(bound='start_from', null=True, of=('occurred',))),
                ('onset_to', articles.fields.EdtfBoundField(bound='start_to', null=True, of=('occurred',))),
                ('end_from', articles.fields.EdtfBoundField(bound='end_from', null=True, of=('occurred',))),
                ('end_to', articles.fields.EdtfBoundField(bound='end_to', null=True, of=('occurred',))),
                ('activity_span', articles.fields.EdtfField(blank=True, help_text='The long presence behind the visible act, for example of an intrusion.', max_length=40, verbose_name='activity span')),
                ('active_from', articles.fields.EdtfBoundField(bound='start_from', null=True, of=('activity_span', 'occurred'))),
                ('active_to', articles.fields.EdtfBoundField(bound='start_to', null=True, of=('activity_span', 'occurred'))),
                ('active_end_from', articles.fields.EdtfBoundField(bound='end_from', null=True, of=('activity_span', 'occurred'))),
                ('active_end_to', articles.fields.EdtfBoundField(bound='end_to', null=True, of=('activity_span', 'occurred'))),
                ('dating_note', articles.fields.LineField(blank=True, max_length=500, verbose_name='note on the date')),
                ('event_type', models.CharField(choices=[('arson', 'Arson'), ('explosive_device', 'Explosive device'), ('infrastructure_damage', 'Infrastructure damage'), ('undersea_damage', 'Undersea damage'), ('vandalism', 'Vandalism'), ('contamination', 'Contamination'), ('assassination', 'Assassination'), ('violent_attack', 'Violent attack'), ('assault_threat', 'Assault or threat'), ('bomb_threat_hoax', 'Bomb threat or hoax'), ('cyber_intrusion', 'Cyber intrusion'), ('cyber_disruption', 'Cyber disruption'), ('cyber_destruction', 'Cyber destruction'), ('hack_leak', 'Hack and leak'), ('info_operation', 'Information operation'), ('forgery_impersonation', 'Forgery or impersonation'), ('gnss_interference', 'GNSS interference'), ('drone_incursion', 'Drone incursion'), ('airspace_violation', 'Airspace violation'), ('maritime_suspicious', 'Suspicious vessel'), ('surveillance_recon', 'Surveillance or reconnaissance'), ('recruitment_infiltration', 'Recruitment or infiltration'), ('election_covert_funding', 'Election interference or covert funding'), ('transnational_repression', 'Transnational repression'), ('migration_instrumentalised', 'Instrumentalised migration'), ('economic_energy_coercion', 'Economic or energy coercion'), ('suspicious_event', 'Suspicious event')], help_text='The type that best names the act.', max_length=32, verbose_name='event type')),
                ('other_event_types', articles.fields.CodesField(blank=True, default=list, verbose_name='other event types')),
                ('domains', articles.fields.CodesField(blank=True, default=list, help_text='Left empty, it follows from the event type.', verbose_name='domains')),
                ('means', articles.fields.CodesField(blank=True, default=list, verbose_name='means')),
                ('status', models.CharField(choices=[('alleged', 'Alleged'), ('suspected', 'Suspected'), ('confirmed', 'Confirmed'), ('disputed', 'Disputed'), ('ruled_out', 'Ruled out')], default='alleged', help_text='Was it a hostile act? The last finding below, where there is one.', max_length=16, verbose_name='status')),
                ('outcome', models.CharField(choices=[('foiled', 'Foiled'), ('attempted', 'Attempted'), ('executed', 'Executed'), ('unknown', 'Unknown')], default='unknown', help_text='How far did it get?', max_length=16, verbose_name='outcome')),
                ('severity', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'None'), (1, 'Nuisance'), (2, 'Local damage'), (3, 'Serious'), (4, 'Grave')], null=True, verbose_name='severity')),
                ('marking', models.CharField(choices=[('clear', 'TLP:CLEAR'), ('green', 'TLP:GREEN'), ('amber', 'TLP:AMBER'), ('amber_strict', 'TLP:AMBER+STRICT'), ('red', 'TLP:RED')], default='amber', help_text='TLP 2.0; only CLEAR becomes public.', max_length=12, verbose_name='marking')),
                ('country', models.CharField(blank=True, editable=False, max_length=8)),
                ('target_country', models.CharField(blank=True, editable=False, max_length=4)),
                ('sector', models.CharField(blank=True, editable=False, max_length=32)),
                ('target_kind', models.CharField(blank=True, editable=False, max_length=24)),
                ('domain', models.CharField(blank=True, editable=False, max_length=24)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('changes_requested', 'Changes requested'), ('published', 'Published'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn'), ('discarded', 'Discarded')], default='draft', editable=False, max_length=20, verbose_name='state')),
                ('change_reason', models.CharField(blank=True, choices=[('new_source', 'New source'), ('correction', 'Correction'), ('reclassified', 'Reclassified'), ('re_dated', 'Re-dated'), ('re_attributed', 'Re-attributed'), ('merged', 'Merged'), ('scope_change', 'Scope change')], max_length=20, verbose_name='reason for the change')),
                ('change_note', articles.fields.LineField(blank=True, max_length=500, verbose_name='note on the change')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='published')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended')),
                ('approved_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authors', models.ManyToManyField(editable=False, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='incidents.campaign', verbose_name='campaign')),
            ],
            options={
                'verbose_name': 'incident',
                'ordering': ('-onset_from', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('role', models.CharField(choices=[('first_report', 'First report'), ('detail', 'Detail'), ('attribution', 'Attribution'), ('official_document', 'Official document'), ('correction', 'Correction'), ('denial', 'Denial'), ('follow_up', 'Follow up')], default='detail', max_length=20, verbose_name='role')),
                ('credibility', models.PositiveSmallIntegerField(choices=[(1, '1 Confirmed'), (2, '2 Probably true'), (3, '3 Possibly true'), (4, '4 Doubtful'), (5, '5 Improbable'), (6, '6 Cannot be judged')], default=6, help_text='Admiralty digit; it rates the report.', verbose_name='credibility')),
                ('locator', articles.fields.LineField(blank=True, help_text='Page, paragraph or time.', max_length=200, verbose_name='locator')),
                ('note', articles.fields.LineField(blank=True, max_length=500, verbose_name='note')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.article', verbose_name='article')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='incidents.incident')),
            ],
            options={
                'verbose_name': 'citation',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Location',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('primary', models.BooleanField(default=False, verbose_name='primary')),
                ('country', models.CharField(choices=[('AF', 'Afghanistan'), ('AL', 'Albania'), ('DZ', 'Algeria'), ('AS', 'American Samoa'), ('AD', 'Andorra'), ('AO', 'Angola'), ('AI', 'Anguilla'), ('AQ', 'Antarctica'), ('AG', 'Antigua and Barbuda'), ('AR', 'Argentina'), ('AM', 'Armenia'), ('AW', 'Aruba'), ('AU', 'Australia'), ('AT', 'Austria'), ('AZ', 'Azerbaijan'), ('BS', 'Bahamas'), ('BH', 'Bahrain'), ('BD', 'Bangladesh'), ('BB', 'Barbados'), ('BY', 'Belarus'), ('BE', 'Belgium'), ('BZ', 'Belize'), ('BJ', 'Benin'), ('BM', 'Bermuda'), ('BT', 'Bhutan'), ('BO', 'Bolivia'), ('BA', 'Bosnia and Herzegovina'), ('BW', 'Botswana'), ('BV', 'Bouvet Island'), ('BR', 'Brazil'), ('IO', 'British Indian Ocean Territory'), ('VG', 'British Virgin Islands'), ('BN', 'Brunei'), ('BG', 'Bulgaria'), ('BF', 'Burkina Faso'), ('BI', 'Burundi'), ('KH', 'Cambodia'), ('CM', 'Cameroon'), ('CA', 'Canada'), ('CV', 'Cape Verde'), ('BQ', 'Caribbean Netherlands'), ('KY', 'Cayman Islands'), ('CF', 'Central African Republic'), ('TD', 'Chad'), ('CL', 'Chile'), ('CN', 'China'), ('CX', 'Christmas Island'), ('CC', 'Cocos (Keeling) Islands'), ('CO', 'Colombia'), ('KM', 'Comoros'), ('CG', 'Congo - Brazzaville'), ('CD', 'Congo - Kinshasa'), ('CK', 'Cook Islands'), ('CR', 'Costa Rica'), ('HR', 'Croatia'), ('CU', 'Cuba'), ('CW', 'Curaçao'), ('CY', 'Cyprus'), ('CZ', 'Czechia'), ('CI', 'Côte d’Ivoire'), ('DK', 'Denmark'), ('DJ', 'Djibouti'), ('DM', 'Dominica'), ('DO', 'Dominican Republic'), ('EC', 'Ecuador'), ('EG', 'Egypt'), ('SV', 'El Salvador'), ('GQ', 'Equatorial Guinea'), ('ER', 'Eritrea'), ('EE', 'Estonia'), ('SZ', 'Eswatini'), ('ET', 'Ethiopia'), ('FK', 'Falkland Islands'), ('FO', 'Faroe Islands'), ('FJ', 'Fiji'), ('FI', 'Finland'), ('FR', 'France'), ('GF', 'French Guiana'), ('PF', 'French Polynesia'), ('TF', 'French Southern Territories'), ('GA', 'Gabon'), ('GM', 'Gambia'), ('GE', 'Georgia'), ('DE', 'Germany'), ('GH', 'Ghana'), ('GI', 'Gibraltar'), ('GR', 'Greece'), ('GL', 'Greenland'), ('GD', 'Grenada'), ('GP', 'Guadeloupe'), ('GU', 'Guam'), ('GT', 'Guatemala'), ('GG', 'Guernsey'), ('GN', 'Guinea'), ('GW', 'Guinea-Bissau'), ('GY', 'Guyana'), ('HT', 'Haiti'), ('HM', 'Heard and McDonald Islands'), ('HN', 'Honduras'), ('HK', 'Hong Kong SAR China'), ('HU', 'Hungary'), ('IS', 'Iceland'), ('IN', 'India'), ('ID', 'Indonesia'), ('IR', 'Iran'), ('IQ', 'Iraq'), ('IE', 'Ireland'), ('IM', 'Isle of Man'), ('IL', 'Israel'), ('IT', 'Italy'), ('JM', 'Jamaica'), ('JP', 'Japan'), ('JE', 'Jersey'), ('JO', 'Jordan'), ('KZ', 'Kazakhstan'), ('KE', 'Kenya'), ('KI', 'Kiribati'), ('XK', 'Kosovo'), ('KW', 'Kuwait'), ('KG', 'Kyrgyzstan'), ('LA', 'Laos'), ('LV', 'Latvia'), ('LB', 'Lebanon'), ('LS', 'Lesotho'), ('LR', 'Liberia'), ('LY', 'Libya'), ('LI', 'Liechtenstein'), ('LT', 'Lithuania'), ('LU', 'Luxembourg'), ('MO', 'Macao SAR China'), ('MG', 'Madagascar'), ('MW', 'Malawi'), ('MY', 'Malaysia'), ('MV', 'Maldives'), ('ML', 'Mali'), ('MT', 'Malta'), ('MH', 'Marshall Islands'), ('MQ', 'Martinique'), ('MR', 'Mauritania'), ('MU', 'Mauritius'), ('YT', 'Mayotte'), ('MX', 'Mexico'), ('FM', 'Micronesia'), ('MD', 'Moldova'), ('MC', 'Monaco'), ('MN', 'Mongolia'), ('ME', 'Montenegro'), ('MS', 'Montserrat'), ('MA', 'Morocco'), ('MZ', 'Mozambique'), ('MM', 'Myanmar (Burma)'), ('NA', 'Namibia'), ('NR', 'Nauru'), ('NP', 'Nepal'), ('NL', 'Netherlands'), ('NC', 'New Caledonia'), ('NZ', 'New Zealand'), ('NI', 'Nicaragua'), ('NE', 'Niger'), ('NG', 'Nigeria'), ('NU', 'Niue'), ('NF', 'Norfolk Island'), ('KP', 'North Korea'), ('MK', 'North Macedonia'), ('MP', 'Northern Mariana Islands'), ('NO', 'Norway'), ('OM', 'Oman'), ('PK', 'Pakistan'), ('PW', 'Palau'), ('PS', 'Palestinian Territories'), ('PA', 'Panama'), ('PG', 'Papua New Guinea'), ('PY', 'Paraguay'), ('PE', 'Peru'), ('PH', 'Philippines'), ('PN', 'Pitcairn Islands'), ('PL', 'Poland'), ('PT', 'Portugal'), ('PR', 'Puerto Rico'), ('QA', 'Qatar'), ('RO', 'Romania'), ('RU', 'Russia'), ('RW', 'Rwanda'), ('RE', 'Réunion'), ('WS', 'Samoa'), ('SM', 'San Marino'), ('SA', 'Saudi Arabia'), ('SN', 'Senegal'), ('RS', 'Serbia'), ('SC', 'Seychelles'), ('SL', 'Sierra Leone'), ('SG', 'Singapore'), ('SX', 'Sint Maarten'), ('SK', 'Slovakia'), ('SI', 'Slovenia'), ('SB', 'Solomon Islands'), ('SO', 'Somalia'), ('ZA', 'South Africa'), ('GS', 'South Georgia and South Sandwich Islands'), ('KR', 'South Korea'), ('SS', 'South Sudan'), ('ES', 'Spain'), ('LK', 'Sri Lanka'), ('BL', 'St. Barthélemy'), ('SH', 'St. Helena'), ('KN', 'St. Kitts and Nevis'), ('LC', 'St. Lucia'), ('MF', 'St. Martin'), ('PM', 'St. Pierre and Miquelon'), ('VC', 'St. Vincent and Grenadines'), ('SD', 'Sudan'), ('SR', 'Suriname'), ('SJ', 'Svalbard and Jan Mayen'), ('SE', 'Sweden'), ('CH', 'Switzerland'), ('SY', 'Syria'), ('ST', 'São Tomé and Príncipe'), ('TW', 'Taiwan'), ('TJ', 'Tajikistan'), ('TZ', 'Tanzania'), ('TH', 'Thailand'), ('TL', 'Timor-Leste'), ('TG', 'Togo'), ('TK', 'Tokelau'), ('TO', 'Tonga'), ('TT', 'Trinidad and Tobago'), ('TN', 'Tunisia'), ('TM', 'Turkmenistan'), ('TC', 'Turks and Caicos Islands'), ('TV', 'Tuvalu'), ('TR', 'Türkiye'), ('UM', 'U.S. Outlying Islands'), ('VI', 'U.S. Virgin Islands'), ('UG', 'Uganda'), ('UA', 'Ukraine'), ('AE', 'United Arab Emirates'), ('GB', 'United Kingdom'), ('US', 'United States'), ('UY', 'Uruguay'), ('UZ', 'Uzbekistan'), ('VU', 'Vanuatu'), ('VA', 'Vatican City'), ('VE', 'Venezuela'), ('VN', 'Vietnam'), ('WF', 'Wallis and Futuna'), ('EH', 'Western Sahara'), ('YE', 'Yemen'), ('ZM', 'Zambia'), ('ZW', 'Zimbabwe'), ('AX', 'Åland Islands'), ('EU', 'European Union'), ('NATO', 'NATO'), ('UN', 'United Nations'), ('ZZ', 'Unknown country'), ('sea', 'At sea'), ('no_place', 'No place')], max_length=8, verbose_name='country')),
                ('role', models.CharField(choices=[('occurred', 'Occurred'), ('affected', 'Affected'), ('launched', 'Launched')], default='occurred', max_length=12, verbose_name='role')),
                ('admin1', articles.fields.LineField(blank=True, max_length=80, verbose_name='region')),
                ('place', articles.fields.LineField(blank=True, max_length=120, verbose_name='place')),
                ('zone', articles.fields.LineField(blank=True, help_text='For a place at sea: zone or strait.', max_length=120, verbose_name='sea zone')),
                ('lat', models.DecimalField(blank=True, decimal_places=6, max_digits=8, null=True, verbose_name='latitude')),
                ('lon', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name='longitude')),
                ('precision', models.CharField(choices=[('exact', 'Exact'), ('place', 'Place'), ('admin1', 'Region'), ('country', 'Country'), ('maritime_area', 'Maritime area'), ('none', 'None')], default='country', max_length=16, verbose_name='precision')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='locations', to='incidents.incident')),
            ],
            options={
                'verbose_name': 'location',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, help_text='Given when the record first becomes public at CLEAR.', max_length=16, null=True, unique=True, validators=[django.core.validators.RegexValidator('\\AHTI-[0-9]{4}-[0-9]{5,}\\Z')], verbose_name='reference')),
                ('provisional', models.CharField(default=incidents.models.editions.provisional_reference, editable=False, max_length=16, unique=True)),
                ('marking', models.CharField(choices=[('clear', 'TLP:CLEAR'), ('green', 'TLP:GREEN'), ('amber', 'TLP:AMBER'), ('amber_strict', 'TLP:AMBER+STRICT'), ('red', 'TLP:RED')], default='amber', max_length=12, verbose_name='present marking')),
                ('external_ids', models.JSONField(blank=True, default=dict, validators=[incidents.models.editions.validate_external_ids], verbose_name='ids elsewhere')),
                ('first_published_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_reason', articles.fields.LineField(blank=True, max_length=300, verbose_name='reason of the withdrawal')),
                ('last_verified', models.DateField(blank=True, help_text='When a reviewer last found that the sources still say so.', null=True, verbose_name='last verified')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='incidents.record')),
                ('withdrawn_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'record',
                'ordering': ('-pk',),
            },
        ),
        migrations.AddField(
            model_name='incident',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='incidents.record'),
        ),
        migrations.CreateModel(
            name='ReportedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=80, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:-[a-z0-9]+)*\\Z', 'Only a-z, 0-9 and hyphens.')], verbose_name='address name')),
                ('low', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='low')),
                ('best', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='best')),
                ('high', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='high')),
                ('qualifier', models.CharField(choices=[('exactly', 'Exactly'), ('about', 'About'), ('up_to', 'Up to'), ('at_least', 'At least'), ('more_than', 'More than')], max_length=12, verbose_name='qualifier')),
                ('figure_kind', models.CharField(choices=[('count', 'Count'), ('people', 'People'), ('attempts', 'Attempts'), ('false_claims', 'False claims'), ('percent', 'Percent'), ('growth_factor', 'Growth factor')], default='count', max_length=16, verbose_name='kind')),
                ('what', articles.fields.LineField(max_length=200, verbose_name='what is counted')),
                ('area', articles.fields.LineField(max_length=80, verbose_name='area')),
                ('period', articles.fields.EdtfField(max_length=40, verbose_name='period')),
                ('claimant', articles.fields.LineField(max_length=200, verbose_name='claimant')),
                ('claimant_role', articles.fields.LineField(blank=True, max_length=200, verbose_name='role of the claimant')),
                ('claimant_kind', models.CharField(choices=[('affected_government', 'Affected government'), ('other_government', 'Other government'), ('intl_org', 'International organisation'), ('security_service', 'Security service'), ('prosecutor_court', 'Prosecutor or court'), ('company', 'Company'), ('research_ngo', 'Research body or NGO'), ('media_investigation', 'Media investigation'), ('expert', 'Expert'), ('unnamed_official', 'Unnamed official'), ('perpetrator_persona', 'Perpetrator persona'), ('accused_state', 'Accused state'), ('accused_party', 'Accused party'), ('victim', 'Victim'), ('politician', 'Politician')], max_length=24, verbose_name='kind of claimant')),
                ('date_said', articles.fields.EdtfField(blank=True, max_length=40, verbose_name='date said')),
                ('attributed_to', models.CharField(blank=True, choices=[('AF', 'Afghanistan'), ('AL', 'Albania'), ('DZ', 'Algeria'), ('AS', 'American Samoa'), ('AD', 'Andorra'), ('AO', 'Angola'), ('AI', 'Anguilla'), ('AQ', 'Antarctica'), ('AG', 'Antigua and Barbuda'), ('AR', 'Argentina'), ('AM', 'Armenia'), ('AW', 'Aruba'), ('AU', 'Australia'), ('AT', 'Austria'), ('AZ', 'Azerbaijan'), ('BS', 'Bahamas'), ('BH', 'Bahrain'), ('BD', 'Bangladesh'), ('BB', 'Barbados'), ('BY', 'Belarus'), ('BE', 'Belgium'), ('BZ', 'Belize'), ('BJ', 'Benin'), ('BM', 'Bermuda'), ('BT', 'Bhutan'), ('BO', 'Bolivia'), ('BA', 'Bosnia and Herzegovina'), ('BW', 'Botswana'), ('BV', 'Bouvet Island'), ('BR', 'Brazil'), ('IO', 'British Indian Ocean Territory'), ('VG', 'British Virgin Islands'), ('BN', 'Brunei'), ('BG', 'Bulgaria'), ('BF', 'Burkina Faso'), ('BI', 'Burundi'), ('KH', 'Cambodia'), ('CM', 'Cameroon'), ('CA', 'Canada'), ('CV', 'Cape Verde'), ('BQ', 'Caribbean Netherlands'), ('KY', 'Cayman Islands'), ('CF', 'Central African Republic'), ('TD', 'Chad'), ('CL', 'Chile'), ('CN', 'China'), ('CX', 'Christmas Island'), ('CC', 'Cocos (Keeling) Islands'), ('CO', 'Colombia'), ('KM', 'Comoros'), ('CG', 'Congo - Brazzaville'), ('CD', 'Congo - Kinshasa'), ('CK', 'Cook Islands'), ('CR', 'Costa Rica'), ('HR', 'Croatia'), ('CU', 'Cuba'), ('CW', 'Curaçao'), ('CY', 'Cyprus'), ('CZ', 'Czechia'), ('CI', 'Côte d’Ivoire'), ('DK', 'Denmark'), ('DJ', 'Djibouti'), ('DM', 'Dominica'), ('DO', 'Dominican Republic'), ('EC', 'Ecuador'), ('EG', 'Egypt'), ('SV', 'El Salvador'), ('GQ', 'Equatorial Guinea'), ('ER', 'Eritrea'), ('EE', 'Estonia'), ('SZ', 'Eswatini'), ('ET', 'Ethiopia'), ('FK', 'Falkland Islands'), ('FO', 'Faroe Islands'), ('FJ', 'Fiji'), ('FI', 'Finland'), ('FR', 'France'), ('GF', 'French Guiana'), ('PF', 'French Polynesia'), ('TF', 'French Southern Territories'), ('GA', 'Gabon'), ('GM', 'Gambia'), ('GE', 'Georgia'), ('DE', 'Germany'), ('GH', 'Ghana'), ('GI', 'Gibraltar'), ('GR', 'Greece'), ('GL', 'Greenland'), ('GD', 'Grenada'), ('GP', 'Guadeloupe'), ('GU', 'Guam'), ('GT', 'Guatemala'), ('GG', 'Guernsey'), ('GN', 'Guinea'), ('GW', 'Guinea-Bissau'), ('GY', 'Guyana'), ('HT', 'Haiti'), ('HM', 'Heard and McDonald Islands'), ('HN', 'Honduras'), ('HK', 'Hong Kong SAR China'), ('HU', 'Hungary'), ('IS', 'Iceland'), ('IN', 'India'), ('ID', 'Indonesia'), ('IR', 'Iran'), ('IQ', 'Iraq'), ('IE', 'Ireland'), ('IM', 'Isle of Man'), ('IL', 'Israel'), ('IT', 'Italy'), ('JM', 'Jamaica'), ('JP', 'Japan'), ('JE', 'Jersey'), ('JO', 'Jordan'), ('KZ', 'Kazakhstan'), ('KE', 'Kenya'), ('KI', 'Kiribati'), ('XK', 'Kosovo'), ('KW', 'Kuwait'), ('KG', 'Kyrgyzstan'), ('LA', 'Laos'), ('LV', 'Latvia'), ('LB', 'Lebanon'), ('LS', 'Lesotho'), ('LR', 'Liberia'), ('LY', 'Libya'), ('LI', 'Liechtenstein'), ('LT', 'Lithuania'), ('LU', 'Luxembourg'), ('MO', 'Macao SAR China'), ('MG', 'Madagascar'), ('MW', 'Malawi'), ('MY', 'Malaysia'), ('MV', 'Maldives'), ('ML', 'Mali'), ('MT', 'Malta'), ('MH', 'Marshall Islands'), ('MQ', 'Martinique'), ('MR', 'Mauritania'), ('MU', 'Mauritius'), ('YT', 'Mayotte'), ('MX', 'Mexico'), ('FM', 'Micronesia'), ('MD', 'Moldova'), ('MC', 'Monaco'), ('MN', 'Mongolia'), ('ME', 'Montenegro'), ('MS', 'Montserrat'), ('MA', 'Morocco'), ('MZ', 'Mozambique'), ('MM', 'Myanmar (Burma)'), ('NA', 'Namibia'), ('NR', 'Nauru'), ('NP', 'Nepal'), ('NL', 'Netherlands'), ('NC', 'New Caledonia'), ('NZ', 'New Zealand'), ('NI', 'Nicaragua'), ('NE', 'Niger'), ('NG', 'Nigeria'), ('NU', 'Niue'), ('NF', 'Norfolk Island'), ('KP', 'North Korea'), ('MK', 'North Macedonia'), ('MP', 'Northern Mariana Islands'), ('NO', 'Norway'), ('OM', 'Oman'), ('PK', 'Pakistan'), ('PW', 'Palau'), ('PS', 'Palestinian Territories'), ('PA', 'Panama'), ('PG', 'Papua New Guinea'), ('PY', 'Paraguay'), ('PE', 'Peru'), ('PH', 'Philippines'), ('PN', 'Pitcairn Islands'), ('PL', 'Poland'), ('PT', 'Portugal'), ('PR', 'Puerto Rico'), ('QA', 'Qatar'), ('RO', 'Romania'), ('RU', 'Russia'), ('RW', 'Rwanda'), ('RE', 'Réunion'), ('WS', 'Samoa'), ('SM', 'San Marino'), ('SA', 'Saudi Arabia'), ('SN', 'Senegal'), ('RS', 'Serbia'), ('SC', 'Seychelles'), ('SL', 'Sierra Leone'), ('SG', 'Singapore'), ('SX', 'Sint Maarten'), ('SK', 'Slovakia'), ('SI', 'Slovenia'), ('SB', 'Solomon Islands'), ('SO', 'Somalia'), ('ZA', 'South Africa'), ('GS', 'South Georgia and South Sandwich Islands'), ('KR', 'South Korea'), ('SS', 'South Sudan'), ('ES', 'Spain'), ('LK', 'Sri Lanka'), ('BL', 'St. Barthélemy'), ('SH', 'St. Helena'), ('KN', 'St. Kitts and Nevis'), ('LC', 'St. Lucia'), ('MF', 'St. Martin'), ('PM', 'St. Pierre and Miquelon'), ('VC', 'St. Vincent and Grenadines'), ('SD', 'Sudan'), ('SR', 'Suriname'), ('SJ', 'Svalbard and Jan Mayen'), ('SE', 'Sweden'), ('CH', 'Switzerland'), ('SY', 'Syria'), ('ST', 'São Tomé and Príncipe'), ('TW', 'Taiwan'), ('TJ', 'Tajikistan'), ('TZ', 'Tanzania'), ('TH', 'Thailand'), ('TL', 'Timor-Leste'), ('TG', 'Togo'), ('TK', 'Tokelau'), ('TO', 'Tonga'), ('TT', 'Trinidad and Tobago'), ('TN', 'Tunisia'), ('TM', 'Turkmenistan'), ('TC', 'Turks and Caicos Islands'), ('TV', 'Tuvalu'), ('TR', 'Türkiye'), ('UM', 'U.S. Outlying Islands'), ('VI', 'U.S. Virgin Islands'), ('UG', 'Uganda'), ('UA', 'Ukraine'), ('AE', 'United Arab Emirates'), ('GB', 'United Kingdom'), ('US', 'United States'), ('UY', 'Uruguay'), ('UZ', 'Uzbekistan'), ('VU', 'Vanuatu'), ('VA', 'Vatican City'), ('VE', 'Venezuela'), ('VN', 'Vietnam'), ('WF', 'Wallis and Futuna'), ('EH', 'Western Sahara'), ('YE', 'Yemen'), ('ZM', 'Zambia'), ('ZW', 'Zimbabwe'), ('AX', 'Åland Islands')], max_length=2, verbose_name='attributed to')),
                ('our_question', articles.fields.LineField(blank=True, help_text='The question whose count is shown beside the figure, as in an address.', max_length=500, verbose_name='our nearest question')),
                ('note', articles.fields.BodyField(blank=True, max_length=1500, verbose_name='note')),
                ('marking', models.CharField(choices=[('clear', 'TLP:CLEAR'), ('green', 'TLP:GREEN'), ('amber', 'TLP:AMBER'), ('amber_strict', 'TLP:AMBER+STRICT'), ('red', 'TLP:RED')], default='amber', max_length=12, verbose_name='marking')),
                ('numerator_of', models.ForeignKey(blank=True, help_text='The wider figure of which this one is a part.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='incidents.reportedfigure', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'reported figure',
                'ordering': ('slug',),
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='value')),
                ('qualifier', models.CharField(choices=[('exactly', 'Exactly'), ('about', 'About'), ('up_to', 'Up to'), ('at_least', 'At least'), ('more_than', 'More than')], max_length=12, verbose_name='qualifier')),
                ('what', articles.fields.LineField(max_length=200, verbose_name='what is counted')),
                ('area', articles.fields.LineField(max_length=80, verbose_name='area')),
                ('period', articles.fields.EdtfField(max_length=40, verbose_name='period')),
                ('attributed_to', models.CharField(blank=True, choices=[('AF', 'Afghanistan'), ('AL', 'Albania'), ('DZ', 'Algeria'), ('AS', 'American Samoa'), ('AD', 'Andorra'), ('AO', 'Angola'), ('AI', 'Anguilla'), ('AQ', 'Antarctica'), ('AG', 'Antigua and Barbuda'), ('AR', 'Argentina'), ('AM', 'Armenia'), ('AW', 'Aruba'), ('AU', 'Australia'), ('AT', 'Austria'), ('AZ', 'Azerbaijan'), ('BS', 'Bahamas'), ('BH', 'Bahrain'), ('BD', 'Bangladesh'), ('BB', 'Barbados'), ('BY', 'Belarus'), ('BE', 'Belgium'), ('BZ', 'Belize'), ('BJ', 'Benin'), ('BM', 'Bermuda'), ('BT', 'Bhutan'), ('BO', 'Bolivia'), ('BA', 'Bosnia and Herzegovina'), ('BW', 'Botswana'), ('BV', 'Bouvet Island'), ('BR', 'Brazil'), ('IO', 'British Indian Ocean Territory'), ('VG', 'British Virgin Islands'), ('BN', 'Brunei'), ('BG', 'Bulgaria'), ('BF', 'Burkina Faso'), ('BI', 'Burundi'), ('KH', 'Cambodia'), ('CM', 'Cameroon'), ('CA', 'Canada'), ('CV', 'Cape Verde'), ('BQ', 'Caribbean Netherlands'), ('KY', 'Cayman Islands'), ('CF', 'Central African Republic'), ('TD', 'Chad'), ('CL', 'Chile'), ('CN', 'China'), ('CX', 'Christmas Island'), ('CC', 'Cocos (Keeling) Islands'), ('CO', 'Colombia'), ('KM', 'Comoros'), ('CG', 'Congo - Brazzaville'), ('CD', 'Congo - Kinshasa'), ('CK', 'Cook Islands'), ('CR', 'Costa Rica'), ('HR', 'Croatia'), ('CU', 'Cuba'), ('CW', 'Curaçao'), ('CY', 'Cyprus'), ('CZ', 'Czechia'), ('CI', 'Côte d’Ivoire'), ('DK', 'Denmark'), ('DJ', 'Djibouti'), ('DM', 'Dominica'), ('DO', 'Dominican Republic'), ('EC', 'Ecuador'), ('EG', 'Egypt'), ('SV', 'El Salvador'), ('GQ', 'Equatorial Guinea'), ('ER', 'Eritrea'), ('EE', 'Estonia'), ('SZ', 'Eswatini'), ('ET', 'Ethiopia'), ('FK', 'Falkland Islands'), ('FO', 'Faroe Islands'), ('FJ', 'Fiji'), ('FI', 'Finland'), ('FR', 'France'), ('GF', 'French Guiana'), ('PF', 'French Polynesia'), ('TF', 'French Southern Territories'), ('GA', 'Gabon'), ('GM', 'Gambia'), ('GE', 'Georgia'), ('DE', 'Germany'), ('GH', 'Ghana'), ('GI', 'Gibraltar'), ('GR', 'Greece'), ('GL', 'Greenland'), ('GD', 'Grenada'), ('GP', 'Guadeloupe'), ('GU', 'Guam'), ('GT', 'Guatemala'), ('GG', 'Guernsey'), ('GN', 'Guinea'), ('GW', 'Guinea-Bissau'), ('GY', 'Guyana'), ('HT', 'Haiti'), ('HM', 'Heard and McDonald Islands'), ('HN', 'Honduras'), ('HK', 'Hong Kong SAR China'), ('HU', 'Hungary'), ('IS', 'Iceland'), ('IN', 'India'), ('ID', 'Indonesia'), ('IR', 'Iran'), ('IQ', 'Iraq'), ('IE', 'Ireland'), ('IM', 'Isle of Man'), ('IL', 'Israel'), ('IT', 'Italy'), ('JM', 'Jamaica'), ('JP', 'Japan'), ('JE', 'Jersey'), ('JO', 'Jordan'), ('KZ', 'Kazakhstan'), ('KE', 'Kenya'), ('KI', 'Kiribati'), ('XK', 'Kosovo'), ('KW', 'Kuwait'), ('KG', 'Kyrgyzstan'), ('LA', 'Laos'), ('LV', 'Latvia'), ('LB', 'Lebanon'), ('LS', 'Lesotho'), ('LR', 'Liberia'), ('LY', 'Libya'), ('LI', 'Liechtenstein'), ('LT', 'Lithuania'), ('LU', 'Luxembourg'), ('MO', 'Macao SAR China'), ('MG', 'Madagascar'), ('MW', 'Malawi'), ('MY', 'Malaysia'), ('MV', 'Maldives'), ('ML', 'Mali'), ('MT', 'Malta'), ('MH', 'Marshall Islands'), ('MQ', 'Martinique'), ('MR', 'Mauritania'), ('MU', 'Mauritius'), ('YT', 'Mayotte'), ('MX', 'Mexico'), ('FM', 'Micronesia'), ('MD', 'Moldova'), ('MC', 'Monaco'), ('MN', 'Mongolia'), ('ME', 'Montenegro'), ('MS', 'Montserrat'), ('MA', 'Morocco'), ('MZ', 'Mozambique'), ('MM', 'Myanmar (Burma)'), ('NA', 'Namibia'), ('NR', 'Nauru'), ('NP', 'Nepal'), ('NL', 'Netherlands'), ('NC', 'New Caledonia'), ('NZ', 'New Zealand'), ('NI', 'Nicaragua'), ('NE', 'Niger'), ('NG', 'Nigeria'), ('NU', 'Niue'), ('NF', 'Norfolk Island'), ('KP', 'North Korea'), ('MK', 'North Macedonia'), ('MP', 'Northern Mariana Islands'), ('NO', 'Norway'), ('OM', 'Oman'), ('PK', 'Pakistan'), ('PW', 'Palau'), ('PS', 'Palestinian Territories'), ('PA', 'Panama'), ('PG', 'Papua New Guinea'), ('PY', 'Paraguay'), ('PE', 'Peru'), ('PH', 'Philippines'), ('PN', 'Pitcairn Islands'), ('PL', 'Poland'), ('PT', 'Portugal'), ('PR', 'Puerto Rico'), ('QA', 'Qatar'), ('RO', 'Romania'), ('RU', 'Russia'), ('RW', 'Rwanda'), ('RE', 'Réunion'), ('WS', 'Samoa'), ('SM', 'San Marino'), ('SA', 'Saudi Arabia'), ('SN', 'Senegal'), ('RS', 'Serbia'), ('SC', 'Seychelles'), ('SL', 'Sierra Leone'), ('SG', 'Singapore'), ('SX', 'Sint Maarten'), ('SK', 'Slovakia'), ('SI', 'Slovenia'), ('SB', 'Solomon Islands'), ('SO', 'Somalia'), ('ZA', 'South Africa'), ('GS', 'South Georgia and South Sandwich Islands'), ('KR', 'South Korea'), ('SS', 'South Sudan'), ('ES', 'Spain'), ('LK', 'Sri Lanka'), ('BL', 'St. Barthélemy'), ('SH', 'St. Helena'), ('KN', 'St. Kitts and Nevis'), ('LC', 'St. Lucia'), ('MF', 'St. Martin'), ('PM', 'St. Pierre and Miquelon'), ('VC', 'St. Vincent and Grenadines'), ('SD', 'Sudan'), ('SR', 'Suriname'), ('SJ', 'Svalbard and Jan Mayen'), ('SE', 'Sweden'), ('CH', 'Switzerland'), ('SY', 'Syria'), ('ST', 'São Tomé and Príncipe'), ('TW', 'Taiwan'), ('TJ', 'Tajikistan'), ('TZ', 'Tanzania'), ('TH', 'Thailand'), ('TL', 'Timor-Leste'), ('TG', 'Togo'), ('TK', 'Tokelau'), ('TO', 'Tonga'), ('TT', 'Trinidad and Tobago'), ('TN', 'Tunisia'), ('TM', 'Turkmenistan'), ('TC', 'Turks and Caicos Islands'), ('TV', 'Tuvalu'), ('TR', 'Türkiye'), ('UM', 'U.S. Outlying Islands'), ('VI', 'U.S. Virgin Islands'), ('UG', 'Uganda'), ('UA', 'Ukraine'), ('AE', 'United Arab Emirates'), ('GB', 'United Kingdom'), ('US', 'United States'), ('UY', 'Uruguay'), ('UZ', 'Uzbekistan'), ('VU', 'Vanuatu'), ('VA', 'Vatican City'), ('VE', 'Venezuela'), ('VN', 'Vietnam'), ('WF', 'Wallis and Futuna'), ('EH', 'Western Sahara'), ('YE', 'Yemen'), ('ZM', 'Zambia'), ('ZW', 'Zimbabwe'), ('AX', 'Åland Islands')], max_length=2, verbose_name='attributed to')),
                ('note', articles.fields.LineField(blank=True, max_length=300, verbose_name='note on the difference')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.article')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='incidents.reportedfigure')),
            ],
            options={
                'verbose_name': 'rendition',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='StatusFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('status', models.CharField(choices=[('alleged', 'Alleged'), ('suspected', 'Suspected'), ('confirmed', 'Confirmed'), ('disputed', 'Disputed'), ('ruled_out', 'Ruled out')], max_length=16, verbose_name='status')),
                ('date', articles.fields.EdtfField(max_length=40, verbose_name='date')),
                ('date_from', articles.fields.EdtfBoundField(bound='start_from', null=True, of=('date',))),
                ('date_to', articles.fields.EdtfBoundField(bound='end_to', null=True, of=('date',))),
                ('note', articles.fields.BodyField(blank=True, max_length=500, verbose_name='note')),
                ('citation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='incidents.citation', verbose_name='source')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='incidents.incident')),
            ],
            options={
                'verbose_name': 'finding',
                'ordering': ['date_to', 'date_from', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('primary', models.BooleanField(default=False, verbose_name='primary')),
                ('country', models.CharField(choices=[('AF', 'Afghanistan'), ('AL', 'Albania'), ('DZ', 'Algeria'), ('AS', 'American Samoa'), ('AD', 'Andorra'), ('AO', 'Angola'), ('AI', 'Anguilla'), ('AQ', 'Antarctica'), ('AG', 'Antigua and Barbuda'), ('AR', 'Argentina'), ('AM', 'Armenia'), ('AW', 'Aruba'), ('AU', 'Australia'), ('AT', 'Austria'), ('AZ', 'Azerbaijan'), ('BS', 'Bahamas'), ('BH', 'Bahrain'), ('BD', 'Bangladesh'), ('BB', 'Barbados'), ('BY', 'Belarus'), ('BE', 'Belgium'), ('BZ', 'Belize'), ('BJ', 'Benin'), ('BM', 'Bermuda'), ('BT', 'Bhutan'), ('BO', 'Bolivia'), ('BA', 'Bosnia and Herzegovina'), ('BW', 'Botswana'), ('BV', 'Bouvet Island'), ('BR', 'Brazil'), ('IO', 'British Indian Ocean Territory'), ('VG', 'British Virgin Islands'), ('BN', 'Brunei'), ('BG', 'Bulgaria'), ('BF', 'Burkina Faso'), ('BI', 'Burundi'), ('KH', 'Cambodia'), ('CM', 'Cameroon'), ('CA', 'Canada'), ('CV', 'Cape Verde'), ('BQ', 'Caribbean Netherlands'), ('KY', 'Cayman Islands'), ('CF', 'Central African Republic'), ('TD', 'Chad'), ('CL', 'Chile'), ('CN', 'China'), ('CX', 'Christmas Island'), ('CC', 'Cocos (Keeling) Islands'), ('CO', 'Colombia'), ('KM', 'Comoros'), ('CG', 'Congo - Brazzaville'), ('CD', 'Congo - Kinshasa'), ('CK', 'Cook Islands'), ('CR', 'Costa Rica'), ('HR', 'Croatia'), ('CU', 'Cuba'), ('CW', 'Curaçao'), ('CY', 'Cyprus'), ('CZ', 'Czechia'), ('CI', 'Côte d’Ivoire'), ('DK', 'Denmark'), ('DJ', 'Djibouti'), ('DM', 'Dominica'), ('DO', 'Dominican Republic'), ('EC', 'Ecuador'), ('EG', 'Egypt'), ('SV', 'El Salvador'), ('GQ', 'Equatorial Guinea'), ('ER', 'Eritrea'), ('EE', 'Estonia'), ('SZ', 'Eswatini'), ('ET', 'Ethiopia'), ('FK', 'Falkland Islands'), ('FO', 'Faroe Islands'), ('FJ', 'Fiji'), ('FI', 'Finland'), ('FR', 'France'), ('GF', 'French Guiana'), ('PF', 'French Polynesia'), ('TF', 'French Southern Territories'), ('GA', 'Gabon'), ('GM', 'Gambia'), ('GE', 'Georgia'), ('DE', 'Germany'), ('GH', 'Ghana'), ('GI', 'Gibraltar'), ('GR', 'Greece'), ('GL', 'Greenland'), ('GD', 'Grenada'), ('GP', 'Guadeloupe'), ('GU', 'Guam'), ('GT', 'Guatemala'), ('GG', 'Guernsey'), ('GN', 'Guinea'), ('GW', 'Guinea-Bissau'), ('GY', 'Guyana'), ('HT', 'Haiti'), ('HM', 'Heard and McDonald Islands'), ('HN', 'Honduras'), ('HK', 'Hong Kong SAR China'), ('HU', 'Hungary'), ('IS', 'Iceland'), ('IN', 'India'), ('ID', 'Indonesia'), ('IR', 'Iran'), ('IQ', 'Iraq'), ('IE', 'Ireland'), ('IM', 'Isle of Man'), ('IL', 'Israel'), ('IT', 'Italy'), ('JM', 'Jamaica'), ('JP', 'Japan'), ('JE', 'Jersey'), ('JO', 'Jordan'), ('KZ', 'Kazakhstan'), ('KE', 'Kenya'), ('KI', 'Kiribati'), ('XK', 'Kosovo'), ('KW', 'Kuwait'), ('KG', 'Kyrgyzstan'), ('LA', 'Laos'), ('LV', 'Latvia'), ('LB', 'Lebanon'), ('LS', 'Lesotho'), ('LR', 'Liberia'), ('LY', 'Libya'), ('LI', 'Liechtenstein'), ('LT', 'Lithuania'), ('LU', 'Luxembourg'), ('MO', 'Macao SAR China'), ('MG', 'Madagascar'), ('MW', 'Malawi'), ('MY', 'Malaysia'), ('MV', 'Maldives'), ('ML', 'Mali'), ('MT', 'Malta'), ('MH', 'Marshall Islands'), ('MQ', 'Martinique'), ('MR', 'Mauritania'), ('MU', 'Mauritius'), ('YT', 'Mayotte'), ('MX', 'Mexico'), ('FM', 'Micronesia'), ('MD', 'Moldova'), ('MC', 'Monaco'), ('MN', 'Mongolia'), ('ME', 'Montenegro'), ('MS', 'Montserrat'), ('MA', 'Morocco'), ('MZ', 'Mozambique'), ('MM', 'Myanmar (Burma)'), ('NA', 'Namibia'), ('NR', 'Nauru'), ('NP', 'Nepal'), ('NL', 'Netherlands'), ('NC', 'New Caledonia'), ('NZ', 'New Zealand'), ('NI', 'Nicaragua'), ('NE', 'Niger'), ('NG', 'Nigeria'), ('NU', 'Niue'), ('NF', 'Norfolk Island'), ('KP', 'North Korea'), ('MK', 'North Macedonia'), ('MP', 'Northern Mariana Islands'), ('NO', 'Norway'), ('OM', 'Oman'), ('PK', 'Pakistan'), ('PW', 'Palau'), ('PS', 'Palestinian Territories'), ('PA', 'Panama'), ('PG', 'Papua New Guinea'), ('PY', 'Paraguay'), ('PE', 'Peru'), ('PH', 'Philippines'), ('PN', 'Pitcairn Islands'), ('PL', 'Poland'), ('PT', 'Portugal'), ('PR', 'Puerto Rico'), ('QA', 'Qatar'), ('RO', 'Romania'), ('RU', 'Russia'), ('RW', 'Rwanda'), ('RE', 'Réunion'), ('WS', 'Samoa'), ('SM', 'San Marino'), ('SA', 'Saudi Arabia'), ('SN', 'Senegal'), ('RS', 'Serbia'), ('SC', 'Seychelles'), ('SL', 'Sierra Leone'), ('SG', 'Singapore'), ('SX', 'Sint Maarten'), ('SK', 'Slovakia'), ('SI', 'Slovenia'), ('SB', 'Solomon Islands'), ('SO', 'Somalia'), ('ZA', 'South Africa'), ('GS', 'South Georgia and South Sandwich Islands'), ('KR', 'South Korea'), ('SS', 'South Sudan'), ('ES', 'Spain'), ('LK', 'Sri Lanka'), ('BL', 'St. Barthélemy'), ('SH', 'St. Helena'), ('KN', 'St. Kitts and Nevis'), ('LC', 'St. Lucia'), ('MF', 'St. Martin'), ('PM', 'St. Pierre and Miquelon'), ('VC', 'St. Vincent and Grenadines'), ('SD', 'Sudan'), ('SR', 'Suriname'), ('SJ', 'Svalbard and Jan Mayen'), ('SE', 'Sweden'), ('CH', 'Switzerland'), ('SY', 'Syria'), ('ST', 'São Tomé and Príncipe'), ('TW', 'Taiwan'), ('TJ', 'Tajikistan'), ('TZ', 'Tanzania'), ('TH', 'Thailand'), ('TL', 'Timor-Leste'), ('TG', 'Togo'), ('TK', 'Tokelau'), ('TO', 'Tonga'), ('TT', 'Trinidad and Tobago'), ('TN', 'Tunisia'), ('TM', 'Turkmenistan'), ('TC', 'Turks and Caicos Islands'), ('TV', 'Tuvalu'), ('TR', 'Türkiye'), ('UM', 'U.S. Outlying Islands'), ('VI', 'U.S. Virgin Islands'), ('UG', 'Uganda'), ('UA', 'Ukraine'), ('AE', 'United Arab Emirates'), ('GB', 'United Kingdom'), ('US', 'United States'), ('UY', 'Uruguay'), ('UZ', 'Uzbekistan'), ('VU', 'Vanuatu'), ('VA', 'Vatican City'), ('VE', 'Venezuela'), ('VN', 'Vietnam'), ('WF', 'Wallis and Futuna'), ('EH', 'Western Sahara'), ('YE', 'Yemen'), ('ZM', 'Zambia'), ('ZW', 'Zimbabwe'), ('AX', 'Åland Islands'), ('EU', 'European Union'), ('NATO', 'NATO'), ('UN', 'United Nations'), ('ZZ', 'Unknown country')], max_length=4, verbose_name='country')),
                ('sector', models.CharField(choices=[('energy', 'Energy'), ('transport', 'Transport'), ('banking', 'Banking'), ('financial_market', 'Financial market'), ('health', 'Health'), ('drinking_water', 'Drinking water'), ('waste_water', 'Waste water'), ('digital_infrastructure', 'Digital infrastructure'), ('ict_services', 'ICT services'), ('public_administration', 'Public administration'), ('space', 'Space'), ('postal_courier', 'Postal courier'), ('waste', 'Waste'), ('chemicals', 'Chemicals'), ('food', 'Food'), ('manufacturing', 'Manufacturing'), ('digital_providers', 'Digital providers'), ('research', 'Research'), ('military_defence', 'Military and defence'), ('defence_industry', 'Defence industry'), ('politics_elections', 'Politics and elections'), ('media', 'Media'), ('civil_society_diaspora', 'Civil society or diaspora'), ('education_culture_religion', 'Education, culture or religion'), ('commerce_other', 'Other commerce'), ('general_public', 'General public'), ('unknown', 'Unknown')], default='unknown', max_length=32, verbose_name='sector')),
                ('target_kind', models.CharField(choices=[('government', 'Government'), ('armed_forces', 'Armed forces'), ('operator', 'Operator'), ('company', 'Company'), ('party_candidate', 'Party or candidate'), ('media_outlet', 'Media outlet'), ('ngo', 'NGO'), ('individual', 'Individual'), ('public_space', 'Public space'), ('symbol', 'Symbol'), ('intl_body', 'International body'), ('unknown', 'Unknown')], default='unknown', max_length=24, verbose_name='kind')),
                ('name', articles.fields.LineField(blank=True, help_text='Persons only where they are public already and it matters.', max_length=200, verbose_name='name')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='incidents.incident')),
            ],
            options={
                'verbose_name': 'target',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActorAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', articles.fields.LineField(max_length=120, verbose_name='name')),
                ('used_by', articles.fields.LineField(blank=True, max_length=120, verbose_name='used by')),
                ('language', models.CharField(blank=True, choices=[('ab', 'Abkhazian'), ('aa', 'Afar'), ('af', 'Afrikaans'), ('ak', 'Akan'), ('sq', 'Albanian'), ('am', 'Amharic'), ('ar', 'Arabic'), ('an', 'Aragonese'), ('hy', 'Armenian'), ('as', 'Assamese'), ('av', 'Avaric'), ('ae', 'Avestan'), ('ay', 'Aymara'), ('az', 'Azerbaijani'), ('bm', 'Bambara'), ('bn', 'Bangla'), ('ba', 'Bashkir'), ('eu', 'Basque'), ('be', 'Belarusian'), ('bi', 'Bislama'), ('bs', 'Bosnian'), ('br', 'Breton'), ('bg', 'Bulgarian'), ('my', 'Burmese'), ('ca', 'Catalan'), ('ch', 'Chamorro'), ('ce', 'Chechen'), ('zh', 'Chinese'), ('cu', 'Church Slavic'), ('cv', 'Chuvash'), ('kw', 'Cornish'), ('co', 'Corsican'), ('cr', 'Cree'), ('hr', 'Croatian'), ('cs', 'Czech'), ('da', 'Danish'), ('dv', 'Divehi'), ('nl', 'Dutch'), ('dz', 'Dzongkha'), ('en', 'English'), ('eo', 'Esperanto'), ('et', 'Estonian'), ('ee', 'Ewe'), ('fo', 'Faroese'), ('fj', 'Fijian'), ('fi', 'Finnish'), ('fr', 'French'), ('ff', 'Fula'), ('gl', 'Galician'), ('lg', 'Ganda'), ('ka', 'Georgian'), ('de', 'German'), ('el', 'Greek'), ('gn', 'Guarani'), ('gu', 'Gujarati'), ('ht', 'Haitian Creole'), ('ha', 'Hausa'), ('he', 'Hebrew'), ('hz', 'Herero'), ('hi', 'Hindi'), ('ho', 'Hiri Motu'), ('hu', 'Hungarian'), ('is', 'Icelandic'), ('io', 'Ido'), ('ig', 'Igbo'), ('id', 'Indonesian'), ('ia', 'Interlingua'), ('ie', 'Interlingue'), ('iu', 'Inuktitut'), ('ik', 'Inupiaq'), ('ga', 'Irish'), ('it', 'Italian'), ('ja', 'Japanese'), ('jv', 'Javanese'), ('kl', 'Kalaallisut'), ('kn', 'Kannada'), ('kr', 'Kanuri'), ('ks', 'Kashmiri'), ('kk', 'Kazakh'), ('km', 'Khmer'), ('ki', 'Kikuyu'), ('rw', 'Kinyarwanda'), ('kv', 'Komi'), ('kg', 'Kongo'), ('ko', 'Korean'), ('kj', 'Kuanyama'), ('ku', 'Kurdish'), ('ky', 'Kyrgyz'), ('lo', 'Lao'), ('la', 'Latin'), ('lv', 'Latvian'), ('li', 'Limburgish'), ('ln', 'Lingala'), ('lt', 'Lithuanian'), ('lu', 'Luba-Katanga'), ('lb', 'Luxembourgish'), ('mk', 'Macedonian'), ('mg', 'Malagasy'), ('ms', 'Malay'), ('ml', 'Malayalam'), ('mt', 'Maltese'), ('gv', 'Manx'), ('mr', 'Marathi'), ('mh', 'Marshallese'), ('mn', 'Mongolian'), ('mi', 'Māori'), ('na', 'Nauru'), ('nv', 'Navajo'), ('ng', 'Ndonga'), ('ne', 'Nepali'), ('nd', 'North Ndebele'), ('se', 'Northern Sami'), ('no', 'Norwegian'), ('nb', 'Norwegian Bokmål'), ('nn', 'Norwegian Nynorsk'), ('ny', 'Nyanja'), ('oc', 'Occitan'), ('or', 'Odia'), ('oj', 'Ojibwa'), ('om', 'Oromo'), ('os', 'Ossetic'), ('pi', 'Pali'), ('ps', 'Pashto'), ('fa', 'Persian'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('pa', 'Punjabi'), ('qu', 'Quechua'), ('ro', 'Romanian'), ('rm', 'Romansh'), ('rn', 'Rundi'), ('ru', 'Russian'), ('sm', 'Samoan'), ('sg', 'Sango'), ('sa', 'Sanskrit'), ('sc', 'Sardinian'), ('gd', 'Scottish Gaelic'), ('sr', 'Serbian'), ('sn', 'Shona'), ('ii', 'Sichuan Yi'), ('sd', 'Sindhi'), ('si', 'Sinhala'), ('sk', 'Slovak'), ('sl', 'Slovenian'), ('so', 'Somali'), ('nr', 'South Ndebele'), ('st', 'Southern Sotho'), ('es', 'Spanish'), ('su', 'Sundanese'), ('sw', 'Swahili'), ('ss', 'Swati'), ('sv', 'Swedish'), ('tl', 'Tagalog'), ('ty', 'Tahitian'), ('tg', 'Tajik'), ('ta', 'Tamil'), ('tt', 'Tatar'), ('te', 'Telugu'), ('th', 'Thai'), ('bo', 'Tibetan'), ('ti', 'Tigrinya'), ('to', 'Tongan'), ('ts', 'Tsonga'), ('tn', 'Tswana'), ('tr', 'Turkish'), ('tk', 'Turkmen'), ('tw', 'Twi'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('ug', 'Uyghur'), ('uz', 'Uzbek'), ('ve', 'Venda'), ('vi', 'Vietnamese'), ('vo', 'Volapük'), ('wa', 'Walloon'), ('cy', 'Welsh'), ('fy', 'Western Frisian'), ('wo', 'Wolof'), ('xh', 'Xhosa'), ('yi', 'Yiddish'), ('yo', 'Yoruba'), ('za', 'Zhuang'), ('zu', 'Zulu')], max_length=3, verbose_name='language')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='incidents.actor')),
            ],
            options={
                'verbose_name': 'alias',
                'verbose_name_plural': 'aliases',
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(fields=('actor', 'name'), name='actor_alias_once')],
            },
        ),
        migrations.CreateModel(
            name='ActorParent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('part_of', 'Part of'), ('works_for', 'Works for'), ('front_of', 'Front of'), ('overlaps', 'Overlaps')], default='part_of', max_length=12, verbose_name='relation')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parents', to='incidents.actor')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='children', to='incidents.actor')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.article')),
            ],
            options={
                'verbose_name': 'parent',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('relation__in', ['part_of', 'works_for', 'front_of', 'overlaps'])), name='incidents_actorparent_relation_known'), models.UniqueConstraint(fields=('actor', 'parent', 'relation'), name='actor_parent_once'), models.CheckConstraint(condition=models.Q(('actor', models.F('parent')), _negated=True), name='actor_not_its_parent')],
            },
        ),
        migrations.CreateModel(
            name='Effect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(choices=[('deaths', 'Deaths'), ('injuries', 'Injuries'), ('damage', 'Damage'), ('service_outage', 'Service outage'), ('data_taken', 'Data taken'), ('data_destroyed', 'Data destroyed'), ('money_loss', 'Money loss'), ('transport_disruption', 'Transport disruption'), ('evacuation', 'Evacuation'), ('exposure', 'Exposure'), ('none_reported', 'None reported'), ('unknown', 'Unknown')], max_length=24, verbose_name='kind')),
                ('low', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='low')),
                ('best', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='best')),
                ('high', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='high')),
                ('unit', articles.fields.LineField(blank=True, max_length=24, verbose_name='unit')),
                ('certainty', models.CharField(choices=[('reported', 'Reported'), ('official', 'Official')], default='reported', max_length=12, verbose_name='certainty')),
                ('note', articles.fields.LineField(blank=True, max_length=500, verbose_name='note')),
                ('citation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='incidents.citation', verbose_name='source')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='incidents.incident')),
            ],
            options={
                'verbose_name': 'effect',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['deaths', 'injuries', 'damage', 'service_outage', 'data_taken', 'data_destroyed', 'money_loss', 'transport_disruption', 'evacuation', 'exposure', 'none_reported', 'unknown'])), name='incidents_effect_kind_known'), models.CheckConstraint(condition=models.Q(('certainty__in', ['reported', 'official'])), name='incidents_effect_certainty_known'), models.CheckConstraint(condition=models.Q(('low__isnull', True), ('high__isnull', True), ('low__lte', models.F('high')), _connector='OR'), name='incidents_effect_range_in_order', violation_error_message='The low value is above the high one.')],
            },
        ),
        migrations.CreateModel(
            name='Coding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('axis', models.CharField(max_length=12)),
                ('code', models.CharField(max_length=32)),
                ('primary', models.BooleanField()),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='incidents.incident')),
            ],
            options={
                'indexes': [models.Index(fields=['axis', 'code', 'incident'], name='coding_by_code')],
                'constraints': [models.UniqueConstraint(fields=('incident', 'axis', 'code'), name='coding_once'), models.CheckConstraint(condition=models.Q(('axis__in', ('event_type', 'domain'))), name='incidents_coding_axis_known')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('about', models.CharField(choices=[('actor', 'Actor'), ('nature', 'Nature')], default='actor', max_length=8, verbose_name='about')),
                ('claimant', articles.fields.LineField(max_length=200, verbose_name='claimant')),
                ('claimant_kind', models.CharField(choices=[('affected_government', 'Affected government'), ('other_government', 'Other government'), ('intl_org', 'International organisation'), ('security_service', 'Security service'), ('prosecutor_court', 'Prosecutor or court'), ('company', 'Company'), ('research_ngo', 'Research body or NGO'), ('media_investigation', 'Media investigation'), ('expert', 'Expert'), ('unnamed_official', 'Unnamed official'), ('perpetrator_persona', 'Perpetrator persona'), ('accused_state', 'Accused state'), ('accused_party', 'Accused party'), ('victim', 'Victim'), ('politician', 'Politician')], max_length=24, verbose_name='kind of claimant')),
                ('date', articles.fields.EdtfField(max_length=40, verbose_name='date')),
                ('date_from', articles.fields.EdtfBoundField(bound='start_from', null=True, of=('date',))),
                ('date_to', articles.fields.EdtfBoundField(bound='end_to', null=True, of=('date',))),
                ('stance', models.CharField(choices=[('asserts', 'Asserts'), ('suggests', 'Suggests'), ('rules_out', 'Rules out'), ('denies', 'Denies'), ('withdraws', 'Withdraws')], default='asserts', max_length=12, verbose_name='stance')),
                ('responsible_state', models.CharField(blank=True, choices=[('AF', 'Afghanistan'), ('AL', 'Albania'), ('DZ', 'Algeria'), ('AS', 'American Samoa'), ('AD', 'Andorra'), ('AO', 'Angola'), ('AI', 'Anguilla'), ('AQ', 'Antarctica'), ('AG', 'Antigua and Barbuda'), ('AR', 'Argentina'), ('AM', 'Armenia'), ('AW', 'Aruba'), ('AU', 'Australia'), ('AT', 'Austria'), ('AZ', 'Azerbaijan'), ('BS', 'Bahamas'), ('BH', 'Bahrain'), ('BD', 'Bangladesh'), ('BB', 'Barbados'), ('BY', 'Belarus'), ('BE', 'Belgium'), ('BZ', 'Belize'), ('BJ', 'Benin'), ('BM', 'Bermuda'), ('BT', 'Bhutan'), ('BO', 'Bolivia'), ('BA', 'Bosnia and Herzegovina'), ('BW', 'Botswana'), ('BV', 'Bouvet Island'), ('BR', 'Brazil'), ('IO', 'British Indian Ocean Territory'), ('VG', 'British Virgin Islands'), ('BN', 'Brunei'), ('BG', 'Bulgaria'), ('BF', 'Burkina Faso'), ('BI', 'Burundi'), ('KH', 'Cambodia'), ('CM', 'Cameroon'), ('CA', 'Canada'), ('CV', 'Cape Verde'), ('BQ', 'Caribbean Netherlands'), ('KY', 'Cayman Islands'), ('CF', 'Central African Republic'), ('TD', 'Chad'), ('CL', 'Chile'), ('CN', 'China'), ('CX', 'Christmas Island'), ('CC', 'Cocos (Keeling) Islands'), ('CO', 'Colombia'), ('KM', 'Comoros'), ('CG', 'Congo - Brazzaville'), ('CD', 'Congo - Kinshasa'), ('CK', 'Cook Islands'), ('CR', 'Costa Rica'), ('HR', 'Croatia'), ('CU', 'Cuba'), ('CW', 'Curaçao'), ('CY', 'Cyprus'), ('CZ', 'Czechia'), ('CI', 'Côte d’Ivoire'), ('DK', 'Denmark'), ('DJ', 'Djibouti'), ('DM', 'Dominica'), ('DO', 'Dominican Republic'), ('EC', 'Ecuador'), ('EG', 'Egypt'), ('SV', 'El Salvador'), ('GQ', 'Equatorial Guinea'), ('ER', 'Eritrea'), ('EE', 'Estonia'), ('SZ', 'Eswatini'), ('ET', 'Ethiopia'), ('FK', 'Falkland Islands'), ('FO', 'Faroe Islands'), ('FJ', 'Fiji'), ('FI', 'Finland'), ('FR', 'France'), ('GF', 'French Guiana'), ('PF', 'French Polynesia'), ('TF', 'French Southern Territories'), ('GA', 'Gabon'), ('GM', 'Gambia'), ('GE', 'Georgia'), ('DE', 'Germany'), ('GH', 'Ghana'), ('GI', 'Gibraltar'), ('GR', 'Greece'), ('GL', 'Greenland'), ('GD', 'Grenada'), ('GP', 'Guadeloupe'), ('GU', 'Guam'), ('GT', 'Guatemala'), ('GG', 'Guernsey'), ('GN', 'Guinea'), ('GW', 'Guinea-Bissau'), ('GY', 'Guyana'), ('HT', 'Haiti'), ('HM', 'Heard and McDonald Islands'), ('HN', 'Honduras'), ('HK', 'Hong Kong SAR China'), ('HU', 'Hungary'), ('IS', 'Iceland'), ('IN', 'India'), ('ID', 'Indonesia'), ('IR', 'Iran'), ('IQ', 'Iraq'), ('IE', 'Ireland'), ('IM', 'Isle of Man'), ('IL', 'Israel'), ('IT', 'Italy'), ('JM', 'Jamaica'), ('JP', 'Japan'), ('JE', 'Jersey'), ('JO', 'Jordan'), ('KZ', 'Kazakhstan'), ('KE', 'Kenya'), ('KI', 'Kiribati'), ('XK', 'Kosovo'), ('KW', 'Kuwait'), ('KG', 'Kyrgyzstan'), ('LA', 'Laos'), ('LV', 'Latvia'), ('LB', 'Lebanon'), ('LS', 'Lesotho'), ('LR', 'Liberia'), ('LY', 'Libya'), ('LI', 'Liechtenstein'), ('LT', 'Lithuania'), ('LU', 'Luxembourg'), ('MO', 'Macao SAR China'), ('MG', 'Madagascar'), ('MW', 'Malawi'), ('MY', 'Malaysia'), ('MV', 'Maldives'), ('ML', 'Mali'), ('MT', 'Malta'), ('MH', 'Marshall Islands'), ('MQ', 'Martinique'), ('MR', 'Mauritania'), ('MU', 'Mauritius'), ('YT', 'Mayotte'), ('MX', 'Mexico'), ('FM', 'Micronesia'), ('MD', 'Moldova'), ('MC', 'Monaco'), ('MN', 'Mongolia'), ('ME', 'Montenegro'), ('MS', 'Montserrat'), ('MA', 'Morocco'), ('MZ', 'Mozambique'), ('MM', 'Myanmar (Burma)'), ('NA', 'Namibia'), ('NR', 'Nauru'), ('NP', 'Nepal'), ('NL', 'Netherlands'), ('NC', 'New Caledonia'), ('NZ', 'New Zealand'), ('NI', 'Nicaragua'), ('NE', 'Niger'), ('NG', 'Nigeria'), ('NU', 'Niue'), ('NF', 'Norfolk Island'), ('KP', 'North Korea'), ('MK', 'North Macedonia'), ('MP', 'Northern Mariana Islands'), ('NO', 'Norway'), ('OM', 'Oman'), ('PK', 'Pakistan'), ('PW', 'Palau'), ('PS', 'Palestinian Territories'), ('PA', 'Panama'), ('PG', 'Papua New Guinea'), ('PY', 'Paraguay'), ('PE', 'Peru'), ('PH', 'Philippines'), ('PN', 'Pitcairn Islands'), ('PL', 'Poland'), ('PT', 'Portugal'), ('PR', 'Puerto Rico'), ('QA', 'Qatar'), ('RO', 'Romania'), ('RU', 'Russia'), ('RW', 'Rwanda'), ('RE', 'Réunion'), ('WS', 'Samoa'), ('SM', 'San Marino'), ('SA', 'Saudi Arabia'), ('SN', 'Senegal'), ('RS', 'Serbia'), ('SC', 'Seychelles'), ('SL', 'Sierra Leone'), ('SG', 'Singapore'), ('SX', 'Sint Maarten'), ('SK', 'Slovakia'), ('SI', 'Slovenia'), ('SB', 'Solomon Islands'), ('SO', 'Somalia'), ('ZA', 'South Africa'), ('GS', 'South Georgia and South Sandwich Islands'), ('KR', 'South Korea'), ('SS', 'South Sudan'), ('ES', 'Spain'), ('LK', 'Sri Lanka'), ('BL', 'St. Barthélemy'), ('SH', 'St. Helena'), ('KN', 'St. Kitts and Nevis'), ('LC', 'St. Lucia'), ('MF', 'St. Martin'), ('PM', 'St. Pierre and Miquelon'), ('VC', 'St. Vincent and Grenadines'), ('SD', 'Sudan'), ('SR', 'Suriname'), ('SJ', 'Svalbard and Jan Mayen'), ('SE', 'Sweden'), ('CH', 'Switzerland'), ('SY', 'Syria'), ('ST', 'São Tomé and Príncipe'), ('TW', 'Taiwan'), ('TJ', 'Tajikistan'), ('TZ', 'Tanzania'), ('TH', 'Thailand'), ('TL', 'Timor-Leste'), ('TG', 'Togo'), ('TK', 'Tokelau'), ('TO', 'Tonga'), ('TT', 'Trinidad and Tobago'), ('TN', 'Tunisia'), ('TM', 'Turkmenistan'), ('TC', 'Turks and Caicos Islands'), ('TV', 'Tuvalu'), ('TR', 'Türkiye'), ('UM', 'U.S. Outlying Islands'), ('VI', 'U.S. Virgin Islands'), ('UG', 'Uganda'), ('UA', 'Ukraine'), ('AE', 'United Arab Emirates'), ('GB', 'United Kingdom'), ('US', 'United States'), ('UY', 'Uruguay'), ('UZ', 'Uzbekistan'), ('VU', 'Vanuatu'), ('VA', 'Vatican City'), ('VE', 'Venezuela'), ('VN', 'Vietnam'), ('WF', 'Wallis and Futuna'), ('EH', 'Western Sahara'), ('YE', 'Yemen'), ('ZM', 'Zambia'), ('ZW', 'Zimbabwe'), ('AX', 'Åland Islands')], max_length=2, verbose_name='responsible state')),
                ('state_role', models.CharField(choices=[('organ', 'Organ'), ('directed', 'Directed'), ('supported', 'Supported'), ('tolerated', 'Tolerated'), ('linked', 'Linked'), ('none', 'None'), ('not_stated', 'Not stated')], default='not_stated', max_length=12, verbose_name='role of the state')),
                ('form', models.CharField(choices=[('on_record_statement', 'On record statement'), ('formal_attribution', 'Formal attribution'), ('sanctions', 'Sanctions'), ('charges', 'Charges'), ('conviction', 'Conviction'), ('technical_report', 'Technical report'), ('media_report', 'Media report'), ('anonymous_briefing', 'Anonymous briefing'), ('social_post', 'Social post')], default='on_record_statement', max_length=24, verbose_name='form')),
                ('basis', articles.fields.CodesField(blank=True, default=list, verbose_name='basis')),
                ('confidence_stated', models.CharField(choices=[('low', 'Low'), ('moderate', 'Moderate'), ('high', 'High'), ('certain', 'Certain'), ('not_stated', 'Not stated')], default='not_stated', max_length=12, verbose_name='confidence stated')),
                ('likelihood_term', models.CharField(blank=True, choices=[('remote', 'Remote'), ('highly_unlikely', 'Highly unlikely'), ('unlikely', 'Unlikely'), ('realistic_possibility', 'Realistic possibility'), ('likely', 'Likely'), ('highly_likely', 'Highly likely'), ('almost_certain', 'Almost certain')], max_length=24, verbose_name='likelihood stated')),
                ('live_until', models.DateField(editable=False, null=True)),
                ('level', models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(models.Q(('about', 'actor'), _negated=True), models.Q(('stance__in', ('asserts', 'suggests')), _negated=True), _connector='OR'), then=models.Value(0)), models.When(models.Q(('stance', 'suggests'), ('claimant_kind__in', ('unnamed_official', 'perpetrator_persona')), ('form', 'anonymous_briefing'), _connector='OR'), then=models.Value(1)), models.When(claimant_kind__in=('accused_state', 'accused_party'), then=models.Value(0)), models.When(claimant_kind__in=('company', 'research_ngo', 'media_investigation', 'expert', 'victim', 'politician'), then=models.Value(2)), models.When(claimant_kind='prosecutor_court', form='conviction', then=models.Value(5)), models.When(form__in=('formal_attribution', 'sanctions', 'charges', 'conviction'), then=models.Value(4)), default=models.Value(3)), output_field=models.PositiveSmallIntegerField())),
                ('accused_actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accusations', to='incidents.actor', verbose_name='accused actor')),
                ('citations', models.ManyToManyField(blank=True, related_name='+', to='incidents.citation', verbose_name='sources')),
                ('claimant_actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='incidents.actor', verbose_name="claimant's entry")),
                ('supersedes', models.ForeignKey(blank=True, help_text='The earlier claim that this one replaces or withdraws.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='superseded_by', to='incidents.claim', verbose_name='supersedes')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='incidents.incident')),
            ],
            options={
                'verbose_name': 'claim',
                'ordering': ['date_to', 'date_from', 'pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['responsible_state', 'level', 'incident'], name='claim_by_state'), models.Index(fields=['accused_actor', 'incident'], name='claim_by_actor')],
                'constraints': [models.CheckConstraint(condition=models.Q(('about__in', ['actor', 'nature'])), name='incidents_claim_about_known'), models.CheckConstraint(condition=models.Q(('claimant_kind__in', ['affected_government', 'other_government', 'intl_org', 'security_service', 'prosecutor_court', 'company', 'research_ngo', 'media_investigation', 'expert', 'unnamed_official', 'perpetrator_persona', 'accused_state', 'accused_party', 'victim', 'politician'])), name='incidents_claim_claimant_kind_known'), models.CheckConstraint(condition=models.Q(('stance__in', ['asserts', 'suggests', 'rules_out', 'denies', 'withdraws'])), name='incidents_claim_stance_known'), models.CheckConstraint(condition=models.Q(('state_role__in', ['organ', 'directed', 'supported', 'tolerated', 'linked', 'none', 'not_stated'])), name='incidents_claim_state_role_known'), models.CheckConstraint(condition=models.Q(('form__in', ['on_record_statement', 'formal_attribution', 'sanctions', 'charges', 'conviction', 'technical_report', 'media_report', 'anonymous_briefing', 'social_post'])), name='incidents_claim_form_known'), models.CheckConstraint(condition=models.Q(('confidence_stated__in', ['low', 'moderate', 'high', 'certain', 'not_stated'])), name='incidents_claim_confidence_stated_known'), models.CheckConstraint(condition=models.Q(('likelihood_term__in', ['remote', 'highly_unlikely', 'unlikely', 'realistic_possibility', 'likely', 'highly_likely', 'almost_certain', ''])), name='incidents_claim_likelihood_term_known'), models.CheckConstraint(condition=models.Q(models.Q(('about', 'actor'), _negated=True), ('stance', 'rules_out'), ('accused_actor__isnull', False), models.Q(('responsible_state', ''), _negated=True), _connector='OR'), name='incidents_claim_accuses_somebody', violation_error_message='A claim about the actor names an accused actor or a responsible state.'), models.CheckConstraint(condition=models.Q(models.Q(('about', 'nature'), _negated=True), models.Q(('accused_actor__isnull', True), ('responsible_state', '')), _connector='OR'), name='incidents_claim_nature_accuses_nobody', violation_error_message='A claim about the nature of the act accuses nobody.'), models.CheckConstraint(condition=models.Q(models.Q(('stance', 'denies'), _negated=True), ('claimant_kind__in', ('perpetrator_persona', 'accused_state', 'accused_party')), _connector='OR'), name='incidents_claim_denied_by_the_accused', violation_error_message='Only an accused state, party or persona denies; others rule out.'), models.CheckConstraint(condition=models.Q(models.Q(('claimant_kind', 'perpetrator_persona'), ('stance', 'asserts'), _negated=True), ('responsible_state', ''), _connector='OR'), name='incidents_claim_persona_names_no_state', violation_error_message="A persona's own claim names no state."), models.CheckConstraint(condition=models.Q(models.Q(('stance', 'withdraws'), _negated=True), ('supersedes__isnull', False), _connector='OR'), name='incidents_claim_withdraws_one', violation_error_message='A withdrawal names the claim that it supersedes.')],
            },
        ),
        migrations.AddIndex(
            model_name='citation',
            index=models.Index(fields=['article', 'incident'], name='citation_by_article'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['first_report', 'detail', 'attribution', 'official_document', 'correction', 'denial', 'follow_up'])), name='incidents_citation_role_known'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('credibility__range', (1, 6))), name='incidents_citation_credibility_known'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.UniqueConstraint(fields=('incident', 'article'), name='citation_once', violation_error_message='This article is cited already.'),
        ),
        migrations.AddIndex(
            model_name='location',
            index=models.Index(fields=['country', 'incident'], name='location_by_country'),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['occurred', 'affected', 'launched'])), name='incidents_location_role_known'),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.CheckConstraint(condition=models.Q(('precision__in', ['exact', 'place', 'admin1', 'country', 'maritime_area', 'none'])), name='incidents_location_precision_known'),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.CheckConstraint(condition=models.Q(('country__in', ['AF', 'AL', 'DZ', 'AS', 'AD', 'AO', 'AI', 'AQ', 'AG', 'AR', 'AM', 'AW', 'AU', 'AT', 'AZ', 'BS', 'BH', 'BD', 'BB', 'BY', 'BE', 'BZ', 'BJ', 'BM', 'BT', 'BO', 'BA', 'BW', 'BV', 'BR', 'IO', 'VG', 'BN', 'BG', 'BF', 'BI', 'KH', 'CM', 'CA', 'CV', 'BQ', 'KY', 'CF', 'TD', 'CL', 'CN', 'CX', 'CC', 'CO', 'KM', 'CG', 'CD', 'CK', 'CR', 'HR', 'CU', 'CW', 'CY', 'CZ', 'CI', 'DK', 'DJ', 'DM', 'DO', 'EC', 'EG', 'SV', 'GQ', 'ER', 'EE', 'SZ', 'ET', 'FK', 'FO', 'FJ', 'FI', 'FR', 'GF', 'PF', 'TF', 'GA', 'GM', 'GE', 'DE', 'GH', 'GI', 'GR', 'GL', 'GD', 'GP', 'GU', 'GT', 'GG', 'GN', 'GW', 'GY', 'HT', 'HM', 'HN', 'HK', 'HU', 'IS', 'IN', 'ID', 'IR', 'IQ', 'IE', 'IM', 'IL', 'IT', 'JM', 'JP', 'JE', 'JO', 'KZ', 'KE', 'KI', 'XK', 'KW', 'KG', 'LA', 'LV', 'LB', 'LS', 'LR', 'LY', 'LI', 'LT', 'LU', 'MO', 'MG', 'MW', 'MY', 'MV', 'ML', 'MT', 'MH', 'MQ', 'MR', 'MU', 'YT', 'MX', 'FM', 'MD', 'MC', 'MN', 'ME', 'MS', 'MA', 'MZ', 'MM', 'NA', 'NR', 'NP', 'NL', 'NC', 'NZ', 'NI', 'NE', 'NG', 'NU', 'NF', 'KP', 'MK', 'MP', 'NO', 'OM', 'PK', 'PW', 'PS', 'PA', 'PG', 'PY', 'PE', 'PH', 'PN', 'PL', 'PT', 'PR', 'QA', 'RO', 'RU', 'RW', 'RE', 'WS', 'SM', 'SA', 'SN', 'RS', 'SC', 'SL', 'SG', 'SX', 'SK', 'SI', 'SB', 'SO', 'ZA', 'GS', 'KR', 'SS', 'ES', 'LK', 'BL', 'SH', 'KN', 'LC', 'MF', 'PM', 'VC', 'SD', 'SR', 'SJ', 'SE', 'CH', 'SY', 'ST', 'TW', 'TJ', 'TZ', 'TH', 'TL', 'TG', 'TK', 'TO', 'TT', 'TN', 'TM', 'TC', 'TV', 'TR', 'UM', 'VI', 'UG', 'UA', 'AE', 'GB', 'US', 'UY', 'UZ', 'VU', 'VA', 'VE', 'VN', 'WF', 'EH', 'YE', 'ZM', 'ZW', 'AX', 'EU', 'NATO', 'UN', 'ZZ', 'sea', 'no_place'])), name='incidents_location_country_known'),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lon__isnull', True)), models.Q(('lat__range', (-90, 90)), ('lon__range', (-180, 180))), _connector='OR'), name='incidents_location_point_whole', violation_error_message='A point has a latitude from -90 to 90 and a longitude from -180 to 180.'),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('country', 'sea'), _negated=True), models.Q(('zone', ''), _negated=True), _connector='OR'), name='incidents_location_sea_has_zone', violation_error_message='A place at sea needs its zone or strait.'),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.CheckConstraint(condition=models.Q(('primary', False), models.Q(('role', 'launched'), _negated=True), _connector='OR'), name='incidents_location_primary_not_launched', violation_error_message='Where an act was launched is not where it happened.'),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.UniqueConstraint(condition=models.Q(('primary', True)), fields=('incident',), name='incidents_location_primary_once'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(('marking__in', ['clear', 'green', 'amber', 'amber_strict', 'red'])), name='incidents_record_marking_known'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['state', '-onset_from', '-id'], name='incident_by_onset'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['state', 'event_type', 'onset_from'], name='incident_by_type'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['state', 'country', 'onset_from'], name='incident_by_country'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('event_type__in', ['arson', 'explosive_device', 'infrastructure_damage', 'undersea_damage', 'vandalism', 'contamination', 'assassination', 'violent_attack', 'assault_threat', 'bomb_threat_hoax', 'cyber_intrusion', 'cyber_disruption', 'cyber_destruction', 'hack_leak', 'info_operation', 'forgery_impersonation', 'gnss_interference', 'drone_incursion', 'airspace_violation', 'maritime_suspicious', 'surveillance_recon', 'recruitment_infiltration', 'election_covert_funding', 'transnational_repression', 'migration_instrumentalised', 'economic_energy_coercion', 'suspicious_event'])), name='incidents_incident_event_type_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['alleged', 'suspected', 'confirmed', 'disputed', 'ruled_out'])), name='incidents_incident_status_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['foiled', 'attempted', 'executed', 'unknown'])), name='incidents_incident_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('marking__in', ['clear', 'green', 'amber', 'amber_strict', 'red'])), name='incidents_incident_marking_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'changes_requested', 'published', 'superseded', 'withdrawn', 'discarded'])), name='incidents_incident_state_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('sector__in', ['energy', 'transport', 'banking', 'financial_market', 'health', 'drinking_water', 'waste_water', 'digital_infrastructure', 'ict_services', 'public_administration', 'space', 'postal_courier', 'waste', 'chemicals', 'food', 'manufacturing', 'digital_providers', 'research', 'military_defence', 'defence_industry', 'politics_elections', 'media', 'civil_society_diaspora', 'education_culture_religion', 'commerce_other', 'general_public', 'unknown', ''])), name='incidents_incident_sector_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('target_kind__in', ['government', 'armed_forces', 'operator', 'company', 'party_candidate', 'media_outlet', 'ngo', 'individual', 'public_space', 'symbol', 'intl_body', 'unknown', ''])), name='incidents_incident_target_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('change_reason__in', ['new_source', 'correction', 'reclassified', 're_dated', 're_attributed', 'merged', 'scope_change', ''])), name='incidents_incident_change_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('severity__isnull', True), ('severity__range', (0, 4)), _connector='OR'), name='incidents_incident_severity_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.UniqueConstraint(fields=('record', 'number'), name='incident_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('record',), name='incident_published_once'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'in_review', 'changes_requested'))), fields=('record',), name='incident_worked_on_once'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('published_at__isnull', False), ('state', 'published')), models.Q(('ended_at__isnull', False), ('published_at__isnull', False), ('state__in', ('superseded', 'withdrawn'))), models.Q(('ended_at__isnull', True), ('published_at__isnull', True), ('state__in', ('draft', 'in_review', 'changes_requested', 'discarded'))), _connector='OR'), name='incident_state_fits_its_interval'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('published', 'superseded', 'withdrawn')), _negated=True), models.Q(models.Q(('country', ''), _negated=True), models.Q(('target_country', ''), _negated=True), models.Q(('sector', ''), _negated=True), models.Q(('target_kind', ''), _negated=True), models.Q(('summary', ''), _negated=True), ('approved_by__isnull', False)), _connector='OR'), name='incident_published_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('end_from__lte', models.F('end_to')), ('end_to__gte', models.F('onset_from')), ('onset_from__isnull', False), ('onset_from__lte', models.F('onset_to'))), name='incident_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='reportedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('qualifier__in', ['exactly', 'about', 'up_to', 'at_least', 'more_than'])), name='incidents_reportedfigure_qualifier_known'),
        ),
        migrations.AddConstraint(
            model_name='reportedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('figure_kind__in', ['count', 'people', 'attempts', 'false_claims', 'percent', 'growth_factor'])), name='incidents_reportedfigure_figure_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='reportedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('claimant_kind__in', ['affected_government', 'other_government', 'intl_org', 'security_service', 'prosecutor_court', 'company', 'research_ngo', 'media_investigation', 'expert', 'unnamed_official', 'perpetrator_persona', 'accused_state', 'accused_party', 'victim', 'politician'])), name='incidents_reportedfigure_claimant_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='reportedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('marking__in', ['clear', 'green', 'amber', 'amber_strict', 'red'])), name='incidents_reportedfigure_marking_known'),
        ),
        migrations.AddConstraint(
            model_name='reportedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('low__isnull', False), ('best__isnull', False), ('high__isnull', False), _connector='OR'), name='incidents_reportedfigure_has_a_value', violation_error_message='A figure has a low, best or high value.'),
        ),
        migrations.AddConstraint(
            model_name='reportedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('low__isnull', True), ('high__isnull', True), ('low__lte', models.F('high')), _connector='OR'), name='incidents_reportedfigure_in_order', violation_error_message='The low value is above the high one.'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.CheckConstraint(condition=models.Q(('qualifier__in', ['exactly', 'about', 'up_to', 'at_least', 'more_than'])), name='incidents_rendition_qualifier_known'),
        ),
        migrations.AddConstraint(
            model_name='statusfinding',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['alleged', 'suspected', 'confirmed', 'disputed', 'ruled_out'])), name='incidents_statusfinding_status_known'),
        ),
        migrations.AddIndex(
            model_name='target',
            index=models.Index(fields=['country', 'incident'], name='target_by_country'),
        ),
        migrations.AddIndex(
            model_name='target',
            index=models.Index(fields=['sector', 'incident'], name='target_by_sector'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('sector__in', ['energy', 'transport', 'banking', 'financial_market', 'health', 'drinking_water', 'waste_water', 'digital_infrastructure', 'ict_services', 'public_administration', 'space', 'postal_courier', 'waste', 'chemicals', 'food', 'manufacturing', 'digital_providers', 'research', 'military_defence', 'defence_industry', 'politics_elections', 'media', 'civil_society_diaspora', 'education_culture_religion', 'commerce_other', 'general_public', 'unknown'])), name='incidents_target_sector_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('target_kind__in', ['government', 'armed_forces', 'operator', 'company', 'party_candidate', 'media_outlet', 'ngo', 'individual', 'public_space', 'symbol', 'intl_body', 'unknown'])), name='incidents_target_target_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('country__in', ['AF', 'AL', 'DZ', 'AS', 'AD', 'AO', 'AI', 'AQ', 'AG', 'AR', 'AM', 'AW', 'AU', 'AT', 'AZ', 'BS', 'BH', 'BD', 'BB', 'BY', 'BE', 'BZ', 'BJ', 'BM', 'BT', 'BO', 'BA', 'BW', 'BV', 'BR', 'IO', 'VG', 'BN', 'BG', 'BF', 'BI', 'KH', 'CM', 'CA', 'CV', 'BQ', 'KY', 'CF', 'TD', 'CL', 'CN', 'CX', 'CC', 'CO', 'KM', 'CG', 'CD', 'CK', 'CR', 'HR', 'CU', 'CW', 'CY', 'CZ', 'CI', 'DK', 'DJ', 'DM', 'DO', 'EC', 'EG', 'SV', 'GQ', 'ER', 'EE', 'SZ', 'ET', 'FK', 'FO', 'FJ', 'FI', 'FR', 'GF', 'PF', 'TF', 'GA', 'GM', 'GE', 'DE', 'GH', 'GI', 'GR', 'GL', 'GD', 'GP', 'GU', 'GT', 'GG', 'GN', 'GW', 'GY', 'HT', 'HM', 'HN', 'HK', 'HU', 'IS', 'IN', 'ID', 'IR', 'IQ', 'IE', 'IM', 'IL', 'IT', 'JM', 'JP', 'JE', 'JO', 'KZ', 'KE', 'KI', 'XK', 'KW', 'KG', 'LA', 'LV', 'LB', 'LS', 'LR', 'LY', 'LI', 'LT', 'LU', 'MO', 'MG', 'MW', 'MY', 'MV', 'ML', 'MT', 'MH', 'MQ', 'MR', 'MU', 'YT', 'MX', 'FM', 'MD', 'MC', 'MN', 'ME', 'MS', 'MA', 'MZ', 'MM', 'NA', 'NR', 'NP', 'NL', 'NC', 'NZ', 'NI', 'NE', 'NG', 'NU', 'NF', 'KP', 'MK', 'MP', 'NO', 'OM', 'PK', 'PW', 'PS', 'PA', 'PG', 'PY', 'PE', 'PH', 'PN', 'PL', 'PT', 'PR', 'QA', 'RO', 'RU', 'RW', 'RE', 'WS', 'SM', 'SA', 'SN', 'RS', 'SC', 'SL', 'SG', 'SX', 'SK', 'SI', 'SB', 'SO', 'ZA', 'GS', 'KR', 'SS', 'ES', 'LK', 'BL', 'SH', 'KN', 'LC', 'MF', 'PM', 'VC', 'SD', 'SR', 'SJ', 'SE', 'CH', 'SY', 'ST', 'TW', 'TJ', 'TZ', 'TH', 'TL', 'TG', 'TK', 'TO', 'TT', 'TN', 'TM', 'TC', 'TV', 'TR', 'UM', 'VI', 'UG', 'UA', 'AE', 'GB', 'US', 'UY', 'UZ', 'VU', 'VA', 'VE', 'VN', 'WF', 'EH', 'YE', 'ZM', 'ZW', 'AX', 'EU', 'NATO', 'UN', 'ZZ'])), name='incidents_target_country_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(condition=models.Q(('primary', True)), fields=('incident',), name='incidents_target_primary_once'),
        ),
    ]
