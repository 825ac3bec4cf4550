import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

# Equipment belongs to the customer of its contract.
SAME_CUSTOMER = """
    ALTER TABLE contracts_equipment ADD CONSTRAINT equipment_of_the_contracts_customer
    FOREIGN KEY (customer_id, contract_id) REFERENCES contracts_contract (customer_id, number)
    DEFERRABLE INITIALLY DEFERRED
"""
ANY_CUSTOMER = "ALTER TABLE contracts_equipment DROP CONSTRAINT equipment_of_the_contracts_customer"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('offers', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('number', models.CharField(max_length=40, unique=True)),
                ('line', models.CharField(max_length=16)),
                ('since', models.DateField()),
                ('concluded_on', models.DateField()),
                ('committed_until', models.DateField(null=True)),
                ('commitment_accepted_on', models.DateField(null=True)),
                ('commitment_months', models.PositiveSmallIntegerField(null=True)),
                ('commitment_fee_minor', models.BigIntegerField(null=True)),
                ('commitment_clause', models.CharField(blank=True, max_length=40)),
                ('before_month_twelve', models.CharField(blank=True, max_length=20)),
                ('subsidised_handset', models.BooleanField(default=False)),
                ('rio', models.CharField(blank=True, max_length=12)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('offer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offers.offer', to_field='code')),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.UUIDField(unique=True)),
                ('content', models.JSONField()),
                ('customer', models.CharField(blank=True, max_length=20)),
                ('sender', models.CharField(max_length=64)),
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['kept_at'], name='draft_kept_at'), models.Index(fields=['sender', 'kept_at'], name='draft_sender')],
            },
        ),
        migrations.CreateModel(
            name='Equipment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('kind', models.CharField(max_length=40)),
                ('serial', models.CharField(max_length=60, unique=True)),
                ('contract', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', to_field='number')),
                ('customer', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='TerminationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('form', models.UUIDField(unique=True)),
                ('kind', models.CharField(choices=[('termination', 'Termination'), ('renunciation', 'Renunciation')], max_length=12)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('taken', 'Taken'), ('withdrawn', 'Withdrawn'), ('rejected', 'Rejected')], max_length=10)),
                ('received_at', models.DateTimeField()),
                ('received_by', models.CharField(max_length=80)),
                ('latest_end', models.DateField()),
                ('language', models.CharField(max_length=8)),
                ('surname', models.CharField(blank=True, max_length=120)),
                ('first_name', models.CharField(blank=True, max_length=120)),
                ('company', models.CharField(blank=True, max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('address', models.TextField(blank=True, max_length=400)),
                ('references', models.CharField(blank=True, max_length=200)),
                ('lines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, size=None)),
                ('wished_on', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=30)),
                ('reason_words', models.TextField(blank=True, max_length=500)),
                ('sender', models.CharField(blank=True, max_length=64)),
                ('is_guest', models.BooleanField()),
                ('closed_by', models.CharField(blank=True, max_length=80)),
                ('closed_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('is_reason_accepted', models.BooleanField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_note', models.CharField(blank=True, max_length=500)),
                ('received_by_commission_on', models.DateField(null=True)),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='RequestedEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('termination', 'Termination'), ('renunciation', 'Renunciation')], max_length=12)),
                ('state', models.CharField(choices=[('open', 'Open'), ('folded', 'Folded'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('contract', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', to_field='number')),
                ('request', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.terminationrequest')),
            ],
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('pdf', 'Pdf'), ('jpeg', 'Jpeg'), ('png', 'Png'), ('heic', 'Heic')], max_length=4)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('place', models.CharField(max_length=120)),
                ('scan', models.CharField(choices=[('clean', 'Clean'), ('unchecked', 'Unchecked')], max_length=10)),
                ('uploaded_at', models.DateTimeField()),
                ('request', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.terminationrequest')),
            ],
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['line'], name='contract_line'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.UniqueConstraint(fields=('customer', 'number'), name='contract_and_customer'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('committed_until__isnull', True), ('committed_until__gt', models.F('since')), _connector='OR'), name='contract_commitment_after_start'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('concluded_on__lte', models.F('since'))), name='contract_concluded_before_start'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('before_month_twelve', ''), ('commitment_accepted_on__isnull', True), ('commitment_clause', ''), ('commitment_fee_minor__isnull', True), ('commitment_months__isnull', True), ('subsidised_handset', False)), models.Q(('before_month_twelve__in', ['full_to_end', 'full_to_m12_then_pct']), ('commitment_accepted_on__gte', models.F('concluded_on')), ('commitment_accepted_on__isnull', False), ('commitment_months__gte', 1), ('commitment_months__isnull', False), ('committed_until__isnull', False)), _connector='OR'), name='contract_commitment_whole_or_none'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('commitment_accepted_on__isnull', True), ('committed_until', models.Func(models.F('commitment_accepted_on'), models.F('commitment_months'), arg_joiner=" + interval '1 month' * ", template='((%(expressions)s)::date)')), _connector='OR'), name='contract_committed_until_the_end'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('commitment_fee_minor__isnull', True), ('commitment_fee_minor__gte', 0), _connector='OR'), name='contract_fee_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('rio', ''), ('rio__regex', '^[0-9A-Z]{2}[A-Z][0-9A-Z+]{9}$'), _connector='OR'), name='contract_rio_form'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('line__regex', '^\\+[1-9][0-9]{6,14}$')), name='contract_line_is_e164'),
        ),
        migrations.AddIndex(
            model_name='equipment',
            index=models.Index(fields=['customer'], name='equipment_customer'),
        ),
        migrations.AddIndex(
            model_name='equipment',
            index=models.Index(fields=['contract'], name='equipment_contract'),
        ),
        migrations.AddIndex(
            model_name='equipment',
            index=models.Index(django.db.models.functions.text.Upper('serial'), name='equipment_serial_any_case'),
        ),
        migrations.AddIndex(
            model_name='terminationrequest',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['received_at'], name='request_waiting'),
        ),
        migrations.AddIndex(
            model_name='terminationrequest',
            index=models.Index(condition=models.Q(('decided_at__isnull', True), ('state', 'taken'), models.Q(('reason', ''), _negated=True)), fields=['received_at'], name='request_to_decide'),
        ),
        migrations.AddIndex(
            model_name='terminationrequest',
            index=models.Index(condition=models.Q(('sender', ''), _negated=True), fields=['sender', 'received_at'], name='request_sender'),
        ),
        migrations.AddConstraint(
            model_name='terminationrequest',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['termination', 'renunciation'])), name='request_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='terminationrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'taken', 'withdrawn', 'rejected'])), name='request_state_known'),
        ),
        migrations.AddConstraint(
            model_name='terminationrequest',
            constraint=models.CheckConstraint(condition=models.Q(('is_guest', True), ('customer__isnull', False), _connector='OR'), name='request_of_a_customer_or_a_guest'),
        ),
        migrations.AddConstraint(
            model_name='terminationrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='request_rejected_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='terminationrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by', '')), models.Q(('closed_at__isnull', False), models.Q(('closed_by', ''), _negated=True)), _connector='OR'), name='request_closed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='terminationrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by', ''), ('is_reason_accepted__isnull', True)), models.Q(('decided_at__isnull', False), ('is_reason_accepted__isnull', False), models.Q(('decided_by', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='request_reason_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='terminationrequest',
            constraint=models.CheckConstraint(condition=models.Q(('is_reason_accepted__isnull', True), ('is_reason_accepted', True), models.Q(('decision_note', ''), _negated=True), _connector='OR'), name='request_reason_refused_with_a_note'),
        ),
        migrations.AddConstraint(
            model_name='requestedend',
            constraint=models.UniqueConstraint(fields=('request', 'contract'), name='requested_end_once'),
        ),
        migrations.AddConstraint(
            model_name='requestedend',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('contract', 'kind'), name='requested_end_one_open'),
        ),
        migrations.AddConstraint(
            model_name='requestedend',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'folded', 'withdrawn'])), name='requested_end_state_known'),
        ),
        migrations.AddConstraint(
            model_name='proof',
            constraint=models.UniqueConstraint(fields=('request', 'sha256'), name='proof_once'),
        ),
        migrations.AddConstraint(
            model_name='proof',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'jpeg', 'png', 'heic'])), name='proof_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='proof',
            constraint=models.CheckConstraint(condition=models.Q(('scan__in', ['clean', 'unchecked'])), name='proof_scan_known'),
        ),
        migrations.RunSQL(SAME_CUSTOMER, ANY_CUSTOMER),
    ]
