"""Records of visits and travels made reports: the account in sentences, who travelled, what the remarks tell."""
