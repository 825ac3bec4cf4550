import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('channels', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='channels.entry', to_field='uuid')),
                ('source', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='origin_once')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('source', models.CharField(max_length=40)),
                ('rows', models.CharField(max_length=12)),
                ('file', models.CharField(max_length=200)),
                ('lines', models.PositiveIntegerField(default=0)),
                ('wrong', models.PositiveIntegerField(default=0)),
                ('skipped', models.PositiveIntegerField(default=0)),
                ('wrong_bytes', models.PositiveBigIntegerField(default=0)),
                ('tallies', models.JSONField(default=dict)),
                ('begun_by', models.CharField(max_length=80)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('lines__gte', django.db.models.expressions.CombinedExpression(models.F('wrong'), '+', models.F('skipped')))), name='run_wrong_among_lines'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('begun_at')), _connector='OR'), name='run_ends_after_it_begins')],
            },
        ),
    ]
