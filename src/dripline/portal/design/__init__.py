"""The design language: base page, marks, charts, and the files the browser loads."""
