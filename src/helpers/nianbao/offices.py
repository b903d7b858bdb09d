"""The words with which the names of public bodies end."""

ENDS = "局|委|办|厅|府|会|院|校|中心|站|所|处|队|社|司|部|行|大学|公司|室|园|馆|区|行署|集团|厂|台"
"""As a part of a pattern, whatever the body's rank; of the names of places that end so not all are bodies."""
