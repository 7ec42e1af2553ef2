"""What has happened that somebody should know: shown in the site first, sent on where the network allows it."""
