"""The intake desk: requests for a call, hand-off codes, the queue that gets to people fast, and a log of who looked."""
