import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

# An assignment names the kind of its resource, and no other; and a resource in use is not removed.
SAME_KIND = """
    ALTER TABLE network_assignment ADD CONSTRAINT assignment_of_the_resources_kind
        FOREIGN KEY (resource_id, kind) REFERENCES network_resource (code, kind)
"""

ANY_KIND = "ALTER TABLE network_assignment DROP CONSTRAINT assignment_of_the_resources_kind"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('code', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('exchange', 'Exchange'), ('cabinet', 'Cabinet'), ('pm', 'Pm'), ('distribution box', 'Distribution Box'), ('pbo', 'Pbo')], max_length=20)),
                ('commune', models.CharField(max_length=80)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.site', to_field='code')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', to_field='code')),
            ],
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('code', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('pair', 'Pair'), ('port', 'Port'), ('path', 'Path'), ('number', 'Number'), ('sim', 'Sim'), ('box', 'Box')], max_length=8)),
                ('condition', models.CharField(choices=[('usable', 'Usable'), ('faulty', 'Faulty'), ('retired', 'Retired')], default='usable', max_length=8)),
                ('wear', models.PositiveSmallIntegerField(default=0)),
                ('imsi', models.CharField(blank=True, max_length=15)),
                ('imei', models.CharField(blank=True, max_length=15)),
                ('is_held', models.BooleanField(db_default=False, default=False)),
                ('site', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.site', to_field='code')),
            ],
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('code', models.CharField(max_length=40, unique=True)),
                ('contract', models.CharField(max_length=40)),
                ('technology', models.CharField(choices=[('copper', 'Copper'), ('fibre', 'Fibre'), ('mobile', 'Mobile')], max_length=8)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.site', to_field='code')),
            ],
        ),
        migrations.CreateModel(
            name='BuildOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('pair', 'Pair'), ('port', 'Port'), ('path', 'Path'), ('number', 'Number'), ('sim', 'Sim'), ('box', 'Box')], max_length=8)),
                ('ordered_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('built', 'Built'), ('cancelled', 'Cancelled')], default='open', max_length=10)),
                ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.line', to_field='code')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.site', to_field='code')),
            ],
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('source', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=64)),
                ('seen_at', models.DateTimeField()),
                ('read', models.PositiveIntegerField(default=0)),
                ('compared_at', models.DateTimeField(null=True)),
                ('recorded_by', models.CharField(max_length=80)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'digest'), name='survey_once')],
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('resource', models.CharField(max_length=40)),
                ('number', models.CharField(blank=True, max_length=16)),
                ('seen', models.CharField(choices=[('active', 'Active'), ('silent', 'Silent')], max_length=6)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.survey')),
            ],
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('kind', models.CharField(choices=[('not recorded', 'Not Recorded'), ('unknown', 'Unknown'), ('silent', 'Silent'), ('two numbers', 'Two Numbers'), ('given away', 'Given Away'), ('wrong line', 'Wrong Line')], max_length=14)),
                ('resource', models.CharField(max_length=40)),
                ('number', models.CharField(blank=True, max_length=16)),
                ('customer', models.CharField(blank=True, max_length=20)),
                ('case', models.CharField(blank=True, max_length=12)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('settled', 'Settled'), ('gone', 'Gone')], default='open', max_length=8)),
                ('found_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, max_length=80)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.line', to_field='code')),
                ('found_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.survey')),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('pair', 'Pair'), ('port', 'Port'), ('path', 'Path'), ('number', 'Number'), ('sim', 'Sim'), ('box', 'Box')], max_length=8)),
                ('use', models.CharField(choices=[('held', 'Held'), ('quarantine', 'Quarantine'), ('taken', 'Taken')], max_length=10)),
                ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('because', models.CharField(max_length=200)),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.line', to_field='code')),
                ('resource', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.resource', to_field='code')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('resource', '='), ('during', '&&')], name='resource_has_one_holder'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind__in', ('pair', 'port', 'path', 'number', 'sim')), ('line__isnull', False)), expressions=[('line', '='), ('kind', '='), ('during', '&&')], name='line_has_one_of_a_kind'), models.CheckConstraint(condition=models.Q(('during__isempty', False), ('during__lower_inf', False)), name='assignment_from_an_instant'), models.CheckConstraint(condition=models.Q(models.Q(('line__isnull', False), ('use', 'held')), models.Q(('during__upper_inf', False), ('kind', 'number'), ('line__isnull', True), ('use', 'quarantine')), models.Q(('line__isnull', True), ('use', 'taken')), _connector='OR'), name='assignment_of_a_line_or_of_nobody_known'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='assignment_with_a_reason')],
            },
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['exchange', 'cabinet', 'pm', 'distribution box', 'pbo'])), name='site_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('code')), _negated=True), name='site_hangs_on_another'),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(condition=models.Q(('condition', 'usable'), ('is_held', False)), fields=['site', 'kind', 'wear', 'code'], name='resource_to_give'),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(condition=models.Q(('site__isnull', False)), fields=['site', 'kind'], name='resource_of_site'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.UniqueConstraint(fields=('code', 'kind'), name='resource_and_kind'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['pair', 'port', 'path', 'number', 'sim', 'box'])), name='resource_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('condition__in', ['usable', 'faulty', 'retired'])), name='resource_condition_known'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('pair', 'port', 'path')), ('site__isnull', False)), models.Q(models.Q(('kind__in', ('pair', 'port', 'path')), _negated=True), ('site__isnull', True)), _connector='OR'), name='resource_at_a_site'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'number'), _negated=True), ('code__regex', '^\\+[1-9][0-9]{6,14}$'), _connector='OR'), name='resource_number_is_e164'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'path'), _negated=True), ('code__regex', '^[A-Z0-9]{2}-[A-Z0-9]{4}-[A-Z0-9]{4}$'), _connector='OR'), name='resource_path_ends_at_a_pto'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'sim'), _negated=True), ('code__regex', '^89[0-9]{17,18}$'), _connector='OR'), name='resource_sim_is_an_iccid'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('imsi', ''), models.Q(('imsi__regex', '^[0-9]{15}$'), ('kind', 'sim')), _connector='OR'), name='resource_imsi_of_a_sim'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('imei', ''), models.Q(('imei__regex', '^[0-9]{15}$'), ('kind', 'box')), _connector='OR'), name='resource_imei_of_a_box'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['contract'], name='line_contract'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('technology__in', ['copper', 'fibre', 'mobile'])), name='line_technology_known'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='line_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='buildorder',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('line', 'kind'), name='build_order_one_open'),
        ),
        migrations.AddConstraint(
            model_name='buildorder',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'built', 'cancelled'])), name='build_order_state_known'),
        ),
        migrations.AddConstraint(
            model_name='buildorder',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('pair', 'port', 'path'))), name='build_order_kind_at_a_site'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['resource'], name='observation_of_resource'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('seen__in', ['active', 'silent'])), name='observation_seen_known'),
        ),
        migrations.AddIndex(
            model_name='difference',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['owner', 'due_on'], name='difference_of_owner'),
        ),
        migrations.AddIndex(
            model_name='difference',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_on'], name='difference_by_day'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('kind', 'resource', 'number'), name='difference_one_open'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['not recorded', 'unknown', 'silent', 'two numbers', 'given away', 'wrong line'])), name='difference_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by', ''), ('state', 'open')), models.Q(('closed_at__isnull', False), ('state__in', ['settled', 'gone']), models.Q(('closed_by', ''), _negated=True)), _connector='OR'), name='difference_closed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'settled'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='difference_settled_with_a_note'),
        ),
        migrations.RunSQL(SAME_KIND, ANY_KIND),
    ]
