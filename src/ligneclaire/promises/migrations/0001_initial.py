import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=80)),
                ('matter', models.CharField(choices=[('value', 'value'), ('telling', 'telling')], max_length=8)),
                ('value', models.JSONField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('made_by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'open'), ('kept', 'kept'), ('moved', 'moved'), ('broken', 'broken'), ('unconfirmed', 'unconfirmed')], max_length=12)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['customer', 'made_at'], name='promise_of_customer'), models.Index(condition=models.Q(('state__in', ['open', 'unconfirmed'])), fields=['due_on'], name='promise_due')],
                'constraints': [models.UniqueConstraint(fields=('made_by', 'subject', 'key', 'matter'), name='promise_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'unconfirmed'])), fields=('customer', 'subject', 'key', 'matter'), name='promise_one_waiting'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='promise_closed_when_not_open')],
            },
        ),
        migrations.CreateModel(
            name='SpokenPromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('customer', models.CharField(max_length=20)),
                ('made_in', models.UUIDField(unique=True)),
                ('text', models.CharField(max_length=300)),
                ('due_on', models.DateField()),
                ('due_time', models.TimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'open'), ('kept', 'kept'), ('moved', 'moved'), ('broken', 'broken')], max_length=8)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, max_length=80)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('moved_to', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='promises.spokenpromise')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adviser', to_field='number')),
            ],
            options={
                'indexes': [models.Index(fields=['customer', 'made_at'], name='spoken_promise_of_customer'), models.Index(condition=models.Q(('state', 'open')), fields=['due_on', 'due_time'], name='spoken_promise_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='spoken_promise_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by', ''), ('moved_to__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False), models.Q(('closed_by', ''), _negated=True)), _connector='OR'), name='spoken_promise_closed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'moved'), _negated=True), ('moved_to__isnull', False), _connector='OR'), name='spoken_promise_moved_somewhere')],
            },
        ),
    ]
