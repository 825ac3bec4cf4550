import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Journey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('kind', models.CharField(max_length=24)),
                ('version', models.PositiveSmallIntegerField()),
                ('customer', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=80)),
                ('trigger', models.CharField(max_length=300)),
                ('started_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('running', 'running'), ('done', 'done'), ('cancelled', 'cancelled')], max_length=12)),
                ('ended_at', models.DateTimeField(null=True)),
                ('lines', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['customer', 'started_at'], name='journey_of_customer'), models.Index(fields=['subject', 'kind'], name='journey_of_subject')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('customer', 'subject', 'kind'), name='journey_one_running'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='journey_ended_when_not_running')],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('turn', models.CharField(choices=[('started', 'started'), ('opened', 'opened'), ('closed', 'closed'), ('repeated', 'repeated'), ('re-dated', 're-dated'), ('handed over', 'handed over'), ('stated', 'stated'), ('taken back', 'taken back'), ('spared', 'spared'), ('cancelled', 'cancelled'), ('finished', 'finished')], max_length=12)),
                ('step', models.CharField(blank=True, max_length=40)),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='flow.journey', to_field='uuid')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('journey', 'number'), name='line_once')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.CharField(max_length=20)),
                ('place', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=40)),
                ('department', models.CharField(max_length=40)),
                ('after', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('open', 'open'), ('done', 'done'), ('spared', 'spared'), ('cancelled', 'cancelled')], max_length=12)),
                ('expected_on', models.DateField()),
                ('latest_on', models.DateField(null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('times', models.PositiveSmallIntegerField(default=1)),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='flow.journey', to_field='uuid')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('handed_over_at__isnull', False), ('state', 'open')), fields=['handed_over_at'], name='step_handed_over'), models.Index(condition=models.Q(('state', 'open')), fields=['department', 'expected_on'], name='step_of_department')],
                'constraints': [models.UniqueConstraint(fields=('journey', 'name'), name='step_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), ('opened_at__isnull', False), _connector='OR'), name='step_open_since'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['done', 'cancelled'])), models.Q(('closed_at__isnull', True), ('state__in', ['waiting', 'open', 'spared'])), _connector='OR'), name='step_closed_when_over'), models.CheckConstraint(condition=models.Q(('times__gte', 1)), name='step_times')],
            },
        ),
        migrations.CreateModel(
            name='Timer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.CharField(max_length=20)),
                ('due_at', models.DateTimeField()),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='flow.journey', to_field='uuid')),
            ],
            options={
                'indexes': [models.Index(fields=['customer', 'due_at'], name='timer_of_customer')],
                'constraints': [models.UniqueConstraint(fields=('journey', 'due_at'), name='timer_once')],
            },
        ),
    ]
