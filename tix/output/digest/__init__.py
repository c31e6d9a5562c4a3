"""How a digest looks: a table with headings, Markdown, a page, and a mail with both."""
