"""How staff come in: sign-in with a second factor, and the front page of the staff area."""
