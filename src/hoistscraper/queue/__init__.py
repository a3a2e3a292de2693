"""The queue: jobs wait in the database, workers take them, nothing that a worker leaves behind is lost."""
