"""`python -m assist.audit`: writes the page of figures."""

from assist.audit.page import page

print(page(), end="")
