import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('url', models.CharField(max_length=500)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ('seed', models.UUIDField(unique=True)),
                ('made_by', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('paused_at', models.DateTimeField(null=True)),
                ('paused_because', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='subscription_has_a_name'), models.CheckConstraint(condition=models.Q(('url__regex', '^(https://[^/?#@[:space:]]+|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]{1,5})?)([/?][^#[:space:]]*)?$')), name='subscription_is_protected'), models.CheckConstraint(condition=models.Q(('kinds__len__gte', 1)), name='subscription_wants_something'), models.CheckConstraint(condition=models.Q(models.Q(('paused_at__isnull', True), ('paused_because', '')), models.Q(('paused_at__isnull', False), models.Q(('paused_because', ''), _negated=True)), _connector='OR'), name='subscription_paused_because')],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('source', models.CharField(max_length=80)),
                ('source_id', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=80)),
                ('subject', models.CharField(blank=True, max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('held', 'Held'), ('delivered', 'Delivered'), ('given up', 'Given Up')], max_length=10)),
                ('tries', models.PositiveIntegerField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=200)),
                ('subscription', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hooks.subscription')),
            ],
            options={
                'indexes': [models.Index(fields=['subscription', 'recorded_at'], name='posting_newest')],
                'constraints': [models.UniqueConstraint(fields=('subscription', 'source', 'source_id'), name='posting_once'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'held', 'delivered', 'given up'])), name='posting_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ('delivered', 'given up'))), models.Q(models.Q(('state__in', ('delivered', 'given up')), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='posting_over_has_an_end'), models.CheckConstraint(condition=models.Q(('tries', 0), models.Q(('begun_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='posting_tried_since')],
            },
        ),
    ]
