"""What runs and comparisons say to people: terminal, Markdown, JUnit XML one HTML file. Pure: values in, text out."""
