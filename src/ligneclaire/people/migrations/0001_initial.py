import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

# A merged number has the survivor of the number to which it points, and points upwards only. PostgreSQL keeps that:
# what changes there changes here, along the whole chain. The view says who is meant by a number: for SQL of others.
POINTERS = """
    ALTER TABLE people_customer
        ADD CONSTRAINT customer_pointed_at UNIQUE (number, survivor_id, level),
        ADD CONSTRAINT customer_meant UNIQUE (number, survivor_id);
    ALTER TABLE people_customer
        ADD CONSTRAINT customer_merged_as_one FOREIGN KEY (merged_into_id, survivor_id, into_level)
        REFERENCES people_customer (number, survivor_id, level) ON UPDATE CASCADE;
    CREATE VIEW people_meant AS
        SELECT own.number, survivor.number AS survivor, survivor.name, survivor.adviser_id
        FROM people_customer AS own JOIN people_customer AS survivor ON survivor.number = own.survivor_id
"""

NO_POINTERS = """
    DROP VIEW people_meant;
    ALTER TABLE people_customer DROP CONSTRAINT customer_merged_as_one, DROP CONSTRAINT customer_pointed_at,
        DROP CONSTRAINT customer_meant
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.CreateModel(
            name='AuthorisedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('name', models.CharField(max_length=120)),
                ('plain_name', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('GUARDIAN', 'Guardian'), ('CURATOR', 'Curator'), ('MANDATARY', 'Mandatary'), ('HEIR', 'Heir'), ('NOTARY', 'Notary'), ('HOUSEHOLD', 'Household'), ('DELEGATE', 'Delegate')], max_length=12)),
                ('may', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('EVERYTHING', 'Everything'), ('BILLS', 'Bills'), ('LINE', 'Line'), ('ENDING', 'Ending')], max_length=12), size=None)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=16)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('proof', models.CharField(max_length=200)),
                ('recorded_by', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_by', models.CharField(blank=True, max_length=80)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LoginTries',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('tries', models.PositiveIntegerField()),
                ('since', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Adviser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('number', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('phone', models.CharField(max_length=16)),
                ('email', models.EmailField(max_length=254)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), size=None)),
                ('backup', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('reason', models.CharField(blank=True, choices=[('LEAVE', 'Leave'), ('TRAINING', 'Training'), ('UNPLANNED', 'Unplanned')], max_length=12)),
                ('recorded_by', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField()),
                ('adviser', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.adviser', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='CompanyIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=200)),
                ('subject', models.CharField(max_length=255)),
                ('linked_by', models.CharField(max_length=80)),
                ('linked_at', models.DateTimeField()),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('number', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('plain_name', models.CharField(max_length=160)),
                ('language', models.CharField(max_length=8)),
                ('chosen_language', models.CharField(blank=True, db_default='', max_length=8)),
                ('since', models.DateField()),
                ('level', models.PositiveSmallIntegerField(db_default=0)),
                ('into_level', models.PositiveSmallIntegerField(null=True)),
                ('adviser', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
                ('merged_into', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('survivor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='ContactPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('ADDRESS', 'Address'), ('MOBILE', 'Mobile'), ('EMAIL', 'Email')], max_length=8)),
                ('value', models.CharField(blank=True, max_length=254)),
                ('lines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=38), default=list, size=6)),
                ('verified', models.BooleanField(default=False)),
                ('doubted_at', models.DateTimeField(null=True)),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('WELCOME_BACK', 'Welcome Back')], max_length=16)),
                ('is_given', models.BooleanField()),
                ('answered_at', models.DateTimeField()),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('value', models.BinaryField()),
                ('asked_at', models.DateTimeField()),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='CallCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('kind', models.CharField(choices=[('ADDRESS', 'Address'), ('MOBILE', 'Mobile'), ('EMAIL', 'Email')], max_length=8)),
                ('destination', models.CharField(max_length=254)),
                ('asked_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('passed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('adviser', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.authorisedperson', to_field='uuid')),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.AddField(
            model_name='authorisedperson',
            name='customer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number'),
        ),
        migrations.CreateModel(
            name='IdentityCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('proof', models.CharField(choices=[('CALLED_BACK', 'Called Back'), ('TWO_FACTS', 'Two Facts'), ('DOCUMENT', 'Document'), ('CODE', 'Code'), ('FAILED', 'Failed')], max_length=12)),
                ('at', models.DateTimeField()),
                ('adviser', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
                ('code', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.callcode', to_field='uuid')),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.authorisedperson', to_field='uuid')),
            ],
        ),
        migrations.CreateModel(
            name='Login',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=80)),
                ('is_supervisor', models.BooleanField(default=False)),
                ('is_in_training', models.BooleanField(default=False)),
                ('is_technician', models.BooleanField(default=False)),
                ('given_by', models.CharField(max_length=80)),
                ('given_at', models.DateTimeField()),
                ('adviser', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.adviser', to_field='number')),
                ('department', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.department', to_field='code')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MergeEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('deed', models.CharField(choices=[('merged', 'Merged'), ('unmerged', 'Unmerged')], max_length=8)),
                ('reason', models.CharField(max_length=500)),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('typed', models.BinaryField()),
                ('address', models.BinaryField()),
                ('persons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('kind', models.CharField(blank=True, choices=[('ADDRESS', 'Address'), ('MOBILE', 'Mobile'), ('EMAIL', 'Email')], max_length=8)),
                ('destination', models.CharField(blank=True, max_length=254)),
                ('asked_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('entered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['typed', 'asked_at'], name='code_typed'), models.Index(fields=['address', 'asked_at'], name='code_address'), models.Index(fields=['asked_at'], name='code_asked_at'), django.contrib.postgres.indexes.GinIndex(fields=['persons'], name='code_persons')],
                'constraints': [models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='code_five_tries'), models.CheckConstraint(condition=models.Q(models.Q(('destination', ''), ('kind', ''), ('persons__len', 0)), models.Q(('kind__in', ['EMAIL', 'MOBILE']), ('persons__len__gte', 1), models.Q(('destination', ''), _negated=True)), _connector='OR'), name='code_for_somebody_or_nobody'), models.CheckConstraint(condition=models.Q(('entered_at__isnull', True), models.Q(('persons__len__gte', 1), ('tries__gte', 1)), _connector='OR'), name='code_entered_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Operator',
            fields=[
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('country', models.CharField(max_length=2)),
                ('currency', models.CharField(max_length=3)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), size=None)),
                ('phone', models.CharField(max_length=20)),
                ('address', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=38), size=6)),
                ('zone', models.CharField(max_length=40)),
                ('duty', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('name', models.CharField(max_length=60)),
                ('credential', models.BinaryField(unique=True)),
                ('public_key', models.BinaryField()),
                ('uses', models.BigIntegerField()),
                ('added_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('SERVICE', 'Service'), ('DATES', 'Dates'), ('BILLS', 'Bills'), ('COMMERCIAL', 'Commercial'), ('SURVEYS', 'Surveys')], max_length=16)),
                ('way', models.CharField(choices=[('EMAIL', 'Email'), ('SMS', 'Sms'), ('LETTER', 'Letter'), ('NONE', 'None'), ('ANY', 'Any')], max_length=8)),
                ('chosen_by', models.CharField(max_length=80)),
                ('chosen_at', models.DateTimeField()),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.UUIDField(unique=True)),
                ('last_step', models.BigIntegerField()),
                ('recovery', django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=8)),
                ('set_up_at', models.DateTimeField()),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('digest', models.BinaryField(unique=True)),
                ('way', models.CharField(choices=[('CODE', 'Code'), ('PASSKEY', 'Passkey')], max_length=8)),
                ('device', models.CharField(blank=True, max_length=200)),
                ('began_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='StaffKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('name', models.CharField(max_length=60)),
                ('credential', models.BinaryField(unique=True)),
                ('public_key', models.BinaryField()),
                ('uses', models.BigIntegerField()),
                ('added_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='StaffSession',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('session_data', models.TextField()),
                ('expire_date', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('communes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ('zone', models.CharField(blank=True, default='', max_length=40)),
                ('duty', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='customer',
            name='territory',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', to_field='code'),
        ),
        migrations.CreateModel(
            name='Coverage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adviser', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.adviser', to_field='number')),
                ('territory', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', to_field='code')),
            ],
        ),
        migrations.CreateModel(
            name='TextStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stops', models.BooleanField()),
                ('said_by', models.CharField(max_length=80)),
                ('said_at', models.DateTimeField()),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('digest', models.BinaryField(unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('given_by', models.CharField(max_length=80)),
                ('given_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('last_used_on', models.DateField(null=True)),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.department', to_field='code')),
            ],
        ),
        migrations.AddConstraint(
            model_name='adviser',
            constraint=models.CheckConstraint(condition=models.Q(('backup', models.F('number')), _negated=True), name='adviser_backup_is_another'),
        ),
        migrations.AddConstraint(
            model_name='adviser',
            constraint=models.CheckConstraint(condition=models.Q(('languages__len__gte', 1)), name='adviser_speaks'),
        ),
        migrations.AddConstraint(
            model_name='adviser',
            constraint=models.CheckConstraint(condition=models.Q(('phone__regex', '^\\+[1-9][0-9]{6,14}$')), name='adviser_phone_is_e164'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('adviser', '='), ('period', '&&')], name='absence_without_overlap'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__lower_inf', False)), name='absence_has_days'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['', 'LEAVE', 'TRAINING', 'UNPLANNED'])), name='absence_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='companyidentity',
            constraint=models.UniqueConstraint(fields=('issuer', 'subject'), name='company_identity_of_one'),
        ),
        migrations.AddConstraint(
            model_name='companyidentity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issuer', ''), _negated=True), models.Q(('subject', ''), _negated=True)), name='company_identity_is_whole'),
        ),
        migrations.AddIndex(
            model_name='contactpoint',
            index=models.Index(fields=['value', 'kind'], name='contact_point_value'),
        ),
        migrations.AddIndex(
            model_name='contactpoint',
            index=models.Index(django.db.models.functions.text.Lower('value'), name='contact_point_any_case'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.UniqueConstraint(fields=('customer', 'kind'), name='contact_point_one_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'ADDRESS'), ('lines__len__gte', 1), ('lines__len__lte', 6), ('value', '')), models.Q(('kind', 'MOBILE'), ('lines__len', 0), ('value__regex', '^\\+[1-9][0-9]{6,14}$')), models.Q(('kind', 'EMAIL'), ('lines__len', 0), ('value__contains', '@')), _connector='OR'), name='contact_point_shape'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.CheckConstraint(condition=models.Q(('doubted_at__isnull', True), models.Q(('kind__in', ['ADDRESS', 'EMAIL']), ('verified', False)), _connector='OR'), name='contact_point_in_doubt_not_verified'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(fields=('customer', 'purpose', 'answered_at'), name='consent_one_answer_at_once'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['WELCOME_BACK'])), name='consent_purpose_known'),
        ),
        migrations.AddIndex(
            model_name='challenge',
            index=models.Index(fields=['asked_at'], name='challenge_asked_at'),
        ),
        migrations.AddIndex(
            model_name='callcode',
            index=models.Index(fields=['customer', 'asked_at'], name='call_code_of_customer'),
        ),
        migrations.AddConstraint(
            model_name='callcode',
            constraint=models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='call_code_tries'),
        ),
        migrations.AddConstraint(
            model_name='callcode',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['EMAIL', 'MOBILE']), models.Q(('destination', ''), _negated=True)), name='call_code_goes_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='callcode',
            constraint=models.CheckConstraint(condition=models.Q(('passed_at__isnull', True), ('tries__gte', 1), _connector='OR'), name='call_code_passed_by_a_try'),
        ),
        migrations.AddIndex(
            model_name='authorisedperson',
            index=models.Index(fields=['customer', 'recorded_at'], name='authorised_person_of_customer'),
        ),
        migrations.AddIndex(
            model_name='authorisedperson',
            index=models.Index(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='authorised_person_any_case'),
        ),
        migrations.AddConstraint(
            model_name='authorisedperson',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at__isnull', True)), expressions=[('customer', '='), ('plain_name', '='), ('kind', '='), ('period', '&&')], name='authorised_person_without_overlap'),
        ),
        migrations.AddConstraint(
            model_name='authorisedperson',
            constraint=models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__lower_inf', False)), name='authorised_person_has_days'),
        ),
        migrations.AddConstraint(
            model_name='authorisedperson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('plain_name', ''), _negated=True)), name='authorised_person_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='authorisedperson',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['GUARDIAN', 'CURATOR', 'MANDATARY', 'HEIR', 'NOTARY', 'HOUSEHOLD', 'DELEGATE'])), name='authorised_person_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='authorisedperson',
            constraint=models.CheckConstraint(condition=models.Q(('may', ['EVERYTHING']), models.Q(('may__contained_by', ['BILLS', 'LINE', 'ENDING']), ('may__len__gte', 1)), _connector='OR'), name='authorised_person_may_something'),
        ),
        migrations.AddConstraint(
            model_name='authorisedperson',
            constraint=models.CheckConstraint(condition=models.Q(('proof', ''), _negated=True), name='authorised_person_with_proof'),
        ),
        migrations.AddConstraint(
            model_name='authorisedperson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), ('email__contains', '@'), _connector='OR'), models.Q(('phone', ''), ('phone__regex', '^\\+[1-9][0-9]{6,14}$'), _connector='OR')), name='authorised_person_reached_somehow'),
        ),
        migrations.AddConstraint(
            model_name='authorisedperson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_by', ''), _negated=True)), _connector='OR'), name='authorised_person_withdrawn_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='authorisedperson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_by__startswith', 'customer:'), _negated=True), ('kind__in', ['MANDATARY', 'HOUSEHOLD', 'DELEGATE']), _connector='OR'), name='authorised_person_of_a_judge_not_withdrawn_by_customer'),
        ),
        migrations.AddIndex(
            model_name='identitycheck',
            index=models.Index(fields=['customer', 'at'], name='identity_check_of_customer'),
        ),
        migrations.AddConstraint(
            model_name='identitycheck',
            constraint=models.CheckConstraint(condition=models.Q(('proof__in', ['CALLED_BACK', 'TWO_FACTS', 'DOCUMENT', 'CODE', 'FAILED'])), name='identity_check_proof_known'),
        ),
        migrations.AddConstraint(
            model_name='identitycheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proof', 'CODE'), _negated=True), ('code__isnull', False), _connector='OR'), name='identity_check_by_code_has_one'),
        ),
        migrations.AddConstraint(
            model_name='login',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adviser__isnull', False), ('department__isnull', True), ('name', '')), models.Q(('adviser__isnull', True), ('department__isnull', False), models.Q(('name', ''), _negated=True)), _connector='OR'), name='login_of_an_adviser_or_a_clerk'),
        ),
        migrations.AddConstraint(
            model_name='login',
            constraint=models.CheckConstraint(condition=models.Q(('is_supervisor', False), ('adviser__isnull', False), _connector='OR'), name='login_of_a_supervisor_is_an_advisers'),
        ),
        migrations.AddConstraint(
            model_name='login',
            constraint=models.CheckConstraint(condition=models.Q(('is_in_training', False), models.Q(('adviser__isnull', False), ('is_supervisor', False)), _connector='OR'), name='login_in_training_is_an_advisers'),
        ),
        migrations.AddConstraint(
            model_name='login',
            constraint=models.CheckConstraint(condition=models.Q(('is_technician', False), models.Q(('adviser__isnull', False), ('is_in_training', False), ('is_supervisor', False)), _connector='OR'), name='login_of_a_technician_has_no_other_role'),
        ),
        migrations.AddConstraint(
            model_name='mergeevent',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['merged', 'unmerged'])), name='merge_event_deed_known'),
        ),
        migrations.AddConstraint(
            model_name='mergeevent',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='merge_event_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='mergeevent',
            constraint=models.CheckConstraint(condition=models.Q(('customer', models.F('other')), _negated=True), name='merge_event_between_two'),
        ),
        migrations.AddConstraint(
            model_name='operator',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='operator_is_one_row'),
        ),
        migrations.AddConstraint(
            model_name='operator',
            constraint=models.CheckConstraint(condition=models.Q(('languages__len__gte', 1)), name='operator_speaks'),
        ),
        migrations.AddConstraint(
            model_name='operator',
            constraint=models.CheckConstraint(condition=models.Q(('address__len__gte', 1), ('address__len__lte', 6)), name='operator_address_fits'),
        ),
        migrations.AddConstraint(
            model_name='passkey',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='passkey_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='preference',
            constraint=models.UniqueConstraint(fields=('customer', 'purpose', 'chosen_at'), name='preference_one_at_once'),
        ),
        migrations.AddConstraint(
            model_name='preference',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['SERVICE', 'DATES', 'BILLS', 'COMMERCIAL', 'SURVEYS']), ('way__in', ['EMAIL', 'SMS', 'LETTER', 'NONE', 'ANY'])), name='preference_known'),
        ),
        migrations.AddConstraint(
            model_name='preference',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('way', 'NONE'), _negated=True), ('purpose__in', ('COMMERCIAL', 'SURVEYS')), _connector='OR'), name='preference_none_where_optional'),
        ),
        migrations.AddConstraint(
            model_name='secondfactor',
            constraint=models.CheckConstraint(condition=models.Q(('recovery__len__lte', 8)), name='second_factor_recovery'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['customer', 'began_at'], name='session_of_customer'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['CODE', 'PASSKEY'])), name='session_way_known'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('seen_at__gte', models.F('began_at'))), name='session_seen_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='staffkey',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='staff_key_has_a_name'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['adviser'], name='customer_adviser'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=django.contrib.postgres.indexes.GinIndex(fields=['plain_name'], name='customer_plain_name', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('into_level__isnull', True), ('merged_into__isnull', True), ('survivor', models.F('number'))), models.Q(('into_level__gt', models.F('level')), ('into_level__isnull', False), ('merged_into__isnull', False), models.Q(('survivor', models.F('number')), _negated=True)), _connector='OR'), name='customer_merged_upwards'),
        ),
        migrations.AddConstraint(
            model_name='coverage',
            constraint=models.UniqueConstraint(fields=('adviser', 'territory'), name='coverage_once'),
        ),
        migrations.AddConstraint(
            model_name='textstop',
            constraint=models.UniqueConstraint(fields=('customer', 'said_at'), name='text_stop_one_at_once'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.UniqueConstraint(fields=('department', 'name'), name='token_once_a_name'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='token_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['cases:read', 'cases:write', 'facts:write', 'topics:read']), ('scopes__len__gte', 1)), name='token_lets_do_something'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('given_at'))), name='token_ends_later'),
        ),
        migrations.CreateModel(
            name='RecordCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('asked_at', models.DateTimeField()),
                ('wants_word', models.BooleanField()),
                ('numbers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('size', models.PositiveBigIntegerField(null=True)),
                ('kept_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='RecordFetch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.recordcopy', to_field='uuid')),
                ('session', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.session', to_field='uuid')),
            ],
        ),
        migrations.AddIndex(
            model_name='recordcopy',
            index=models.Index(condition=models.Q(('dropped_at__isnull', True)), fields=['asked_at'], name='record_copy_not_dropped'),
        ),
        migrations.AddConstraint(
            model_name='recordcopy',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True)), fields=('customer',), name='record_copy_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='recordcopy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('kept_at__isnull', True), ('numbers__len', 0), ('size__isnull', True)), models.Q(('ends_at__gt', models.F('kept_at')), ('kept_at__isnull', False), ('numbers__len__gte', 1), ('size__isnull', False)), _connector='OR'), name='record_copy_kept_whole'),
        ),
        migrations.RunSQL(POINTERS, NO_POINTERS),
    ]
