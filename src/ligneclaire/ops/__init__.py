"""What operators run and watch: commands, health, metrics, logs, the database's roles."""
