import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('facts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ModeChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(unique=True)),
                ('mode', models.CharField(choices=[('live', 'live'), ('shadow', 'shadow'), ('stop', 'stop')], max_length=8)),
                ('by', models.CharField(max_length=80)),
                ('reason', models.CharField(max_length=500)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='mode_change_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('message', models.UUIDField()),
                ('customer', models.CharField(max_length=20)),
                ('author', models.CharField(max_length=20)),
                ('causes', models.JSONField()),
                ('words', models.JSONField()),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('approved', 'approved'), ('sent back', 'sent back'), ('taken back', 'taken back')], default='waiting', max_length=12)),
                ('decided_by', models.CharField(blank=True, max_length=20)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['asked_at'], name='review_waiting'), models.Index(fields=['message'], name='review_of_message'), models.Index(condition=models.Q(('state', 'waiting')), fields=['customer'], name='review_to_customer')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('message',), name='review_one_at_a_time'), models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('message',), name='review_approved_once'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'sent back']), _negated=True), models.Q(('decided_by', models.F('author')), _negated=True), _connector='OR'), name='review_never_ones_own'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', ''), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), models.Q(('decided_by', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='review_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent back'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'sent back'), _negated=True), ('reason', '')), _connector='OR'), name='review_sent_back_with_reason'), models.CheckConstraint(condition=models.Q(('causes', []), _negated=True), name='review_has_a_cause')],
            },
        ),
        migrations.CreateModel(
            name='StandardText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('name', models.CharField(max_length=80)),
                ('shortcut', models.CharField(max_length=30)),
                ('version', models.PositiveIntegerField()),
                ('archived_by', models.CharField(blank=True, max_length=80)),
                ('archived_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), condition=models.Q(('archived_at', None)), name='standard_text_name_once'), models.UniqueConstraint(condition=models.Q(('archived_at', None)), fields=('shortcut',), name='standard_text_shortcut_once'), models.CheckConstraint(condition=models.Q(models.Q(('archived_at', None), ('archived_by', '')), models.Q(('archived_at__isnull', False), models.Q(('archived_by', ''), _negated=True)), _connector='OR'), name='standard_text_archived_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('department', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=120)),
                ('rows', models.JSONField()),
                ('sent_by', models.CharField(max_length=80)),
                ('sent_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('rows', []), _negated=True), name='upload_has_rows')],
            },
        ),
        migrations.CreateModel(
            name='Utterance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('customer', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=80)),
                ('case', models.CharField(max_length=12)),
                ('at', models.DateTimeField()),
                ('mode', models.CharField(choices=[('live', 'live'), ('shadow', 'shadow')], max_length=8)),
                ('digest', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['customer', 'at'], name='utterance_of_customer')],
                'constraints': [models.UniqueConstraint(fields=('customer', 'digest'), name='utterance_once')],
            },
        ),
        migrations.CreateModel(
            name='Writing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('customer', models.CharField(max_length=20)),
                ('adviser', models.CharField(max_length=20)),
                ('answers', models.UUIDField(null=True)),
                ('fields', models.JSONField()),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['customer', 'changed_at'], name='writing_to_customer')],
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(choices=[('ticked off', 'Ticked Off'), ('tried again', 'Tried Again')], max_length=12)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('fact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.fact')),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='inspection_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deed', 'ticked off')), fields=('fact',), name='inspection_ticks_off_once'), models.CheckConstraint(condition=models.Q(models.Q(('deed', 'ticked off'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='inspection_ticks_off_with_note')],
            },
        ),
        migrations.CreateModel(
            name='StandardTextVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('shortcut', models.CharField(max_length=30)),
                ('words', models.JSONField()),
                ('written_by', models.CharField(max_length=80)),
                ('written_at', models.DateTimeField()),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='voice.standardtext', to_field='uuid')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('text', 'number'), name='standard_text_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('customer', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=80)),
                ('value', models.JSONField(null=True)),
                ('effective', models.DateField(null=True)),
                ('earlier', models.JSONField(null=True)),
                ('facts', models.JSONField()),
                ('utterance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='voice.utterance', to_field='uuid')),
            ],
            options={
                'indexes': [models.Index(fields=['customer', 'subject'], name='told_to_customer')],
                'constraints': [models.UniqueConstraint(fields=('utterance', 'subject', 'key'), name='told_once')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('fact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='facts.fact')),
                ('customer', models.CharField(max_length=20, null=True)),
                ('end', models.CharField(choices=[('said', 'said'), ('folded', 'folded'), ('not for customers', 'not for customers'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn'), ('settled against', 'settled against'), ('not understood', 'not understood')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('by_fact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.fact')),
                ('utterance', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='voice.utterance', to_field='uuid')),
            ],
            options={
                'indexes': [models.Index(fields=['utterance'], name='outcome_of_utterance'), models.Index(condition=models.Q(('end', 'not understood')), fields=['at'], name='outcome_not_understood')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('end__in', ['said', 'folded']), ('utterance__isnull', False)), models.Q(models.Q(('end__in', ['said', 'folded']), _negated=True), ('utterance__isnull', True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='outcome_said_somewhere')],
            },
        ),
    ]
