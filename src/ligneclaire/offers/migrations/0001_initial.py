from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_by', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('FIXED', 'Fixed'), ('MOBILE', 'Mobile')], max_length=8)),
                ('price_minor', models.BigIntegerField()),
                ('deposit_minor', models.BigIntegerField(null=True)),
                ('currency', models.CharField(max_length=3)),
                ('terms', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['FIXED', 'MOBILE'])), name='offer_kind_known'), models.CheckConstraint(condition=models.Q(('price_minor__gte', 0)), name='offer_price_not_negative'), models.CheckConstraint(condition=models.Q(('deposit_minor__isnull', True), ('deposit_minor__gt', 0), _connector='OR'), name='offer_deposit_positive')],
            },
        ),
    ]
