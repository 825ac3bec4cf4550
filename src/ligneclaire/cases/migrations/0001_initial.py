import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# A merged case has the survivor and the state of the case to which it points, and points upwards only. PostgreSQL keeps
# that: what changes there changes here, along the whole chain. Both lie under numbers of one person: who is meant by
# either is the same, or the numbers are not taken apart. That is looked at when all of a transaction is done.
POINTERS = """
    ALTER TABLE cases_case
        ADD CONSTRAINT case_pointed_at UNIQUE (reference, customer_id, survivor_id, level, state),
        ADD CONSTRAINT case_of_one_customer UNIQUE (reference, customer_id);
    ALTER TABLE cases_case
        ADD CONSTRAINT case_merged_as_one FOREIGN KEY (merged_into_id, into_customer_id, survivor_id, into_level, state)
        REFERENCES cases_case (reference, customer_id, survivor_id, level, state) ON UPDATE CASCADE,
        ADD CONSTRAINT case_merged_of_person FOREIGN KEY (customer_id, into_person_id)
        REFERENCES people_customer (number, survivor_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
        ADD CONSTRAINT case_merged_in_person FOREIGN KEY (into_customer_id, into_person_id)
        REFERENCES people_customer (number, survivor_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
    ALTER TABLE cases_caselink
        ADD CONSTRAINT case_link_first_of_customer FOREIGN KEY (first_id, customer)
        REFERENCES cases_case (reference, customer_id),
        ADD CONSTRAINT case_link_second_of_customer FOREIGN KEY (second_id, customer)
        REFERENCES cases_case (reference, customer_id)
"""

NO_POINTERS = """
    ALTER TABLE cases_caselink
        DROP CONSTRAINT case_link_first_of_customer, DROP CONSTRAINT case_link_second_of_customer;
    ALTER TABLE cases_case
        DROP CONSTRAINT case_merged_in_person, DROP CONSTRAINT case_merged_of_person,
        DROP CONSTRAINT case_merged_as_one, DROP CONSTRAINT case_pointed_at, DROP CONSTRAINT case_of_one_customer
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('channels', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('subject', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('termination', 'Termination'), ('notice', 'Notice'), ('move', 'Move'), ('new line', 'New Line'), ('fault', 'Fault'), ('line', 'Line'), ('conversation', 'Conversation')], max_length=16)),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('snoozed_until', models.DateField(null=True)),
                ('level', models.PositiveSmallIntegerField(default=0)),
                ('into_level', models.PositiveSmallIntegerField(null=True)),
                ('into_customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('into_person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('merged_into', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', to_field='reference')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
                ('survivor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', to_field='reference')),
            ],
        ),
        migrations.CreateModel(
            name='Brought',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(blank=True, max_length=60)),
                ('severity', models.CharField(blank=True, max_length=20)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department', to_field='code')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.entry', to_field='uuid')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', to_field='reference')),
            ],
        ),
        migrations.CreateModel(
            name='CaseEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(choices=[('handed over', 'Handed Over'), ('snoozed', 'Snoozed'), ('closed', 'Closed'), ('reopened', 'Reopened'), ('linked', 'Linked'), ('unlinked', 'Unlinked'), ('merged', 'Merged'), ('took in', 'Took In'), ('unmerged', 'Unmerged'), ('gave back', 'Gave Back'), ('split', 'Split'), ('split off', 'Split Off')], max_length=12)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('until', models.DateField(null=True)),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('other', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', to_field='reference')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='CaseLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.CharField(max_length=20)),
                ('reason', models.CharField(max_length=500)),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('first', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', to_field='reference')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', to_field='reference')),
            ],
        ),
        migrations.CreateModel(
            name='Occasion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[('PHONE', 'Phone'), ('COUNTER', 'Counter'), ('COLLEAGUE', 'Colleague'), ('OTHER', 'Other')], max_length=12)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('said_at', models.DateTimeField()),
                ('adviser', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', to_field='reference')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.entry', to_field='uuid')),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=80)),
                ('claims', models.JSONField()),
                ('digest', models.BinaryField()),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('settled', 'Settled'), ('gone', 'Gone')], default='open', max_length=8)),
                ('closed_at', models.DateTimeField(null=True)),
                ('chosen', models.JSONField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('settled_by', models.CharField(blank=True, max_length=80)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Read',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(choices=[('RECORD', 'Record'), ('PREVIEW', 'Preview'), ('MESSAGE', 'Message'), ('LABEL', 'Label'), ('RECEIPT', 'Receipt'), ('REQUEST', 'Request'), ('RIO', 'Rio'), ('VISIT', 'Visit'), ('WORDS', 'Words')], max_length=8)),
                ('contract', models.CharField(blank=True, max_length=20)),
                ('quarter', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('basis', models.CharField(choices=[('CASE', 'Case'), ('ADVISER', 'Adviser'), ('STAND_IN', 'Stand In'), ('QUESTION', 'Question'), ('STEP', 'Step'), ('REQUEST', 'Request'), ('ENTRY', 'Entry'), ('PROMISE', 'Promise'), ('VISIT', 'Visit'), ('OCCASION', 'Occasion')], max_length=8)),
                ('matter', models.CharField(blank=True, max_length=12)),
                ('adviser', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('occasion', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.occasion')),
            ],
        ),
        migrations.CreateModel(
            name='UnmatchedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.CharField(blank=True, max_length=12)),
                ('customers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('since', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('matched', 'Matched'), ('set aside', 'Set Aside')], default='waiting', max_length=12)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, max_length=80)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('mail', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.mail', to_field='uuid')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='AlarmNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reached_at', models.DateTimeField()),
                ('note', models.CharField(max_length=500)),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('adviser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('adviser', 'reached_at'), name='alarm_ticked_off_once'), models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='alarm_ticked_off_with_note')],
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['owner', 'opened_at'], name='case_of_owner'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('customer', 'subject'), name='case_one_open'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('snoozed_until__isnull', True), ('state', 'open'), ('merged_into__isnull', False), _connector='OR'), name='case_snoozed_while_open'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('into_level__isnull', True), ('merged_into__isnull', True), ('survivor', models.F('reference'))), models.Q(('into_level__gt', models.F('level')), ('into_level__isnull', False), ('merged_into__isnull', False), models.Q(('survivor', models.F('reference')), _negated=True)), _connector='OR'), name='case_merged_upwards'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('into_customer__isnull', True), ('into_person__isnull', True), ('merged_into__isnull', True)), models.Q(('into_customer__isnull', False), ('into_person__isnull', False), ('merged_into__isnull', False)), _connector='OR'), name='case_merged_under_a_number'),
        ),
        migrations.AddConstraint(
            model_name='brought',
            constraint=models.UniqueConstraint(fields=('department', 'name'), name='brought_once'),
        ),
        migrations.AddConstraint(
            model_name='brought',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='brought_under_a_name'),
        ),
        migrations.AddConstraint(
            model_name='caseevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deed', 'snoozed'), ('until__isnull', False)), models.Q(models.Q(('deed', 'snoozed'), _negated=True), ('until__isnull', True)), _connector='OR'), name='case_event_snoozed_until_a_day'),
        ),
        migrations.AddConstraint(
            model_name='caseevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deed__in', ['handed over', 'closed', 'linked', 'unlinked', 'merged', 'took in', 'unmerged', 'gave back', 'split', 'split off']), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='case_event_with_a_note'),
        ),
        migrations.AddConstraint(
            model_name='caseevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deed__in', ('linked', 'unlinked', 'merged', 'took in', 'unmerged', 'gave back', 'split', 'split off')), ('other__isnull', False)), models.Q(models.Q(('deed__in', ('linked', 'unlinked', 'merged', 'took in', 'unmerged', 'gave back', 'split', 'split off')), _negated=True), ('other__isnull', True)), _connector='OR'), name='case_event_between_two'),
        ),
        migrations.AddConstraint(
            model_name='caselink',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='case_link_once'),
        ),
        migrations.AddConstraint(
            model_name='caselink',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='case_link_in_order'),
        ),
        migrations.AddConstraint(
            model_name='caselink',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='case_link_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='occasion',
            constraint=models.UniqueConstraint(fields=('adviser', 'customer', 'day'), name='occasion_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='occasion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['PHONE', 'COUNTER', 'COLLEAGUE', 'OTHER'])), name='occasion_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='occasion',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'OTHER'), ('words', ''), _negated=True), name='occasion_other_explained'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['customer', 'asked_at'], name='question_of_customer'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('customer', 'subject', 'key'), name='question_one_open'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'settled'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('settled_by', ''), _negated=True)), _connector='OR'), name='question_settled_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='question_closed_when_not_open'),
        ),
        migrations.AddIndex(
            model_name='read',
            index=models.Index(fields=['customer', 'at'], name='read_of_customer'),
        ),
        migrations.AddIndex(
            model_name='read',
            index=models.Index(condition=models.Q(('basis', 'OCCASION')), fields=['at', 'adviser'], name='read_without_matter'),
        ),
        migrations.AddConstraint(
            model_name='read',
            constraint=models.UniqueConstraint(fields=('adviser', 'customer', 'quarter', 'page', 'basis', 'contract'), name='read_once_a_quarter'),
        ),
        migrations.AddConstraint(
            model_name='read',
            constraint=models.CheckConstraint(condition=models.Q(('page__in', ['RECORD', 'PREVIEW', 'MESSAGE', 'LABEL', 'RECEIPT', 'REQUEST', 'RIO', 'VISIT', 'WORDS'])), name='read_page_known'),
        ),
        migrations.AddConstraint(
            model_name='read',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('page', 'RIO'), models.Q(('contract', ''), _negated=True)), models.Q(models.Q(('page', 'RIO'), _negated=True), ('contract', '')), _connector='OR'), name='read_code_of_a_contract'),
        ),
        migrations.AddConstraint(
            model_name='read',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['CASE', 'ADVISER', 'STAND_IN', 'QUESTION', 'STEP', 'REQUEST', 'ENTRY', 'PROMISE', 'VISIT', 'OCCASION'])), name='read_basis_known'),
        ),
        migrations.AddConstraint(
            model_name='read',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'OCCASION'), ('matter', ''), ('occasion__isnull', False)), models.Q(models.Q(('basis', 'OCCASION'), _negated=True), ('occasion__isnull', True)), _connector='OR'), name='read_without_matter_explained'),
        ),
        migrations.AddIndex(
            model_name='unmatchedmail',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['since'], name='unmatched_mail_waiting'),
        ),
        migrations.AddConstraint(
            model_name='unmatchedmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by', ''), ('state', 'waiting')), models.Q(('closed_at__isnull', False), ('state__in', ['matched', 'set aside']), models.Q(('closed_by', ''), _negated=True)), _connector='OR'), name='unmatched_mail_closed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='unmatchedmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'set aside'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'set aside'), _negated=True), ('reason', '')), _connector='OR'), name='unmatched_mail_set_aside_with_reason'),
        ),
        migrations.RunSQL(POINTERS, NO_POINTERS),
    ]
