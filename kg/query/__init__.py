"""Questions: SPARQL as tokens, saved questions, typed parameters, names of things, and what is wrong with a query."""
