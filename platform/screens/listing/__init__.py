"""A list of rows: one declaration gives its columns, filters, order, pages, bulk actions and exports."""
