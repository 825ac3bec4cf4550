from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('OPERATOR', 'Operator'), ('DEPARTMENT', 'Department'), ('TERRITORY', 'Territory'), ('ADVISER', 'Adviser'), ('ABSENCE', 'Absence'), ('LOGIN', 'Login'), ('SECOND_FACTOR', 'Second Factor'), ('TOKEN', 'Token'), ('WEBHOOK', 'Webhook'), ('MODE', 'Mode')], max_length=16)),
                ('about', models.CharField(max_length=160)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-at', '-id'], name='change_newest'), models.Index(fields=['about'], name='change_about')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['OPERATOR', 'DEPARTMENT', 'TERRITORY', 'ADVISER', 'ABSENCE', 'LOGIN', 'SECOND_FACTOR', 'TOKEN', 'WEBHOOK', 'MODE'])), name='change_kind_known'), models.CheckConstraint(condition=models.Q(('by', ''), _negated=True), name='change_by_somebody'), models.CheckConstraint(condition=models.Q(('about', ''), _negated=True), name='change_about_something'), models.CheckConstraint(condition=models.Q(('before__isnull', False), ('after__isnull', False), _connector='OR'), name='change_of_something')],
            },
        ),
    ]
