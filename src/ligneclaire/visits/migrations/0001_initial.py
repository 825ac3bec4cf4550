import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('contract', models.CharField(max_length=40)),
                ('purpose', models.CharField(choices=[('new line', 'New Line'), ('move', 'Move'), ('repair', 'Repair'), ('equipment', 'Equipment')], max_length=12)),
                ('skill', models.CharField(max_length=20)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('task', models.CharField(blank=True, max_length=500)),
                ('asked_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer', to_field='number')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.line', to_field='code')),
                ('territory', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', to_field='code')),
            ],
        ),
        migrations.CreateModel(
            name='Technician',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('number', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('mobile', models.CharField(max_length=16)),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('works', models.BooleanField(default=True)),
                ('adviser', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', to_field='code')),
                ('technician', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='visits.technician', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='TimeOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('technician', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='visits.technician', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('state', models.CharField(choices=[('held', 'Held'), ('booked', 'Booked'), ('on the way', 'On The Way'), ('done', 'Done'), ('missed', 'Missed'), ('cancelled', 'Cancelled')], max_length=10)),
                ('held_until', models.DateTimeField(null=True)),
                ('sequence', models.PositiveSmallIntegerField(default=0)),
                ('result', models.CharField(blank=True, max_length=500)),
                ('none_because', models.CharField(blank=True, max_length=200)),
                ('missed_by', models.CharField(blank=True, choices=[('operator', 'Operator'), ('customer', 'Customer')], max_length=8)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='visits.need', to_field='reference')),
                ('resource', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.resource', to_field='code')),
                ('technician', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='visits.technician', to_field='number')),
            ],
        ),
        migrations.CreateModel(
            name='WorkingHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('technician', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='visits.technician', to_field='number')),
            ],
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('contract', 'purpose'), name='need_one_open'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['new line', 'move', 'repair', 'equipment'])), name='need_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('skill', ''), _negated=True), name='need_says_what_it_takes'),
        ),
        migrations.AddConstraint(
            model_name='technician',
            constraint=models.CheckConstraint(condition=models.Q(('skills__len__gte', 1)), name='technician_can_do_something'),
        ),
        migrations.AddConstraint(
            model_name='technician',
            constraint=models.CheckConstraint(condition=models.Q(('mobile__regex', '^\\+[1-9][0-9]{6,14}$')), name='technician_mobile_is_e164'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.UniqueConstraint(fields=('technician', 'territory'), name='area_once'),
        ),
        migrations.AddConstraint(
            model_name='timeoff',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('technician', '='), ('during', '&&')], name='time_off_without_overlap'),
        ),
        migrations.AddConstraint(
            model_name='timeoff',
            constraint=models.CheckConstraint(condition=models.Q(('during__isempty', False), ('during__lower_inf', False), ('during__upper_inf', False)), name='time_off_has_an_end'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(condition=models.Q(('state', 'held')), fields=['held_until'], name='visit_hold_ends'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ('held', 'booked', 'on the way', 'done'))), expressions=[('during', '&&'), ('technician', '=')], name='technician_is_in_one_place'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('booked', 'on the way'))), fields=('need',), name='visit_one_to_come'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'held')), fields=('need',), name='visit_one_hold'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['held', 'booked', 'on the way', 'done', 'missed', 'cancelled'])), name='visit_state_known'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('during__isempty', False), ('during__lower_inf', False), ('during__upper_inf', False)), name='visit_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_until__isnull', False), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('held_until__isnull', True)), _connector='OR'), name='visit_held_until_an_end'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'done'), _negated=True), ('none_because', ''), ('resource__isnull', True), ('result', '')), models.Q(('state', 'done'), models.Q(('result', ''), _negated=True), ('none_because', ''), ('resource__isnull', False)), models.Q(('state', 'done'), models.Q(('result', ''), _negated=True), ('resource__isnull', True), models.Q(('none_because', ''), _negated=True)), _connector='OR'), name='visit_done_says_what_was_used'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('missed_by__in', ['operator', 'customer']), ('state', 'missed')), models.Q(models.Q(('state', 'missed'), _negated=True), ('missed_by', '')), _connector='OR'), name='visit_missed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.UniqueConstraint(fields=('technician', 'weekday', 'starts'), name='hours_once'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__gte', 1), ('weekday__lte', 7)), name='hours_of_a_weekday'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='hours_end_after_they_begin'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 15)), name='hours_in_windows'),
        ),
    ]
