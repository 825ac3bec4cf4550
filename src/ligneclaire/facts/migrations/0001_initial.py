import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=80)),
                ('source_id', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=80)),
                ('customer', models.CharField(max_length=20, null=True)),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('effective', models.DateField(null=True)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('request', models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=80)),
                ('source_id', models.CharField(max_length=200)),
                ('digest', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('key', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('customer', models.CharField(max_length=20, null=True)),
                ('priority', models.SmallIntegerField(choices=[(0, 'Live'), (1, 'Bulk')], default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('handled_to', models.DateTimeField(null=True)),
                ('again_at', models.DateTimeField(null=True)),
                ('moving', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), null=True, size=None)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['priority', 'due_at'], name='delivery_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('again_at__isnull', True), ('due_at__isnull', False), _connector='OR'), name='delivery_looks_again_in_time')],
            },
        ),
        migrations.CreateModel(
            name='Failure',
            fields=[
                ('fact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='facts.fact')),
                ('attempts', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=500)),
                ('owner', models.CharField(max_length=20)),
                ('set_aside_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Payload',
            fields=[
                ('fact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='facts.fact')),
                ('value', models.JSONField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='fact',
            index=models.Index(fields=['customer', 'recorded_at'], name='fact_of_customer'),
        ),
        migrations.AddIndex(
            model_name='fact',
            index=models.Index(fields=['customer', 'subject'], name='fact_of_subject'),
        ),
        migrations.AddIndex(
            model_name='fact',
            index=models.Index(fields=['source', 'source_id'], name='fact_of_source'),
        ),
        migrations.AddIndex(
            model_name='fact',
            index=models.Index(condition=models.Q(('customer__isnull', True), ('kind', 'fact.withdrawn')), fields=['source'], name='fact_taken_back_of_nobody'),
        ),
        migrations.AddConstraint(
            model_name='intake',
            constraint=models.UniqueConstraint(fields=('source', 'source_id'), name='intake_once'),
        ),
        migrations.AddConstraint(
            model_name='failure',
            constraint=models.CheckConstraint(condition=models.Q(('owner', ''), _negated=True), name='failure_has_owner'),
        ),
        migrations.AddConstraint(
            model_name='failure',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='failure_has_reason'),
        ),
    ]
