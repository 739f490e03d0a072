"""Documents to rows and passages, and the knowledge base that keeps them."""
