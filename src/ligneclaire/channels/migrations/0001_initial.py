import django.contrib.postgres.fields
import django.db.models.deletion
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

# Words of the thread, found with or without accents; stems are French.
WORDS = """
    CREATE TEXT SEARCH CONFIGURATION ligneclaire_fr (COPY = french);
    ALTER TEXT SEARCH CONFIGURATION ligneclaire_fr ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem
"""

NO_WORDS = "DROP TEXT SEARCH CONFIGURATION ligneclaire_fr"

# What a message says, without what every message says; a column of its own, so that no other query reads it.
LEXEMES = """
    ALTER TABLE channels_message ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
        strip(jsonb_to_tsvector('ligneclaire_fr', content - ARRAY['labels', 'contact', 'rights'], '["string"]'))
    ) STORED;
    CREATE INDEX message_lexemes ON channels_message USING gin (lexemes)
"""

NO_LEXEMES = "ALTER TABLE channels_message DROP COLUMN lexemes"

# The same of what was said elsewhere.
ENTRY_LEXEMES = """
    ALTER TABLE channels_entry ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
        strip(to_tsvector('ligneclaire_fr', text))
    ) STORED;
    CREATE INDEX entry_lexemes ON channels_entry USING gin (lexemes)
"""

NO_ENTRY_LEXEMES = "ALTER TABLE channels_entry DROP COLUMN lexemes"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('customer', models.CharField(max_length=20)),
                ('case', models.CharField(blank=True, max_length=12)),
                ('medium', models.CharField(choices=[('call', 'Call'), ('shop', 'Shop'), ('visit', 'Visit'), ('letter', 'Letter'), ('email', 'Email'), ('sms', 'Sms')], max_length=8)),
                ('direction', models.CharField(choices=[('in', 'In'), ('out', 'Out')], max_length=4)),
                ('text', models.TextField(max_length=10000)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('identity_check', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.identitycheck', to_field='uuid')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.authorisedperson', to_field='uuid')),
            ],
        ),
        migrations.CreateModel(
            name='Enclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.UUIDField()),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('application/pdf', 'Pdf'), ('image/png', 'Png'), ('image/jpeg', 'Jpeg')], max_length=20)),
                ('size', models.PositiveIntegerField()),
                ('pages', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('place', models.CharField(max_length=100)),
                ('is_checked', models.BooleanField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.CharField(max_length=80)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('message', 'position'), name='enclosure_has_its_place'), models.UniqueConstraint(fields=('message', 'sha256'), name='enclosure_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['application/pdf', 'image/png', 'image/jpeg']), ('pages__gte', 1), ('sha256__regex', '^[0-9a-f]{64}$'), models.Q(('place', ''), _negated=True)), name='enclosure_with_its_bytes'), models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 5)), name='enclosure_one_of_a_few')],
            },
        ),
        migrations.CreateModel(
            name='StillWaiting',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='channels.entry')),
            ],
        ),
        migrations.CreateModel(
            name='HeardPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sender', models.CharField(max_length=65)),
                ('recipient', models.CharField(max_length=65)),
                ('reference', models.PositiveIntegerField()),
                ('parts', models.PositiveSmallIntegerField()),
                ('place', models.PositiveSmallIntegerField()),
                ('text', models.TextField(blank=True)),
                ('is_joined', models.BooleanField(default=False)),
                ('heard_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sender', 'recipient', 'reference', 'parts', 'place'), name='heard_part_once'), models.CheckConstraint(condition=models.Q(('parts__gte', 2), ('place__gte', 1), ('place__lte', models.F('parts'))), name='heard_part_has_its_place')],
            },
        ),
        migrations.CreateModel(
            name='LetterBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('state', models.CharField(choices=[('made', 'Made'), ('written', 'Written')], default='made', max_length=8)),
                ('made_at', models.DateTimeField(db_index=True)),
                ('made_by', models.CharField(max_length=80)),
                ('letters', models.PositiveIntegerField()),
                ('pages', models.PositiveIntegerField()),
                ('sheets', models.PositiveIntegerField()),
                ('cost', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('is_duplex', models.BooleanField()),
                ('is_colour', models.BooleanField()),
                ('postage', models.CharField(max_length=40)),
                ('written_at', models.DateTimeField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'made')), fields=['made_at'], name='letter_batch_to_write')],
                'constraints': [models.CheckConstraint(condition=models.Q(('cost__gte', 0), ('letters__gte', 1), ('pages__gte', models.F('letters'))), name='letter_batch_has_letters'), models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('state', 'made'), ('written_at__isnull', True)), models.Q(('digest__regex', '^[0-9a-f]{64}$'), ('state', 'written'), ('written_at__isnull', False)), _connector='OR'), name='letter_batch_written_with_index')],
            },
        ),
        migrations.CreateModel(
            name='Lookout',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('looked_to', models.BigIntegerField()),
                ('seen_to', models.BigIntegerField()),
                ('looked_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='lookout_is_one_row'), models.CheckConstraint(condition=models.Q(('looked_to__lte', models.F('seen_to'))), name='lookout_behind_what_was_seen')],
            },
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('name', models.CharField(max_length=320, primary_key=True, serialize=False)),
                ('taken', models.BigIntegerField(default=0)),
                ('failures', models.BigIntegerField(default=0)),
                ('left', models.IntegerField(default=0)),
                ('looked_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('medium', models.CharField(choices=[('call', 'Call'), ('shop', 'Shop'), ('visit', 'Visit'), ('letter', 'Letter'), ('email', 'Email'), ('sms', 'Sms')], default='email', max_length=8)),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('message_id', models.CharField(blank=True, max_length=255)),
                ('sender', models.CharField(blank=True, max_length=254)),
                ('sender_name', models.CharField(blank=True, max_length=200)),
                ('recipients', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=254), size=None)),
                ('subject', models.CharField(blank=True, max_length=500)),
                ('text', models.TextField(blank=True)),
                ('quoted', models.TextField(blank=True)),
                ('is_automatic', models.BooleanField()),
                ('is_readable', models.BooleanField()),
                ('received_at', models.DateTimeField()),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('place', models.CharField(max_length=100)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('medium', 'sms')), fields=['sender', 'received_at'], name='mail_text_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('fingerprint__regex', '^[0-9a-f]{64}$'), ('sha256__regex', '^[0-9a-f]{64}$'), models.Q(('place', ''), _negated=True)), name='mail_with_its_bytes'), models.CheckConstraint(condition=models.Q(('medium__in', ['email', 'sms'])), name='mail_or_text')],
            },
        ),
        migrations.CreateModel(
            name='DeliveryReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.UUIDField(db_index=True)),
                ('fate', models.CharField(choices=[('failed', 'Failed'), ('delayed', 'Delayed'), ('delivered', 'Delivered')], max_length=12)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('mail', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.mail', to_field='uuid')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(blank=True, max_length=120)),
                ('kind', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('place', models.CharField(max_length=100)),
                ('mail', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.mail', to_field='uuid')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('utterance', models.UUIDField()),
                ('customer', models.CharField(max_length=20)),
                ('case', models.CharField(max_length=12)),
                ('channel', models.CharField(choices=[('letter', 'Letter'), ('email', 'Email'), ('sms', 'Sms')], max_length=8)),
                ('copy_of', models.UUIDField(null=True)),
                ('language', models.CharField(max_length=8)),
                ('adviser', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=200)),
                ('content', models.JSONField()),
                ('destination', models.JSONField()),
                ('is_registered', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sent', 'Sent'), ('undeliverable', 'Undeliverable'), ('returned', 'Returned'), ('proposed', 'Proposed'), ('undone', 'Undone')], default='queued', max_length=16)),
                ('sent_at', models.DateTimeField(null=True)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('is_duty', models.BooleanField(default=False)),
                ('is_urgent', models.BooleanField(default=False)),
                ('held_until', models.DateTimeField(null=True)),
                ('instead_of', models.UUIDField(null=True)),
                ('file', models.CharField(blank=True, max_length=300)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('written_by', models.CharField(blank=True, max_length=80)),
                ('answers', models.UUIDField(null=True)),
                ('tried', models.PositiveIntegerField(default=0)),
                ('failing_since', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('ticked_off_at', models.DateTimeField(null=True)),
                ('ticked_off_by', models.CharField(blank=True, max_length=80)),
                ('note', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'written_at'], name='message_of_case'), models.Index(fields=['customer', 'written_at'], name='message_of_customer'), models.Index(condition=models.Q(('state', 'undone')), fields=['written_at'], name='message_undone'), models.Index(condition=models.Q(('state', 'queued')), fields=['written_at'], name='message_queued'), models.Index(condition=models.Q(('state__in', ('undeliverable', 'returned')), ('ticked_off_at__isnull', True)), fields=['failing_since'], name='message_undeliverable')],
                'constraints': [models.UniqueConstraint(fields=('utterance', 'channel'), name='message_once_a_channel'), models.CheckConstraint(condition=models.Q(('is_registered', False), ('channel', 'letter'), _connector='OR'), name='message_registered_on_paper'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), ('channel', 'letter'), _connector='OR'), name='message_returned_on_paper'), models.UniqueConstraint(condition=models.Q(('state', 'undone'), _negated=True), fields=('answers',), name='message_one_answer'), models.CheckConstraint(condition=models.Q(('answers__isnull', True), models.Q(('written_by', ''), _negated=True), _connector='OR'), name='message_answers_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state__in', ('sent', 'returned')), models.Q(('file', ''), _negated=True), models.Q(('digest', ''), _negated=True)), models.Q(models.Q(('state__in', ('sent', 'returned')), _negated=True), ('digest', ''), ('file', ''), ('sent_at__isnull', True)), _connector='OR'), name='message_sent_with_file'), models.UniqueConstraint(fields=('instead_of',), name='message_one_instead'), models.CheckConstraint(condition=models.Q(('delivered_at__isnull', True), ('state', 'sent'), _connector='OR'), name='message_delivered_once_sent'), models.CheckConstraint(condition=models.Q(('held_until__isnull', True), models.Q(('channel', 'sms'), ('is_duty', False), ('is_urgent', False), ('state', 'queued')), _connector='OR'), name='message_held_while_it_may_be'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('failing_since__isnull', True)), models.Q(('failing_since__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='message_fails_with_answer'), models.CheckConstraint(condition=models.Q(('state', 'queued'), models.Q(('failing_since__isnull', False), ('state__in', ('undeliverable', 'returned'))), models.Q(models.Q(('state__in', ('undeliverable', 'returned')), _negated=True), ('failing_since__isnull', True)), _connector='OR'), name='message_undeliverable_fails'), models.CheckConstraint(condition=models.Q(models.Q(('note', ''), ('ticked_off_at__isnull', True), ('ticked_off_by', '')), models.Q(('state__in', ('undeliverable', 'returned')), ('ticked_off_at__isnull', False), models.Q(('ticked_off_by', ''), _negated=True), models.Q(('note', ''), _negated=True)), _connector='OR'), name='message_ticked_off_with_note')],
            },
        ),
        migrations.CreateModel(
            name='NoAnswerNeeded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500)),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.entry', to_field='uuid')),
            ],
        ),
        migrations.CreateModel(
            name='Printing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=80)),
                ('pages', models.PositiveIntegerField()),
                ('place', models.PositiveIntegerField(null=True)),
                ('cost', models.BigIntegerField(null=True)),
                ('batch', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.letterbatch', to_field='number')),
                ('message', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.message', to_field='uuid')),
            ],
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('application/pdf', 'Pdf'), ('image/png', 'Png'), ('image/jpeg', 'Jpeg')], max_length=20)),
                ('size', models.PositiveIntegerField()),
                ('pages', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('place', models.CharField(max_length=100)),
                ('is_checked', models.BooleanField()),
                ('reference', models.CharField(blank=True, max_length=12)),
                ('uploaded_at', models.DateTimeField()),
                ('uploaded_by', models.CharField(max_length=80)),
                ('set_aside_at', models.DateTimeField(null=True)),
                ('set_aside_by', models.CharField(blank=True, max_length=80)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.entry', to_field='uuid')),
            ],
        ),
        migrations.CreateModel(
            name='TextPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.UUIDField()),
                ('place', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('accepted', 'Accepted'), ('delivered', 'Delivered'), ('failed', 'Failed')], max_length=12)),
                ('centre_id', models.CharField(blank=True, max_length=65)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('centre_id', ''), _negated=True), fields=['centre_id'], name='text_part_by_its_name')],
                'constraints': [models.UniqueConstraint(fields=('message', 'place'), name='text_part_once'), models.CheckConstraint(condition=models.Q(models.Q(('centre_id', ''), ('state', 'offered')), models.Q(('state', 'offered'), _negated=True), _connector='OR'), name='text_part_named_once_accepted')],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('found', models.CharField(blank=True, max_length=200)),
                ('checked_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='verdict_of_bytes')],
            },
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['customer', 'recorded_at'], name='entry_of_customer'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('case', ''), _negated=True), fields=['case', 'recorded_at'], name='entry_of_case'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('direction', 'in'), ('medium__in', ('email', 'sms', 'letter'))), fields=['recorded_at'], name='entry_to_answer'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('identity_check__isnull', True), ('medium__in', ['call', 'shop', 'visit']), _connector='OR'), name='entry_checked_in_person'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='entry_says_something'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('medium__in', ['call', 'shop', 'visit', 'letter', 'email', 'sms'])), name='entry_medium_known'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['in', 'out'])), name='entry_direction_known'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('happened_at__lte', models.F('recorded_at'))), name='entry_not_in_the_future'),
        ),
        migrations.AddConstraint(
            model_name='deliveryreport',
            constraint=models.CheckConstraint(condition=models.Q(('fate__in', ['failed', 'delayed', 'delivered'])), name='delivery_report_fate_known'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('mail', 'position'), name='attachment_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$'), models.Q(('place', ''), _negated=True)), name='attachment_with_its_bytes'),
        ),
        migrations.AddConstraint(
            model_name='noanswerneeded',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='no_answer_with_reason'),
        ),
        migrations.AddIndex(
            model_name='printing',
            index=models.Index(condition=models.Q(('batch__isnull', True)), fields=['asked_at'], name='printing_waiting'),
        ),
        migrations.AddConstraint(
            model_name='printing',
            constraint=models.UniqueConstraint(fields=('message', 'turn'), name='printing_once_a_turn'),
        ),
        migrations.AddConstraint(
            model_name='printing',
            constraint=models.UniqueConstraint(condition=models.Q(('batch__isnull', True)), fields=('message',), name='printing_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='printing',
            constraint=models.UniqueConstraint(fields=('batch', 'place'), name='printing_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='printing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('batch__isnull', True), ('cost__isnull', True), ('place__isnull', True)), models.Q(('batch__isnull', False), ('cost__gte', 0), ('cost__isnull', False), ('place__gte', 1), ('place__isnull', False)), _connector='OR'), name='printing_counted_in_its_batch'),
        ),
        migrations.AddConstraint(
            model_name='printing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('turn', 0)), models.Q(('turn__gt', 0), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='printing_again_with_reason'),
        ),
        migrations.AddIndex(
            model_name='scan',
            index=models.Index(condition=models.Q(('entry__isnull', True), ('set_aside_at__isnull', True)), fields=['uploaded_at'], name='scan_waiting'),
        ),
        migrations.AddConstraint(
            model_name='scan',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['application/pdf', 'image/png', 'image/jpeg']), ('pages__gte', 1), ('sha256__regex', '^[0-9a-f]{64}$'), models.Q(('place', ''), _negated=True)), name='scan_with_its_bytes'),
        ),
        migrations.AddConstraint(
            model_name='scan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('set_aside_at__isnull', True), ('set_aside_by', '')), models.Q(('entry__isnull', True), ('set_aside_at__isnull', False), models.Q(('set_aside_by', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='scan_set_aside_with_reason'),
        ),
        migrations.RunSQL(LEXEMES, NO_LEXEMES),
        migrations.RunSQL(ENTRY_LEXEMES, NO_ENTRY_LEXEMES),
    ]
