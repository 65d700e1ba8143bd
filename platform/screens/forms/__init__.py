"""One way to show a form: label, help, error, control, and a summary that leads to each error."""
