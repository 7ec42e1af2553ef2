"""Work that outlives a request: queued in the database, done by a worker, with progress and a lease (architecture, 13)."""
