"""What Python programs may use, thin over the other rooms; :mod:`kg` names all of it."""
