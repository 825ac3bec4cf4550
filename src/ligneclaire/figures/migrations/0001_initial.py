import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Day',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('counted_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.CharField(choices=[('promises_made', 'promises_made'), ('promises_kept', 'promises_kept'), ('promises_moved', 'promises_moved'), ('promises_broken', 'promises_broken'), ('promises_unconfirmed', 'promises_unconfirmed'), ('contradictions', 'contradictions'), ('contradictions_settled', 'contradictions_settled'), ('contacts', 'contacts'), ('repeats_7', 'repeats_7'), ('repeats_30', 'repeats_30'), ('matters_closed', 'matters_closed'), ('contacts_of_closed', 'contacts_of_closed'), ('messages_sent', 'messages_sent'), ('undelivered', 'undelivered'), ('slips_told', 'slips_told'), ('slips_broken', 'slips_broken'), ('plans_done', 'plans_done'), ('plans_timed', 'plans_timed'), ('commitments', 'commitments'), ('commitments_kept', 'commitments_kept'), ('open_plans_by_age', 'open_plans_by_age'), ('open_cases_by_age', 'open_cases_by_age'), ('open_cases', 'open_cases'), ('open_cases_age', 'open_cases_age'), ('waiting_answers', 'waiting_answers'), ('waiting_answers_age', 'waiting_answers_age')], max_length=32)),
                ('about', models.CharField(blank=True, max_length=120)),
                ('adviser', models.CharField(max_length=20)),
                ('count', models.BigIntegerField()),
                ('day', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='figures.day')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'figure', 'adviser', 'about'), name='count_once'), models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='count_of_something'), models.CheckConstraint(condition=models.Q(('figure__in', ['promises_made', 'promises_kept', 'promises_moved', 'promises_broken', 'promises_unconfirmed', 'contradictions', 'contradictions_settled', 'contacts', 'repeats_7', 'repeats_30', 'matters_closed', 'contacts_of_closed', 'messages_sent', 'undelivered', 'slips_told', 'slips_broken', 'plans_done', 'plans_timed', 'commitments', 'commitments_kept', 'open_plans_by_age', 'open_cases_by_age', 'open_cases', 'open_cases_age', 'waiting_answers', 'waiting_answers_age'])), name='count_figure_known')],
            },
        ),
    ]
